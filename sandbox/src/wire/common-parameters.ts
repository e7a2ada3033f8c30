/** Parameters that many endpoints share. */
import { invalidRequest } from './errors.ts';
import type { FormHash } from './form.ts';
import type { Type } from './schema.ts';
import { arrayOf, emptyable, hash, integer, required, text } from './schema.ts';

const MOST_METADATA_KEYS = 50;
const LONGEST_METADATA_KEY = 40;
const LONGEST_METADATA_VALUE = 500;

/** The changes to make: a null value removes its key, null for the whole removes all. */
export type MetadataChange = Record<string, string | null> | null;

export function metadata(): Type<MetadataChange> {
  return {
    read(value, name) {
      if (value === '') return null;
      if (typeof value === 'string') throw invalidRequest('Invalid object', undefined, name);
      for (const key in value) checkMetadataEntry(value, key, name);
      return Object.fromEntries(
        Object.entries(value).map(([key, entry]) => [key, (entry as string) || null]),
      );
    },
  };
}

/** Applies a change as Stripe merges metadata: new keys are added, named keys replaced, emptied ones removed. */
export function mergeMetadata(
  current: Record<string, string>,
  change: MetadataChange | undefined,
): Record<string, string> {
  if (change === undefined) return current;
  if (change === null) return {};
  const merged = { ...current };
  for (const key in change) {
    const value = change[key];
    if (typeof value === 'string') merged[key] = value;
    else delete merged[key];
  }
  if (Object.keys(merged).length > MOST_METADATA_KEYS) {
    throw invalidRequest(`Metadata can hold at most ${MOST_METADATA_KEYS} keys.`, undefined, 'metadata');
  }
  return merged;
}

export const expand = arrayOf(text(500));

export const address = hash({
  city: emptyable(text()),
  country: emptyable(text()),
  line1: emptyable(text()),
  line2: emptyable(text()),
  postal_code: emptyable(text()),
  state: emptyable(text()),
});

export const shipping = hash({
  address: required(address),
  name: required(text()),
  carrier: emptyable(text()),
  phone: emptyable(text()),
  tracking_number: emptyable(text()),
});

/** A currency code in any case; whether it exists is checked with the amount. */
export function currency(): Type<string> {
  return { read: (value, name) => text(50).read(value, name).toLowerCase() };
}

/** An e-mail address, checked no more strictly than for a name, an @ and a domain with a dot. */
export function email(longest = 800): Type<string> {
  return {
    read(value, name) {
      const address = text(longest).read(value, name);
      if (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(address)) return address;
      throw invalidRequest(`Invalid email address: ${address.slice(0, 100)}`, 'email_invalid', name);
    },
  };
}

/** `created=1700000000` or `created[gte]=…`. */
export interface TimeRange {
  gt?: number;
  gte?: number;
  lt?: number;
  lte?: number;
}

export function timeRange(): Type<TimeRange> {
  const bounds = hash({ gt: integer(), gte: integer(), lt: integer(), lte: integer() });
  return {
    read(value, name) {
      if (typeof value !== 'string') return bounds.read(value, name) as TimeRange;
      const moment = integer().read(value, name);
      return { gte: moment, lte: moment };
    },
  };
}

/** What every list takes beside its own filters. */
export const pagination = {
  limit: integer(1, 100),
  starting_after: text(255),
  ending_before: text(255),
  expand,
};

/** Stripe keeps every key of an address, with null for what was not given. */
export function wholeAddress(
  given: { [K in AddressKey]?: string | null } | null | undefined,
): Address | null {
  if (given === null || given === undefined) return null;
  return {
    city: given.city ?? null,
    country: given.country ?? null,
    line1: given.line1 ?? null,
    line2: given.line2 ?? null,
    postal_code: given.postal_code ?? null,
    state: given.state ?? null,
  };
}
type AddressKey = 'city' | 'country' | 'line1' | 'line2' | 'postal_code' | 'state';
export type Address = Record<AddressKey, string | null>;

function checkMetadataEntry(value: FormHash, key: string, name: string): void {
  const entry = value[key];
  if (typeof entry !== 'string') {
    throw invalidRequest('Metadata values must be text.', undefined, `${name}[${key}]`);
  }
  if (key.length > LONGEST_METADATA_KEY) {
    const message = `Metadata keys can be at most ${LONGEST_METADATA_KEY} characters: ${key.slice(0, 60)}`;
    throw invalidRequest(message, undefined, name);
  }
  if (entry.length > LONGEST_METADATA_VALUE) {
    const message = `Metadata values can be at most ${LONGEST_METADATA_VALUE} characters (key: ${key}).`;
    throw invalidRequest(message, undefined, `${name}[${key}]`);
  }
}
