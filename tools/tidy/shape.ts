import { posix } from 'node:path';
import { type Finding, memberName, type Rule, type SyntaxNode, walk } from './source.ts';

/** Lines. Beyond these a reader loses the thread; whoever needs more gives a reason in exceptions.ts. */
const longestFile = 300;
const longestFunction = 60;

export const sizeRule: Rule = {
  name: 'size',
  check(file) {
    const found: Finding[] = [];
    const lines = file.text.trimEnd().split('\n').length;
    if (lines > longestFile)
      found.push({
        at: 0,
        message: `${lines} lines; a file has at most ${longestFile}. Split it by what it is about.`,
      });
    walk(file.program, (node, parents) => {
      if (!/Function/.test(node.type) || node.type.startsWith('TS') || isTestGroup(parents.at(-1))) return;
      const length = file.lineAt(node.end) - file.lineAt(node.start) + 1;
      if (length <= longestFunction) return;
      found.push({
        at: node.start,
        message: `A function of ${length} lines; at most ${longestFunction}. Name its phases.`,
      });
    });
    return found;
  },
};

/** `describe(…)` and its variants only hold tests together. */
function isTestGroup(parent: SyntaxNode | undefined): boolean {
  let callee = parent?.type === 'CallExpression' ? (parent.callee as SyntaxNode) : undefined;
  while (callee && callee.type !== 'Identifier')
    callee = (callee.callee ?? callee.object ?? callee.tag) as SyntaxNode | undefined;
  return callee?.name === 'describe';
}

export const defaultExportRule: Rule = {
  name: 'default-export',
  check(file) {
    const asked =
      /^(web\/src\/(routes\/|layout\/[a-z]+-layout\.tsx$|(root|routes|entry\.[a-z]+)\.tsx?$)|([a-z]+\/)?[^/]+\.config\.ts$)/;
    if (asked.test(file.path)) return [];
    const message = 'No default export but where a framework asks for one: export it by its name.';
    return (file.program.body as SyntaxNode[])
      .filter(exportsDefault)
      .map(({ start }) => ({ at: start, message }));
  },
};

function exportsDefault(node: SyntaxNode): boolean {
  if (node.type === 'ExportDefaultDeclaration') return true;
  const specifiers = (node.specifiers ?? []) as { exported?: SyntaxNode }[];
  return (
    node.type === 'ExportNamedDeclaration' && specifiers.some(({ exported }) => exported?.name === 'default')
  );
}

const emptyNames = new Set(['util', 'utils', 'helper', 'helpers', 'index', 'common', 'misc', 'shared-utils']);

export const nameRule: Rule = {
  name: 'names',
  check(file) {
    const { dir, name } = posix.parse(file.path);
    const empty = [...dir.split('/'), name].find((part) => emptyNames.has(part.toLowerCase()));
    return empty ? [{ at: 0, message: `"${empty}" says nothing. Name the file after what it holds.` }] : [];
  },
};

export const barrelRule: Rule = {
  name: 'barrels',
  check(file) {
    const body = file.program.body as SyntaxNode[];
    const onlyPassesOn =
      body.length > 0 &&
      body.every((node) => /^Export(All|Named)Declaration$/.test(node.type) && node.source);
    return onlyPassesOn
      ? [{ at: 0, message: 'A file that only re-exports hides where things live. Import from the source.' }]
      : [];
  },
};

export const unfinishedRule: Rule = {
  name: 'unfinished',
  check(file) {
    return [...file.text.matchAll(/\b(TODO|FIXME|XXX|HACK)\b/g)].map((match) => ({
      at: match.index,
      message: `${match[0]}: do it now, or open an issue and write nothing here.`,
    }));
  },
};

export const consoleRule: Rule = {
  name: 'console',
  check(file) {
    if (!/^(server|contract)\/src\//.test(file.path)) return [];
    const found: Finding[] = [];
    walk(file.program, (node) => {
      if (memberName(node)?.startsWith('console.'))
        found.push({ at: node.start, message: 'Write to the log, with the ids that matter.' });
    });
    return found;
  },
};
