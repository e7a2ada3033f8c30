/**
 * Closed JSON Schemas of Stripe's objects and events, derived from the types of the official SDK: a key too many, a key
 * too few or another type is a difference from Stripe. They are derived when they are first needed and kept under
 * `node_modules/.cache` until the SDK, TypeScript or this file changes.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Checker, type Type, TypeFlags } from 'typescript/unstable/sync';
import {
  is,
  isInterface,
  literalOf,
  type Property,
  propertiesOf,
  type SdkTypes,
  sdkFolder,
  withSdkTypes,
} from './sdk-types.ts';

/** The part of JSON Schema that the SDK's types need. */
export interface Schema {
  const?: unknown;
  enum?: string[];
  type?: 'string' | 'number' | 'boolean' | 'null' | 'array' | 'object';
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  /** What other keys hold, as in metadata; false where there are no others. */
  additionalProperties?: Schema | false;
  anyOf?: Schema[];
  /** The name of a definition. */
  $ref?: string;
  /** Keys may be missing, as in `previous_attributes`. */
  isPartial?: true;
}

export interface Schemas {
  definitions: Record<string, Schema>;
  /** By the value of `object`: the name of its definition. */
  objects: Record<string, string>;
  /** The same for what remains of a deleted object. */
  deleted: Record<string, string>;
  /** By the event's `type`. */
  events: Record<string, string>;
}

/** The schemas as they are on file, or derived anew (a second or two). */
export function loadSchemas(): Schemas {
  const file = cacheFile();
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Schemas;
  } catch {
    const schemas = withSdkTypes(deriveSchemas);
    mkdirSync(dirname(file), { recursive: true });
    // Other processes may derive at the same time: each moves a whole file into place.
    writeFileSync(`${file}.${process.pid}`, JSON.stringify(schemas));
    renameSync(`${file}.${process.pid}`, file);
    return schemas;
  }
}

function cacheFile(): string {
  const sources = [
    fileURLToPath(import.meta.url),
    fileURLToPath(new URL('sdk-types.ts', import.meta.url)),
    join(sdkFolder, '../package.json'),
    fileURLToPath(import.meta.resolve('typescript/package.json')),
  ];
  const hash = createHash('sha256');
  for (const source of sources) hash.update(readFileSync(source));
  const folder = join(sdkFolder, '../../.cache/paydesk-sandbox');
  return join(folder, `schemas-${hash.digest('hex').slice(0, 16)}.json`);
}

function deriveSchemas({ checker, files }: SdkTypes): Schemas {
  const converter = new Converter(checker);
  const schemas: Schemas = { definitions: converter.definitions, objects: {}, deleted: {}, events: {} };
  for (const { exports } of files) {
    for (const symbol of exports.filter(isInterface)) {
      const type = checker.getDeclaredTypeOfSymbol(symbol);
      const properties = propertiesOf(checker, type);
      const object = literalOf(properties, 'object');
      if (object === undefined) continue;
      const name = converter.define(symbol.name, type);
      const eventType = literalOf(properties, 'type');
      if (object === 'event') {
        if (eventType !== undefined) schemas.events[eventType] = name;
      } else {
        const kind = properties.some((property) => property.name === 'deleted') ? 'deleted' : 'objects';
        if (object in schemas[kind]) throw new Error(`The SDK has two types for the object ${object}`);
        schemas[kind][object] = name;
      }
    }
  }
  return schemas;
}

/** Turns the checker's types into schemas. Interfaces become definitions, because they refer to each other in circles. */
class Converter {
  readonly definitions: Record<string, Schema> = {};
  private readonly checker: Checker;
  /** Definitions by the checker's number for the type: names alone are not unique in the SDK. */
  private readonly names = new Map<number, string>();

  constructor(checker: Checker) {
    this.checker = checker;
  }

  define(name: string, type: Type): string {
    const known = this.names.get(type.id);
    if (known !== undefined) return known;
    const unique = name in this.definitions ? `${name}.${type.id}` : name;
    this.names.set(type.id, unique);
    this.definitions[unique] = {};
    this.definitions[unique] = this.object(type);
    return unique;
  }

