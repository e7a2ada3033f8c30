/** Which payment method types an account with the sandbox's methods switched on would offer. */
import { notBuilt } from '../wire/errors.ts';

export function automaticTypes(currency: string): string[] {
  return currency === 'eur' ? ['card', 'sepa_debit'] : ['card'];
}

/** A list given by the caller. @throws ApiError 501 for a type that the sandbox does not build */
export function allowedTypes(currency: string, given: readonly string[]): string[] {
  for (const type of given) {
    if (!automaticTypes(currency).includes(type)) {
      throw notBuilt(`the payment method type '${type}' in ${currency}`);
    }
  }
  return [...given];
}
