/** The official SDK's own types, read with TypeScript's checker: what Stripe's objects and parameters look like. */
import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
// The checker has no stable interface in TypeScript 7 yet; the repository pins the exact version.
import { API, type Checker, SymbolFlags, type Type, TypeFlags } from 'typescript/unstable/sync';

/** Where the SDK keeps one file for each resource: `.d.ts` for its types, `.js` for its calls. */
export const sdkFolder = fileURLToPath(new URL('./', import.meta.resolve('stripe')));

type Symbol = ReturnType<Checker['getPropertiesOfType']>[number];

export interface SdkFile {
  /** Below `resources`, without its ending: `PaymentIntents`, `Checkout/Sessions`. */
  name: string;
  exports: readonly Symbol[];
}

export interface SdkTypes {
  checker: Checker;
  files: SdkFile[];
}

export interface Property {
  name: string;
  type: Type;
  isOptional: boolean;
}

/** Reads every resource of API v1, hands it to the work and ends the checker. Takes about half a second. */
export function withSdkTypes<T>(work: (types: SdkTypes) => T): T {
  const folder = join(sdkFolder, 'resources');
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.d.ts') && !path.startsWith('V2'))
    .map((path) => join(folder, path))
    .sort();
  const api = new API({ cwd: sdkFolder });
  try {
    const project = api.updateSnapshot({ openFiles: paths }).getDefaultProjectForFile(paths[0]!);
    if (project === undefined) throw new Error(`TypeScript found no types in ${folder}`);
    const { checker, program } = project;
    const files = paths.map((path) => {
      const module = checker.getSymbolAtLocation(program.getSourceFile(path)!);
      return {
        name: relative(folder, path).replace(/\.d\.ts$/, ''),
        exports: module === undefined ? [] : checker.getExportsOfModule(module),
      };
    });
    return work({ checker, files });
  } finally {
    api.close();
  }
}

export function isInterface(symbol: Symbol): boolean {
  return (symbol.flags & SymbolFlags.Interface) !== 0;
}

/**
 * Data only: methods, what the SDK adds to a reply, and `deleted?: void`, by which the types tell objects from deleted
 * ones, are not on the wire.
 */
export function propertiesOf(checker: Checker, type: Type): Property[] {
  const symbols = checker
    .getPropertiesOfType(type)
    .filter((symbol) => (symbol.flags & SymbolFlags.Method) === 0 && symbol.name !== 'lastResponse');
  const types = symbols.length === 0 ? [] : checker.getTypeOfSymbol(symbols);
  return symbols
    .map((symbol, index) => ({
      name: symbol.name,
      type: types[index]!,
      isOptional: (symbol.flags & SymbolFlags.Optional) !== 0,
    }))
    .filter(({ type }) => !isNothing(type));
}

/** The text of a property that can only have one: `object: 'charge'`. */
export function literalOf(properties: readonly Property[], name: string): string | undefined {
  const type = properties.find((property) => property.name === name)?.type;
  return type?.isStringLiteralType() ? type.value : undefined;
}

function isNothing(type: Type): boolean {
  const parts = type.isUnionType() ? type.getTypes() : [type];
  return parts.every((part) => is(part, TypeFlags.Undefined | TypeFlags.Void));
}

export function is(type: Type, flags: TypeFlags): boolean {
  return (type.flags & flags) !== 0;
}
