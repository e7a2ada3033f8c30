/** API versions the sandbox speaks. Older shapes are not built, and are refused instead of being guessed. */
import { invalidRequest, notBuilt } from './errors.ts';

export const CURRENT_VERSION = '2026-10-28.endive';
/** Months of one release train only add to its shapes, so each of them is answered in the newest one. */
const SPOKEN_VERSIONS: ReadonlySet<string> = new Set(['2026-09-30.endive', CURRENT_VERSION]);
const VERSION_SHAPE = /^\d{4}-\d{2}-\d{2}(\.[a-z]+)?$/;

export interface Version {
  name: string;
  /**
   * Clients that send no version (curl, the Stripe CLI) get the account's default, which still takes
   * `payment_method_types`; endive removed it.
   */
  takesPaymentMethodTypes: boolean;
}

/** Reads the `Stripe-Version` header. @throws ApiError 400 for no version, 501 for one that is not built */
export function readVersion(header: string | undefined): Version {
  if (header === undefined || header === '') return { name: CURRENT_VERSION, takesPaymentMethodTypes: true };
  if (SPOKEN_VERSIONS.has(header)) return { name: header, takesPaymentMethodTypes: false };
  if (VERSION_SHAPE.test(header)) throw notBuilt(`API version ${header} (it speaks ${CURRENT_VERSION})`);
  throw invalidRequest(`Invalid Stripe API version: ${header.slice(0, 60)}`);
}
