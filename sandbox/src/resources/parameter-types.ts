/** Parameter types that need more than the wire knows. */
import type { Type } from '../wire/schema.ts';
import { text } from '../wire/schema.ts';

/** A currency code in any case; whether it exists is checked with the amount. */
export function currency(): Type<string> {
  return { read: (value, name) => text(50).read(value, name).toLowerCase() };
}
