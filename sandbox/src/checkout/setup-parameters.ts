/** What setup mode takes and what it refuses (`Checkout.SessionCreateParams` of the SDK's types). */
import { metadata } from '../wire/common-parameters.ts';
import { invalidRequest, notBuilt } from '../wire/errors.ts';
import type { Values } from '../wire/schema.ts';
import { hash, text, unbuilt } from '../wire/schema.ts';

const setupIntentData = {
  description: text(1_000),
  metadata: metadata(),
  on_behalf_of: unbuilt(),
};
export const setupIntentDataParameter = hash(setupIntentData);
export type SetupIntentDataInput = Values<typeof setupIntentData>;

/**
 * Nothing is sold in setup mode. Refusals of `line_items` and `allow_promotion_codes` are on record; that Stripe says
 * the same of the others is not verified.
 */
const OF_AN_ORDER = [
  'allow_promotion_codes',
  'discounts',
  'line_items',
  'payment_intent_data',
  'shipping_options',
  'submit_type',
] as const;

type Mode = 'payment' | 'setup';

/** @throws ApiError 400 for a parameter that the session's mode has no use for */
export function checkModeParameters(params: Record<string, unknown>, mode: Mode): void {
  const unfit = mode === 'setup' ? OF_AN_ORDER : (['setup_intent_data'] as const);
  for (const name of unfit) {
    if (params[name] !== undefined) throw notInMode(name, mode);
  }
  if (mode === 'setup' && params.after_expiration !== undefined) {
    throw notBuilt('`after_expiration` in `setup` mode');
  }
}

/** Source: issues 519 and 700 of invertase/stripe-firebase-extensions. */
function notInMode(name: string, mode: Mode): Error {
  return invalidRequest(`You can not pass \`${name}\` in \`${mode}\` mode.`, undefined, name);
}
