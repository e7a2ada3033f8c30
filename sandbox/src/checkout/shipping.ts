/** The ways of shipping a session offers; the first is chosen until the customer chooses another. */
import { checkShippingRate, makeShippingRate, shippingRateFields } from '../catalogue/shipping-rates.ts';
import type { CheckoutSession, ShippingRate } from '../objects.ts';
import { invalidRequest, missingParameter, missingResource } from '../wire/errors.ts';
import type { Values } from '../wire/schema.ts';
import { arrayOf, hash, text } from '../wire/schema.ts';
import type { Turn } from '../world.ts';

const MOST_OPTIONS = 5;

const fields = { shipping_rate: text(), shipping_rate_data: hash(shippingRateFields) };
export const shippingOptionsParameter = arrayOf(hash(fields));
type OptionInput = Values<typeof fields>;

/** A rate that is there, or what to make one of; and its amount in minor units. */
export interface ShippingChoice {
  rate: ShippingRate | null;
  data: OptionInput['shipping_rate_data'] | null;
  amount: number;
}

/** @throws ApiError 400 for more than five, an unknown or archived rate, or another currency */
export function readShippingOptions(
  turn: Turn,
  given: readonly OptionInput[] | null | undefined,
  currency: string,
): ShippingChoice[] {
  const options = given ?? [];
  if (options.length > MOST_OPTIONS) {
    const message = `At most ${MOST_OPTIONS} shipping options can be given.`;
    throw invalidRequest(message, undefined, 'shipping_options');
  }
  return options.map((option, index) => readOption(turn, option, currency, `shipping_options[${index}]`));
}

/** Makes the rates that are not there yet; the session's amounts must be computed anew afterwards. */
export function setShippingOptions(
  turn: Turn,
  session: CheckoutSession,
  choices: readonly ShippingChoice[],
): void {
  const rates = choices.map(({ rate, data }) => rate ?? makeShippingRate(turn, data!));
  session.shipping_options = rates.map((rate) => ({
    shipping_amount: rate.fixed_amount!.amount,
    shipping_rate: rate.id,
  }));
  const [first] = session.shipping_options;
  session.shipping_cost = first === undefined ? null : costOf(first.shipping_amount, rates[0]!.id);
}

/** @throws ApiError 400 when the session does not offer this rate */
export function chooseShipping(session: CheckoutSession, rate: string): void {
  const option = session.shipping_options.find(({ shipping_rate }) => shipping_rate === rate);
  if (option === undefined) throw missingResource('shipping rate', rate, 'shipping_rate');
  session.shipping_cost = costOf(option.shipping_amount, rate);
}

/** Shipping is taxed by automatic tax only, which the sandbox does not build. */
function costOf(amount: number, rate: string): NonNullable<CheckoutSession['shipping_cost']> {
  return { amount_subtotal: amount, amount_tax: 0, amount_total: amount, shipping_rate: rate };
}

function readOption(turn: Turn, option: OptionInput, currency: string, name: string): ShippingChoice {
  const { shipping_rate: id, shipping_rate_data: data } = option;
  if (id !== undefined && data !== undefined) {
    throw invalidRequest(
      'You may only specify one of these parameters: shipping_rate, shipping_rate_data.',
      'parameters_exclusive',
      `${name}[shipping_rate_data]`,
    );
  }
  if (data !== undefined) {
    checkShippingRate(data, `${name}[shipping_rate_data]`);
    checkCurrency(data.fixed_amount!.currency, currency, `${name}[shipping_rate_data]`);
    return { rate: null, data, amount: data.fixed_amount!.amount };
  }
  const param = `${name}[shipping_rate]`;
  if (id === undefined) throw missingParameter(param);
  const rate = turn.world.store.shipping_rates.get(id);
  if (rate === undefined) throw missingResource('shipping rate', id, param);
  if (!rate.active) throw invalidRequest(`The shipping rate ${id} is not active.`, undefined, param);
  checkCurrency(rate.fixed_amount!.currency, currency, param);
  return { rate, data: null, amount: rate.fixed_amount!.amount };
}

function checkCurrency(own: string, currency: string, param: string): void {
  if (own === currency) return;
  const message = `The shipping rate is in ${own}, the line items are in ${currency}.`;
  throw invalidRequest(message, undefined, param);
}
