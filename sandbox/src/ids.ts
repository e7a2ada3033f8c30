/** Ids in Stripe's shapes. With a seed the same calls give the same ids; without one they cannot be guessed. */
import { randomBytes } from 'node:crypto';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** Bytes from here on are dropped, so that every character is equally likely. */
const FIRST_UNFAIR_BYTE = 256 - (256 % ALPHABET.length);
const POOL_BYTES = 4_096;
/** Length of what a payment's ids share: a generation digit, a moment and the account. */
const STEM_LENGTH = 16;
/**
 * Where Stripe's moments count from, in epoch seconds: five digits of base 62 after the generation digit. Source: the ids
 * in Stripe's own sample objects that carry their real `created`, such as price_1PgafmB7WZ01zgkW6dKueIc5 (1721948530).
 */
const FIRST_MOMENT = 1_342_389_380;

export interface Ids {
  /** The account the sandbox plays, as it appears inside ids. */
  readonly account: string;
  characters(count: number): string;
  /** `prefix_1…`: an object that belongs to no payment. */
  object(prefix: string): string;
  /** `cus_…`, `prod_…`: short ids without the account inside. */
  short(prefix: string): string;
  /** A new payment intent: its stem is shared by its charges, balance transactions and events. */
  paymentIntent(): string;
  /** `prefix_3…` with the stem of the payment intent (or of another object of its family). */
  sibling(prefix: string, ofId: string): string;
}

export interface IdOptions {
  seed?: string | undefined;
  account?: string;
  /** Epoch milliseconds. */
  now?: () => number;
}

export function createIds({ seed, account: knownAccount, now = Date.now }: IdOptions = {}): Ids {
  const nextByte = seed === undefined ? secureBytes() : seededBytes(seed);
  const characters = (count: number): string => {
    let result = '';
    while (result.length < count) {
      const byte = nextByte();
      if (byte < FIRST_UNFAIR_BYTE) result += ALPHABET[byte % ALPHABET.length];
    }
    return result;
  };
  const account = knownAccount ?? characters(10);
  // With a seed, time must not matter: the same calls give the same ids at any hour.
  const moment = seed === undefined ? () => momentOf(now()) : () => characters(5);
  return {
    account,
    characters,
    object: (prefix) => `${prefix}_1${moment()}${account}${characters(8)}`,
    short: (prefix) => `${prefix}_${characters(14)}`,
    paymentIntent: () => `pi_3${moment()}${account}${characters(8)}`,
    sibling: (prefix, ofId) => `${prefix}_${stemOf(ofId)}${characters(8)}`,
  };
}

/** The second of an object's creation. Objects made together lie together in the indexes of whoever stores them. */
function momentOf(milliseconds: number): string {
  let rest = Math.max(0, Math.floor(milliseconds / 1_000) - FIRST_MOMENT);
  let text = '';
  while (text.length < 5) {
    text = `${ALPHABET[rest % 62]}${text}`;
    rest = Math.floor(rest / 62);
  }
  return text;
}

function stemOf(id: string): string {
  const start = id.indexOf('_') + 1;
  return id.slice(start, start + STEM_LENGTH);
}

function secureBytes(): () => number {
  let pool = randomBytes(POOL_BYTES);
  let used = 0;
  return () => {
    if (used === POOL_BYTES) {
      pool = randomBytes(POOL_BYTES);
      used = 0;
    }
    return pool[used++]!;
  };
}

/** sfc32 (Chris Doty-Humphrey's small fast counting generator), seeded by FNV-1a hashes of the text. */
function seededBytes(seed: string): () => number {
  let a = fnv(`${seed}a`);
  let b = fnv(`${seed}b`);
  let c = fnv(`${seed}c`);
  let counter = 1;
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (let warmup = 0; warmup < 12; warmup++) next();
  return () => next() >>> 24;
}

function fnv(text: string): number {
  let state = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    state = Math.imul(state ^ text.charCodeAt(index), 0x01000193);
  }
  return state | 0;
}
