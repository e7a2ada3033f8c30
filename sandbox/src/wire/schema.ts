/**
 * Parameter schemas: one list per endpoint makes the check for unknown, missing and malformed parameters and the
 * type of what the handler gets. The codes and sentences are Stripe's (docs.stripe.com/error-codes).
 */
import { invalidRequest, missingParameter, notBuilt, unknownParameters } from './errors.ts';
import type { FormHash, FormValue } from './form.ts';

export interface Type<T> {
  read(value: FormValue, name: string): T;
  readonly isRequired?: boolean;
  /** Known by name only, and refused. */
  readonly isUnbuilt?: boolean;
  /** What a hash, or each hash of an array, may hold. */
  readonly fields?: Fields;
}
export interface RequiredType<T> extends Type<T> {
  readonly isRequired: true;
}
// biome-ignore lint/suspicious/noExplicitAny: a list of fields holds types of everything.
export type Fields = Record<string, Type<any>>;
type ValueOf<F> = F extends Type<infer T> ? T : never;
type RequiredNames<F extends Fields> = {
  [K in keyof F]: F[K] extends RequiredType<unknown> ? K : never;
}[keyof F];
export type Values<F extends Fields> = { [K in RequiredNames<F>]: ValueOf<F[K]> } & {
  [K in Exclude<keyof F, RequiredNames<F>>]?: ValueOf<F[K]>;
};

/** Reads a whole form. Unknown names come first, as Stripe reports them before anything else. */
export function readFields<F extends Fields>(fields: F, form: FormHash, prefix = ''): Values<F> {
  const nameOf = (key: string): string => (prefix === '' ? key : `${prefix}[${key}]`);
  const unknown = Object.keys(form).filter((key) => !Object.hasOwn(fields, key));
  if (unknown.length > 0) throw unknownParameters(unknown.map(nameOf));
  const values: Record<string, unknown> = {};
  for (const key in fields) {
    const value = form[key];
    const type = fields[key]!;
    if (value !== undefined) values[key] = type.read(value, nameOf(key));
    else if (type.isRequired) throw missingParameter(nameOf(key));
  }
  return values as Values<F>;
}

export function required<T>(type: Type<T>): RequiredType<T> {
  return { ...type, isRequired: true };
}

/** An empty value unsets the parameter: the handler gets null. */
export function emptyable<T>(type: Type<T>): Type<T | null> {
  return { ...type, read: (value, name) => (value === '' ? null : type.read(value, name)) };
}

export function text(longest = 5_000): Type<string> {
  return {
    read(value, name) {
      const string = plain(value, name, 'string');
      if (string === '') throw emptyValue(name);
      if (string.length > longest) {
        throw invalidRequest(
          `Invalid string: ${string.slice(0, 20)}...; must be at most ${longest} characters`,
          undefined,
          name,
        );
      }
      return string;
    },
  };
}

export function integer(least = Number.MIN_SAFE_INTEGER, most = Number.MAX_SAFE_INTEGER): Type<number> {
  return {
    read(value, name) {
      const string = plain(value, name, 'integer');
      if (string === '') throw emptyValue(name);
      const number = /^-?\d{1,15}$/.test(string) ? Number(string) : Number.NaN;
      if (Number.isNaN(number)) {
        throw invalidRequest(`Invalid integer: ${string}`, 'parameter_invalid_integer', name);
      }
      if (number < least) {
        const message = `This value must be greater than or equal to ${least}.`;
        throw invalidRequest(message, 'parameter_invalid_integer', name);
      }
      if (number > most) {
        const message = `This value must be less than or equal to ${most}.`;
        throw invalidRequest(message, 'parameter_invalid_integer', name);
      }
      return number;
    },
  };
}

export function boolean(): Type<boolean> {
  return {
    read(value, name) {
      if (value === 'true' || value === '1') return true;
      if (value === 'false' || value === '0') return false;
      throw invalidRequest(`Invalid boolean: ${shown(value)}`, undefined, name);
    },
  };
}

export function oneOf<const T extends string>(...choices: T[]): Type<T> {
  return {
    read(value, name) {
      if ((choices as string[]).includes(value as string)) return value as T;
      const list = choices.length > 1 ? `one of ${choices.join(', ')}` : choices[0]!;
      throw invalidRequest(`Invalid ${name}: must be ${list}`, undefined, name);
    },
  };
}

export function arrayOf<T>(type: Type<T>): Type<T[]> {
  return {
    ...(type.fields !== undefined && { fields: type.fields }),
    read(value, name) {
      if (typeof value === 'string' || !Object.keys(value).every((key) => /^\d+$/.test(key))) {
        throw invalidRequest('Invalid array', undefined, name);
      }
      return Object.keys(value)
        .sort((a, b) => Number(a) - Number(b))
        .map((key) => type.read(value[key]!, `${name}[${key}]`));
    },
  };
}

export function hash<F extends Fields>(fields: F): Type<Values<F>> {
  return {
    fields,
    read(value, name) {
      if (typeof value === 'string') throw invalidRequest('Invalid object', undefined, name);
      return readFields(fields, value, name);
    },
  };
}

/** A parameter that Stripe has and the sandbox has not: refused by name, never ignored. */
export function unbuilt(): Type<never> {
  return {
    isUnbuilt: true,
    read(_value, name) {
      throw notBuilt(`the parameter '${name}'`);
    },
  };
}

type Words<Text extends string, Known = never> = Text extends `${infer First} ${infer Rest}`
  ? Words<Rest, Known | First>
  : Known | Text;

/** The same for many: their names with spaces between them. */
export function allUnbuilt<const Text extends string>(
  names: Text,
): Record<Words<Text> & string, Type<never>> {
  const fields = Object.fromEntries(names.split(' ').map((name) => [name, unbuilt()]));
  return fields as Record<Words<Text> & string, Type<never>>;
}

/** A parameter that Stripe takes and that changes nothing in a test account, whatever it holds. */
export function withoutEffect(): Type<undefined> {
  return { read: () => undefined };
}

/** The one value of a parameter that changes nothing here is taken; every other value is refused by name. */
export function onlyBuilt<const T extends string>(...values: T[]): Type<T> {
  return {
    read(value, name) {
      if ((values as string[]).includes(value as string)) return value as T;
      throw notBuilt(`the parameter '${name}' with the value '${shown(value)}'`);
    },
  };
}

function plain(value: FormValue, name: string, kind: string): string {
  if (typeof value === 'string') return value;
  throw invalidRequest(`Invalid ${kind}: ${shown(value)}`, undefined, name);
}

function shown(value: FormValue): string {
  return typeof value === 'string' ? value.slice(0, 200) : JSON.stringify(value).slice(0, 200);
}

function emptyValue(name: string): Error {
  return invalidRequest(
    `You passed an empty string for '${name}', which cannot be unset. Leave it out, or give it a value.`,
    'parameter_invalid_empty',
    name,
  );
}