  private convert(type: Type): Schema {
    if (type.isUnionType()) return this.union(type.getTypes());
    if (type.isStringLiteralType() || type.isNumberLiteralType()) return { const: type.value };
    if (type.isBooleanLiteralType()) return { const: type.value };
    if (is(type, TypeFlags.Null)) return { type: 'null' };
    if (is(type, TypeFlags.String)) return { type: 'string' };
    if (is(type, TypeFlags.Number)) return { type: 'number' };
    if (is(type, TypeFlags.Boolean)) return { type: 'boolean' };
    if (is(type, TypeFlags.Any | TypeFlags.Unknown)) return {};
    if (isOtherString(type) || isDecimal(type)) return { type: 'string' };
    if (type.isObjectType()) return this.reference(type);
    throw new Error(`No schema for the type ${this.checker.typeToString(type)}`);
  }

  private reference(type: Type): Schema {
    const name = type.getSymbol()?.name ?? '';
    if (this.checker.isArrayType(type)) return { type: 'array', items: this.argument(type) };
    if (type.getAliasSymbol()?.name === 'Partial') {
      const [whole] = type.getAliasTypeArguments();
      return { $ref: this.define(whole!.getSymbol()!.name, whole!), isPartial: true };
    }
    if (name === 'ApiList') return listSchema(this.argument(type));
    if (name === '__type' || name === '') return this.object(type);
    return { $ref: this.define(name, type) };
  }

  private argument(type: Type): Schema {
    if (!type.isTypeReference()) throw new Error('An array or list without its element type');
    return this.convert(this.checker.getTypeArguments(type)[0]!);
  }

  private object(type: Type): Schema {
    const properties = propertiesOf(this.checker, type);
    const [index] = this.checker.getIndexInfosOfType(type);
    return {
      type: 'object',
      properties: Object.fromEntries(properties.map((each) => [each.name, this.property(each)])),
      required: properties.filter((each) => !each.isOptional).map((each) => each.name),
      additionalProperties: index === undefined ? false : this.convert(index.valueType),
    };
  }

  private property({ type }: Property): Schema {
    return type.isUnionType() ? this.union(type.getTypes()) : this.convert(type);
  }

  private union(all: readonly Type[]): Schema {
    const types = all.filter((type) => !is(type, TypeFlags.Undefined));
    const literals = types.flatMap((type) => (type.isStringLiteralType() ? [type.value] : []));
    const booleans = types.filter((type) => type.isBooleanLiteralType());
    // The SDK leaves its enums open for values of other API versions. At its own version they are closed.
    const rest = types.filter(
      (type) =>
        !type.isStringLiteralType() &&
        !type.isBooleanLiteralType() &&
        !(literals.length > 0 && isOtherString(type)),
    );
    const choices: Schema[] = rest.map((type) => this.convert(type));
    if (literals.length > 0) choices.push({ enum: literals });
    if (booleans.length === 2) choices.push({ type: 'boolean' });
    else choices.push(...booleans.map((type) => this.convert(type)));
    return choices.length === 1 ? choices[0]! : { anyOf: choices };
  }
}

/** `OtherString` of the SDK: text that is not one of the values beside it. */
function isOtherString(type: Type): boolean {
  return type.isIntersectionType() && type.getTypes().some((part) => is(part, TypeFlags.String));
}

/** `*_decimal` fields are text on the wire; the SDK makes numbers of arbitrary precision of them on arrival. */
function isDecimal(type: Type): boolean {
  return (type.getAliasSymbol() ?? type.getSymbol())?.name === 'Decimal';
}

function listSchema(items: Schema): Schema {
  return {
    type: 'object',
    properties: {
      object: { const: 'list' },
      data: { type: 'array', items },
      has_more: { type: 'boolean' },
      url: { type: 'string' },
    },
    required: ['object', 'data', 'has_more', 'url'],
    additionalProperties: false,
  };
}
