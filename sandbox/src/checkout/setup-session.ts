/** Making Checkout Sessions in setup mode: the customer leaves a payment method for later, and nothing is paid. */
import type { CheckoutSession, PaymentIntentData } from '../objects.ts';
import { createSetupIntent, setupCardOptions } from '../setup/setup-intent.ts';
import { mergeMetadata } from '../wire/common-parameters.ts';
import type { Turn } from '../world.ts';
import { customerDetails } from './customer-details.ts';
import { buildSession, type NewSession, openSession } from './session.ts';
import type { SetupIntentDataInput } from './setup-parameters.ts';

/** Source: sessions of setup mode that the tests of zulip/zulip recorded at Stripe. */
const NOTHING_SOLD = {
  amount_subtotal: null,
  amount_total: null,
  discounts: null,
  invoice_creation: null,
  managed_payments: null,
  mode: 'setup',
  payment_method_collection: 'always',
  payment_status: 'no_payment_required',
  total_details: null,
} satisfies Partial<CheckoutSession>;

/**
 * The setup intent is there from the beginning, as in the recorded sessions; only payment intents wait for the
 * confirmation (docs.stripe.com/changelog/2022-08-01/deferred-paymentintent-checkout-session).
 */
export function createSetupSession(
  turn: Turn,
  settings: NewSession['settings'],
  data: SetupIntentDataInput = {},
): CheckoutSession {
  const session = buildSession(turn, { ...settings, ...NOTHING_SOLD });
  session.customer_details ??= detailsOfCustomer(turn, session);
  turn.world.store.session_secrets.put({
    id: session.id,
    items: [],
    paymentIntentData: structuredClone(NO_PAYMENT),
  });
  const card = session.payment_method_options?.card?.request_three_d_secure;
  const intent = createSetupIntent(
    turn,
    {
      customer: session.customer,
      description: data.description ?? null,
      metadata: mergeMetadata({}, data.metadata),
      payment_method_options: { card: setupCardOptions(card as 'automatic' | 'any' | 'challenge') },
      payment_method_types: session.payment_method_types,
    },
    session.id,
  );
  session.setup_intent = intent.id;
  openSession(turn, session);
  return session;
}

/** The e-mail address of a known customer is told at once, with nothing else, as recorded. */
function detailsOfCustomer(turn: Turn, session: CheckoutSession): CheckoutSession['customer_details'] {
  const email = turn.world.store.customers.get((session.customer as string | null) ?? '')?.email;
  return email ? customerDetails({ email, tax_exempt: null }) : null;
}

const NO_PAYMENT: PaymentIntentData = {
  metadata: {},
  description: null,
  receipt_email: null,
  shipping: null,
  capture_method: null,
  setup_future_usage: null,
  statement_descriptor: null,
  statement_descriptor_suffix: null,
};
