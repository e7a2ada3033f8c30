import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseAst } from 'vitest/node';

/** A node of the syntax tree as the parser makes it (ESTree with TypeScript). Positions are offsets into the text. */
export type SyntaxNode = { type: string; start: number; end: number; [property: string]: unknown };

export type SourceFile = {
  /** From the root of the repository, with `/`. */
  path: string;
  text: string;
  program: SyntaxNode;
  /** The line, from 1, that an offset lies on. */
  lineAt(offset: number): number;
};

/** What a rule found. `message` says what to write instead. */
export type Finding = { at: number; message: string };

export type Rule = { name: string; check(file: SourceFile): Finding[] };

const sourceFolders = ['contract', 'server', 'web', 'sandbox', 'e2e', 'bench', 'tools'];
const skippedFolders = new Set([
  'node_modules',
  'build',
  'dist',
  'data',
  'coverage',
  '.react-router',
  'public',
]);

/** Every TypeScript file of ours below `root`, with its text. */
export async function readSources(root: string): Promise<{ path: string; text: string }[]> {
  const paths = (await Promise.all(sourceFolders.map((folder) => typescriptIn(root, folder)))).flat();
  const here = (await readdir(root)).filter(isTypescript);
  return Promise.all(
    [...here, ...paths].map(async (path) => ({ path, text: await readFile(join(root, path), 'utf8') })),
  );
}

/** Throws where the text is not TypeScript. */
export function parseSource({ path, text }: { path: string; text: string }): SourceFile {
  const program = parseAst(text, { lang: path.endsWith('x') ? 'tsx' : 'ts' }, path) as unknown as SyntaxNode;
  const lineStarts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lineStarts.push(at + 1);
  const lineAt = (offset: number): number => {
    const after = lineStarts.findIndex((start) => start > offset);
    return after < 0 ? lineStarts.length : after;
  };
  return { path, text, program, lineAt };
}

/** Calls `visit` with every node and the nodes around it, innermost last. */
export function walk(
  node: SyntaxNode,
  visit: (node: SyntaxNode, parents: SyntaxNode[]) => void,
  parents: SyntaxNode[] = [],
): void {
  visit(node, parents);
  const inside = [...parents, node];
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) walk(child, visit, inside);
  }
}

export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && typeof (value as SyntaxNode).type === 'string';
}

/** `Date.now` for the expression `Date.now` or `Date['now']`; undefined for anything that is not one name of another. */
export function memberName(node: SyntaxNode): string | undefined {
  if (node.type !== 'MemberExpression') return undefined;
  const { object, property } = node as unknown as { object: SyntaxNode; property: SyntaxNode };
  const name = property.type === 'Literal' ? property.value : property.name;
  const owner = object.type === 'Identifier' ? object.name : memberName(object)?.split('.').at(-1);
  return owner === undefined || (node.computed && property.type !== 'Literal')
    ? undefined
    : `${owner}.${name}`;
}

export function isTestFile(path: string): boolean {
  return /(^|\/)(test|e2e|bench)\//.test(path);
}

async function typescriptIn(root: string, folder: string): Promise<string[]> {
  const entries = await readdir(join(root, folder), { withFileTypes: true }).catch(() => []);
  const nested = entries.map(async (entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return skippedFolders.has(entry.name) ? [] : typescriptIn(root, path);
    return isTypescript(entry.name) ? [path] : [];
  });
  return (await Promise.all(nested)).flat();
}

function isTypescript(name: string): boolean {
  return /\.tsx?$/.test(name) && !name.endsWith('.d.ts');
}
