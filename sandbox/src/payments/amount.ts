/** Which amounts Stripe charges (docs.stripe.com/currencies). */
import { isCurrency, leastAmount, mostAmount, smallestStep, writtenAmount } from '../money.ts';
import { invalidRequest } from '../wire/errors.ts';

/** @param amount minor units. @throws ApiError 400 for what Stripe would not charge */
export function checkAmount(amount: number, currency: string): void {
  if (!isCurrency(currency)) {
    throw invalidRequest(`Invalid currency: ${currency.slice(0, 40)}`, undefined, 'currency');
  }
  if (amount <= 0) {
    throw invalidRequest(
      'The amount must be greater than or equal to the minimum charge amount allowed for your account and the ' +
        'currency set (https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts).',
      'parameter_invalid_integer',
      'amount',
    );
  }
  const least = leastAmount(currency);
  if (amount < least) {
    throw invalidRequest(
      `Amount must be at least ${writtenAmount(least, currency)}`,
      'amount_too_small',
      'amount',
    );
  }
  const most = mostAmount(currency);
  if (amount > most) {
    throw invalidRequest(
      `Amount must be no more than ${writtenAmount(most, currency)}`,
      'amount_too_large',
      'amount',
    );
  }
  const step = smallestStep(currency);
  if (amount % step !== 0) {
    throw invalidRequest(`Amounts in ${currency} must be divisible by ${step}.`, undefined, 'amount');
  }
}
