/** What the official SDK can send, call by call and parameter by parameter, and how much of it the sandbox understands. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Checker, SignatureKind, type Type, TypeFlags } from 'typescript/unstable/sync';
import type { Route } from '../src/routing.ts';
import type { Fields } from '../src/wire/schema.ts';
import { is, propertiesOf, type SdkFile, sdkFolder, withSdkTypes } from './sdk-types.ts';

/** A method of the SDK: what it calls, and the parameters that its type has. */
export interface SdkCall {
  /** `PaymentIntents`, `Checkout/Sessions`. */
  resource: string;
  name: string;
  method: string;
  /** With `:` for each variable part. */
  path: string;
  parameters: Parameter[];
}

export interface Parameter {
  name: string;
  /** What it holds itself, read only when asked: some parameters hold hundreds. */
  inside(): Parameter[];
}

export interface Coverage {
  call: SdkCall;
  route: Route | null;
  /** Parameters that do something, or that Stripe's test accounts ignore too. */
  understood: string[];
  /** Parameters that are refused by name, as not built. */
  refused: string[];
  /** Parameters that the sandbox would call unknown although Stripe has them: always a defect. */
  unknown: string[];
  /** The same inside of understood parameters: `payment_method_options[klarna]`. */
  unknownInside: string[];
}

/** Hands every call of API v1 to the work, in the SDK's order. */
export function withSdkCalls<T>(work: (calls: SdkCall[]) => T): T {
  return withSdkTypes(({ checker, files }) => work(files.flatMap((file) => callsOf(checker, file))));
}

export function coverage(routes: readonly Route[], calls: readonly SdkCall[]): Coverage[] {
  const known = new Map(routes.map((route) => [`${route.method} ${withoutNames(route.path)}`, route]));
  return calls.map((call) => {
    const route = known.get(`${call.method} ${call.path}`) ?? null;
    const fields: Fields = route?.fields ?? {};
    const names = call.parameters.map(({ name }) => name);
    const named = names.filter((name) => Object.hasOwn(fields, name));
    return {
      call,
      route,
      understood: named.filter((name) => fields[name]!.isUnbuilt !== true),
      refused: named.filter((name) => fields[name]!.isUnbuilt === true),
      unknown: route === null ? [] : names.filter((name) => !Object.hasOwn(fields, name)),
      unknownInside: call.parameters.flatMap((parameter) => unknownIn(fields[parameter.name], parameter)),
    };
  });
}

/** Only a hash that says what it holds can be compared; other types read their values as they like. */
function unknownIn(type: Fields[string] | undefined, parameter: Parameter): string[] {
  const fields = type?.fields;
  if (fields === undefined) return [];
  return parameter.inside().flatMap((inner) => {
    const name = `${parameter.name}[${inner.name}]`;
    return Object.hasOwn(fields, inner.name) ? unknownIn(fields[inner.name], { ...inner, name }) : [name];
  });
}

function callsOf(checker: Checker, file: SdkFile): SdkCall[] {
  const paths = pathsIn(file);
  return file.exports
    .filter(({ name }) => name.endsWith('Resource'))
    .flatMap((resource) => {
      const methods = checker.getPropertiesOfType(checker.getDeclaredTypeOfSymbol(resource));
      return methods.flatMap((method) => {
        const target = paths.get(method.name);
        if (target === undefined) return [];
        const parameters = parametersOf(checker, checker.getTypeOfSymbol(method)!);
        return [{ resource: file.name, name: method.name, ...target, parameters }];
      });
    });
}

/** The types do not tell where a method calls; its one line of code does. */
function pathsIn(file: SdkFile): Map<string, { method: string; path: string }> {
  const code = readFileSync(join(sdkFolder, 'resources', `${file.name}.js`), 'utf8');
  const calls = code.matchAll(/^ {4}(\w+)\([^)]*\) \{\s+return this\._makeRequest\('(\w+)', (['`])(.+?)\3/gm);
  return new Map(
    [...calls].map(([, name, method, , path]) => [
      name!,
      { method: method!, path: path!.replaceAll(/\$\{[^}]*\}/g, ':') },
    ]),
  );
}

/** The properties of the argument `params`; of several signatures each adds its own. */
function parametersOf(checker: Checker, method: Type): Parameter[] {
  const types = checker
    .getSignaturesOfType(method, SignatureKind.Call)
    .flatMap((signature) => signature.getParameters().filter(({ name }) => name === 'params'))
    .map((params) => checker.getTypeOfSymbol(params)!);
  return inside(checker, types);
}

/** The properties of the objects among the types; those of an array's items are its own. Metadata has no names. */
function inside(checker: Checker, types: readonly Type[]): Parameter[] {
  const found = new Map<string, Type[]>();
  for (const type of types.flatMap((each) => (each.isUnionType() ? each.getTypes() : [each]))) {
    if (!is(type, TypeFlags.Object) || isText(type)) continue;
    const object =
      checker.isArrayType(type) && type.isTypeReference() ? checker.getTypeArguments(type) : null;
    if (object !== null) return inside(checker, object);
    for (const { name, type: inner } of propertiesOf(checker, type)) {
      found.set(name, [...(found.get(name) ?? []), inner]);
    }
  }
  return [...found].map(([name, inner]) => ({ name, inside: () => inside(checker, inner) }));
}

/** Objects of the SDK that are text on the wire. */
function isText(type: Type): boolean {
  return ['Date', 'Decimal', 'Buffer', 'Uint8Array'].includes(type.getSymbol()?.name ?? '');
}

function withoutNames(path: string): string {
  return path.replaceAll(/:\w+/g, ':');
}
