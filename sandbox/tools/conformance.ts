/** Compares what the sandbox says with the schemas of Stripe's own types: object, path and reason of each difference. */
import type { Schema, Schemas } from './schemas.ts';

export interface Difference {
  /** Such as `charge.payment_method_details.card.brand`. */
  path: string;
  reason: string;
}

interface Allowance {
  /** Objects of which a caller may see a part: their keys may be missing, and others may still not be there. */
  partOf?: ReadonlySet<string>;
}

/** The differences of one value from one definition. */
export function differencesFrom(
  schemas: Schemas,
  definition: string,
  value: unknown,
  path: string,
  allowance: Allowance = {},
): Difference[] {
  return new Comparison(schemas, allowance).against({ $ref: definition }, value, path, false);
}

class Comparison {
  private readonly schemas: Schemas;
  private readonly allowance: Allowance;

  constructor(schemas: Schemas, allowance: Allowance) {
    this.schemas = schemas;
    this.allowance = allowance;
  }

  /** @param isPartial whether keys may be missing, at every depth: `previous_attributes` hold only what changed */
  against(given: Schema, value: unknown, path: string, isPartial: boolean): Difference[] {
    const schema = this.resolved(given);
    if (schema.anyOf !== undefined) return this.againstAny(schema.anyOf, value, path, isPartial);
    if (schema.enum !== undefined) {
      if (schema.enum.includes(value as string)) return [];
      return [isNot(path, value, `one of ${schema.enum.join(', ')}`)];
    }
    if (schema.const !== undefined) {
      return value === schema.const ? [] : [isNot(path, value, JSON.stringify(schema.const))];
    }
    if (schema.type === undefined) return [];
    if (typeOf(value) !== schema.type) return [isNot(path, value, `of type ${schema.type}`)];
    if (schema.type === 'object') {
      return this.againstObject(schema, value as object, path, isPartial || given.isPartial === true);
    }
    if (schema.type !== 'array') return [];
    return (value as unknown[]).flatMap((item, index) =>
      this.against(schema.items!, item, `${path}[${index}]`, isPartial),
    );
  }

  private againstObject(schema: Schema, value: object, path: string, isPartial: boolean): Difference[] {
    const { properties = {}, required = [], additionalProperties = false } = schema;
    const found: Difference[] = [];
    for (const [key, inner] of Object.entries(value)) {
      const known = Object.hasOwn(properties, key) ? properties[key]! : additionalProperties;
      // In `previous_attributes` null says that an optional key was not there (recorded, of refunds).
      if (isPartial && inner === null && known !== false && !required.includes(key)) continue;
      if (known === false)
        found.push({ path: `${path}.${key}`, reason: 'is a key that Stripe does not have' });
      else found.push(...this.against(known, inner, `${path}.${key}`, isPartial));
    }
    if (isPartial || this.allowance.partOf?.has(objectOf(schema)) === true) return found;
    const missing = required.filter((key) => !Object.hasOwn(value, key));
    return [...found, ...missing.map((key) => ({ path: `${path}.${key}`, reason: 'is missing' }))];
  }

  /** Of several choices the one counts that the value comes nearest to. */
  private againstAny(choices: Schema[], value: unknown, path: string, isPartial: boolean): Difference[] {
    let nearest: Difference[] | null = null;
    for (const choice of choices.filter((each) =>
      mayBe(this.resolved(each), value, isPartial || each.isPartial === true),
    )) {
      const found = this.against(choice, value, path, isPartial);
      if (found.length === 0) return [];
      if (nearest === null || found.length < nearest.length) nearest = found;
    }
    return nearest ?? [isNot(path, value, choices.map(nameOf).join(' or '))];
  }

  private resolved(schema: Schema): Schema {
    return schema.$ref === undefined ? schema : this.schemas.definitions[schema.$ref]!;
  }
}

/** Whether type and, for objects, the name of the object agree, so that the rest is worth comparing. */
function mayBe(schema: Schema, value: unknown, isPartial: boolean): boolean {
  if (schema.type !== undefined && schema.type !== typeOf(value)) return false;
  const object = objectOf(schema);
  if (isPartial || object === '' || typeof value !== 'object' || value === null) return true;
  const given = value as { object?: unknown; deleted?: unknown };
  return given.object === object && 'deleted' in schema.properties! === (given.deleted === true);
}

/** The value of `object` that a definition asks for, or nothing. */
function objectOf(schema: Schema): string {
  return String(schema.properties?.object?.const ?? '');
}

function nameOf(schema: Schema): string {
  if (schema.enum !== undefined) return `one of ${schema.enum.join(', ')}`;
  return schema.$ref ?? schema.type ?? JSON.stringify(schema.const);
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

function isNot(path: string, value: unknown, what: string): Difference {
  const text = JSON.stringify(value) ?? String(value);
  return { path, reason: `is ${text.length > 80 ? `${text.slice(0, 80)}…` : text}, not ${what}` };
}
