/** What makes a price: the parameters that prices, products with a default price and line items in place share. */
import { isCurrency } from '../money.ts';
import type { Price } from '../objects.ts';
import { currency, mergeMetadata, metadata } from '../wire/common-parameters.ts';
import { invalidRequest } from '../wire/errors.ts';
import type { Values } from '../wire/schema.ts';
import { hash, integer, oneOf, required, text, unbuilt } from '../wire/schema.ts';
import { decimal } from './amounts.ts';

/** A million major units; what a session can take is checked with its total. */
const MOST_UNIT_AMOUNT = 99_999_999_999;

export const priceFields = {
  currency: required(currency()),
  recurring: hash({
    interval: required(oneOf('day', 'month', 'week', 'year')),
    interval_count: integer(1, 1_095),
  }),
  tax_behavior: oneOf('exclusive', 'inclusive', 'unspecified'),
  unit_amount: integer(0, MOST_UNIT_AMOUNT),
  unit_amount_decimal: decimal(0, MOST_UNIT_AMOUNT),
};

export const defaultPriceFields = {
  ...priceFields,
  currency_options: unbuilt(),
  custom_unit_amount: unbuilt(),
  metadata: metadata(),
};

type PriceInput = Values<typeof priceFields> & {
  metadata?: Values<typeof defaultPriceFields>['metadata'];
  recurring?: { meter?: never; trial_period_days?: number; usage_type?: 'licensed' };
};

/** @throws ApiError 400 for an unknown currency, no amount or two amounts */
export function priceValues(
  given: PriceInput,
  prefix = '',
): Partial<Price> & Pick<Price, 'currency' | 'tax_behavior'> {
  const nameOf = (key: string): string => (prefix === '' ? key : `${prefix}[${key}]`);
  if (!isCurrency(given.currency)) {
    throw invalidRequest(`Invalid currency: ${given.currency.slice(0, 40)}`, undefined, nameOf('currency'));
  }
  const { unit_amount: amount, unit_amount_decimal: exact } = given;
  if (amount === undefined && exact === undefined) {
    throw invalidRequest(
      'Prices require an `unit_amount` or `unit_amount_decimal` parameter to be set.',
      'parameter_missing',
      nameOf('unit_amount'),
    );
  }
  if (amount !== undefined && exact !== undefined) {
    throw invalidRequest(
      'You may only specify one of these parameters: unit_amount, unit_amount_decimal.',
      'parameters_exclusive',
      nameOf('unit_amount_decimal'),
    );
  }
  return {
    currency: given.currency,
    metadata: mergeMetadata({}, given.metadata),
    recurring: given.recurring === undefined ? null : recurrence(given.recurring),
    tax_behavior: given.tax_behavior ?? 'unspecified',
    type: given.recurring === undefined ? 'one_time' : 'recurring',
    ...unitAmounts(amount, exact),
  };
}

/** `unit_amount` is null when the price is not a whole number of minor units. */
function unitAmounts(
  amount: number | undefined,
  exact: string | undefined,
): Pick<Price, 'unit_amount' | 'unit_amount_decimal'> {
  if (exact === undefined) return { unit_amount: amount!, unit_amount_decimal: String(amount) };
  const shortest = exact.includes('.') ? exact.replace(/\.?0+$/, '') : exact;
  return {
    unit_amount: shortest.includes('.') ? null : Number(shortest),
    unit_amount_decimal: shortest,
  };
}

function recurrence(given: NonNullable<PriceInput['recurring']>): NonNullable<Price['recurring']> {
  return {
    interval: given.interval,
    interval_count: given.interval_count ?? 1,
    meter: null,
    trial_period_days: given.trial_period_days ?? null,
    usage_type: 'licensed',
  };
}

/** What `product_data` of a price, and of a line item in place, takes. */
export const productDataFields = {
  metadata: metadata(),
  name: required(text()),
  tax_code: text(),
  tax_details: hash({ performance_location: text(), tax_code: text() }),
  unit_label: text(12),
};
