import { posix } from 'node:path';
import { isNode, type SourceFile, type SyntaxNode, walk } from './source.ts';

export type Import = {
  at: number;
  /** As written: `./money.ts`, `stripe`, `node:crypto`. */
  specifier: string;
  /** The file of ours it names, from the root of the repository; undefined for a package. */
  target: string | undefined;
  typeOnly: boolean;
  /** The names taken from it, as they are called there. */
  names: string[];
};

/** Every import and re-export of a file, static, dynamic and in types. A dynamic import whose name is computed has an empty specifier. */
export function importsOf(file: SourceFile): Import[] {
  const found: Import[] = [];
  walk(file.program, (node) => {
    const source = sourceOf(node);
    if (source === undefined) return;
    const specifier = String(source.type === 'Literal' ? source.value : '');
    const target = resolveOurs(file.path, specifier);
    found.push({ at: node.start, specifier, target, typeOnly: isTypeOnly(node), names: namesIn(node) });
  });
  return found;
}

const importNodes = new Set([
  'ImportDeclaration',
  'ExportNamedDeclaration',
  'ExportAllDeclaration',
  'ImportExpression',
  'TSImportType',
]);

function sourceOf(node: SyntaxNode): SyntaxNode | undefined {
  const source = node.source ?? node.argument;
  return importNodes.has(node.type) && isNode(source) ? source : undefined;
}

function isTypeOnly(node: SyntaxNode): boolean {
  if (node.type === 'TSImportType' || node.importKind === 'type' || node.exportKind === 'type') return true;
  const specifiers = specifiersOf(node);
  return (
    specifiers.length > 0 && specifiers.every((one) => one.importKind === 'type' || one.exportKind === 'type')
  );
}

function namesIn(node: SyntaxNode): string[] {
  return specifiersOf(node).flatMap((one) => (isNode(one.imported) ? [String(one.imported.name)] : []));
}

function specifiersOf(node: SyntaxNode): SyntaxNode[] {
  return Array.isArray(node.specifiers) ? (node.specifiers as SyntaxNode[]) : [];
}

function resolveOurs(from: string, specifier: string): string | undefined {
  if (specifier.startsWith('.')) return posix.join(posix.dirname(from), specifier);
  const workspace = /^@paydesk\/([a-z]+)(?:\/(.+))?$/.exec(specifier);
  if (workspace) return `${workspace[1]}/src/${workspace[2] ?? ''}.ts`;
  return /^paydesk-sandbox(\/|$)/.test(specifier) ? 'sandbox/src/' : undefined;
}
