import { randomBytes } from 'node:crypto';
import type { Clock, Ids } from './app/ports.ts';

// Crockford's base 32: no I, L, O or U, so nothing can be misread or spell a word.
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

export const systemClock: Clock = { now: () => Date.now() };

export const randomIds: Ids = {
  // 120 bits: an id may be public, but nobody can guess the next one.
  next: (prefix) => `${prefix}_${readable(24).toLowerCase()}`,
  secret: () => randomBytes(32).toString('base64url'),
  orderNumber: () => {
    const text = readable(8);
    return `${text.slice(0, 4)}-${text.slice(4)}`;
  },
};

function readable(length: number): string {
  let text = '';
  for (const byte of randomBytes(length)) text += alphabet[byte & 31];
  return text;
}
