import { importsOf } from './imports.ts';
import { type Finding, type Rule, type SyntaxNode, walk } from './source.ts';

const testFile = /\.test\.tsx?$/;
const runners = new Set(['describe', 'it', 'test', 'suite', 'bench']);

/** A test that does not run is no test, and one that keeps others from running is worse. */
export const everyTestRunsRule: Rule = {
  name: 'every-test-runs',
  check(file) {
    const found: Finding[] = [];
    walk(file.program, (node) => {
      if (!testFile.test(file.path) || node.type !== 'MemberExpression') return;
      const property = String((node.property as SyntaxNode).name);
      if (!['only', 'skip', 'todo', 'fails'].includes(property) || !runners.has(rootName(node))) return;
      found.push({ at: node.start, message: `.${property}: every test runs, always. Mend it or delete it.` });
    });
    return found;
  },
};

/** Sleeping is a guess: too short on a slow machine, too long on every other. */
export const noSleepRule: Rule = {
  name: 'no-sleep',
  check(file) {
    if (!testFile.test(file.path)) return [];
    const message = 'Tests wait for the fact (vi.waitFor, expect.poll, an event), they do not sleep.';
    const imported = importsOf(file).filter(({ specifier }) => /^(node:)?timers\/promises$/.test(specifier));
    const found: Finding[] = imported.map(({ at }) => ({ at, message }));
    walk(file.program, (node, parents) => {
      if (node.type !== 'CallExpression' || (node.callee as SyntaxNode).name !== 'setTimeout') return;
      if (
        parents.some(
          (parent) => parent.type === 'NewExpression' && (parent.callee as SyntaxNode).name === 'Promise',
        )
      ) {
        found.push({ at: node.start, message });
      }
    });
    return found;
  },
};

function rootName(node: SyntaxNode): string {
  let root: SyntaxNode | undefined = node;
  while (root && root.type !== 'Identifier') root = (root.object ?? root.callee) as SyntaxNode | undefined;
  return String(root?.name);
}
