import { randomBytes } from 'node:crypto';
import type { Clock, Ids } from './app/ports.ts';

// Crockford's base 32: no I, L, O or U, so nothing can be misread or spell a word.
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

export const systemClock: Clock = { now: () => Date.now() };

export const randomIds: Ids = {
  next: (prefix) => idOfMoment(prefix, Date.now(), readable(20).toLowerCase()),
  secret: () => random(32).toString('base64url'),
  orderNumber: () => {
    const text = readable(8);
    return `${text.slice(0, 4)}-${text.slice(4)}`;
  },
};

/** Nine characters of time, so that rows made together lie together in an index, then 100 bits that nobody can guess. */
export function idOfMoment(prefix: string, at: number, secret: string): string {
  return `${prefix}_${timestamp(at)}${secret}`;
}

function timestamp(at: number): string {
  let text = '';
  for (let rest = at; text.length < 9; rest = Math.floor(rest / 32)) text = `${alphabet[rest % 32]}${text}`;
  return text.toLowerCase();
}

function readable(length: number): string {
  let text = '';
  for (const byte of random(length)) text += alphabet[byte & 31];
  return text;
}

// Asking the system for random bytes costs more than most of what they are used for, so they are fetched by the page.
let pool = randomBytes(4_096);
let used = 0;

/** Bytes that are handed out once and wiped from the pool, so that no later reader of it learns an earlier secret. */
function random(length: number): Buffer {
  if (used + length > pool.length) {
    pool = randomBytes(4_096);
    used = 0;
  }
  const bytes = Buffer.from(pool.subarray(used, used + length));
  pool.fill(0, used, used + length);
  used += length;
  return bytes;
}
