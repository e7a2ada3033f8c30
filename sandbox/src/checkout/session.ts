/** Making Checkout Sessions and ending those that nobody paid. */
import type { AppliedDiscount, CheckoutSession, PaymentIntentData, PaymentIntentStatus } from '../objects.ts';
import { cancelIntent } from '../payments/intent.ts';
import { isConfirmable } from '../payments/machine.ts';
import { cancelSetupIntent, isOpen } from '../setup/setup-intent.ts';
import { emit } from '../webhooks/events.ts';
import { runTurn, save, type Turn, type World } from '../world.ts';
import { setDiscount } from './discounts.ts';
import { type Line, makeItems } from './line-items.ts';
import { offerRecovery } from './recovery-offer.ts';
import { type ShippingChoice, setShippingOptions } from './shipping.ts';
import { reprice } from './totals.ts';

export interface NewSession {
  /** What the shop asked for, in the shape of the object. */
  settings: Partial<CheckoutSession> &
    Pick<CheckoutSession, 'currency' | 'expires_at' | 'payment_method_types'>;
  lines: Line[];
  discount: AppliedDiscount | null;
  shipping: ShippingChoice[];
  paymentIntentData: PaymentIntentData;
}

export const NO_INVOICE = {
  enabled: false,
  invoice_data: {
    account_tax_ids: null,
    custom_fields: null,
    description: null,
    footer: null,
    issuer: null,
    metadata: {},
    rendering_options: null,
  },
};

/** What every session has, as it is when nothing is said about it. */
const DEFAULTS = {
  adaptive_pricing: { enabled: false },
  after_expiration: null,
  allow_promotion_codes: null,
  automatic_tax: { enabled: false, liability: null, provider: null, status: null },
  client_secret: null,
  collected_information: { business_name: null, individual_name: null, shipping_details: null },
  consent: null,
  consent_collection: null,
  currency_conversion: null,
  custom_fields: [],
  custom_text: {
    after_submit: null,
    shipping_address: null,
    submit: null,
    terms_of_service_acceptance: null,
  },
  customer_account: null,
  discounts: [],
  integration_identifier: null,
  invoice: null,
  invoice_creation: NO_INVOICE,
  managed_payments: { enabled: false },
  payment_link: null,
  payment_method_collection: 'if_required',
  payment_method_configuration_details: null,
  permissions: null,
  phone_number_collection: { enabled: false },
  recovered_from: null,
  saved_payment_method_options: null,
  setup_intent: null,
  shipping_address_collection: null,
  shipping_cost: null,
  shipping_options: [],
  subscription: null,
  success_url: null,
  total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
  wallet_options: null,
} satisfies Partial<CheckoutSession>;

export function createSession(turn: Turn, given: NewSession): CheckoutSession {
  const session = buildSession(turn, given.settings);
  const items = makeItems(turn, given.lines);
  const { paymentIntentData } = given;
  turn.world.store.session_secrets.put({ id: session.id, items, paymentIntentData });
  setShippingOptions(turn, session, given.shipping);
  setDiscount(turn, session, given.discount);
  reprice(turn, session);
  openSession(turn, session);
  return session;
}

/** The object, with its address or its client secret; nobody knows of it yet. */
export function buildSession(turn: Turn, settings: NewSession['settings']): CheckoutSession {
  const { ids } = turn.world;
  const id = `cs_test_a1${ids.characters(56)}`;
  const session: CheckoutSession = {
    ...structuredClone(DEFAULTS),
    id,
    object: 'checkout.session',
    allowed_payment_method_types: null,
    amount_subtotal: 0,
    amount_total: 0,
    billing_address_collection: null,
    cancel_url: null,
    client_reference_id: null,
    created: turn.now,
    customer: null,
    customer_creation: 'if_required',
    customer_details: null,
    customer_email: null,
    livemode: false,
    locale: null,
    metadata: {},
    mode: 'payment',
    origin_context: null,
    payment_intent: null,
    payment_method_options: { card: { request_three_d_secure: 'automatic' } },
    payment_status: 'unpaid',
    status: 'open',
    submit_type: null,
    ui_mode: 'hosted_page',
    url: null,
    ...settings,
  };
  if (session.ui_mode === 'hosted_page') session.url = pageAddress(turn.world, id);
  else session.client_secret = `${id}_secret_${ids.characters(64)}`;
  return session;
}

export function openSession(turn: Turn, session: CheckoutSession): void {
  save(turn, turn.world.store.sessions, session, 'created');
  expireLater(turn.world, session);
}

export function pageAddress(world: World, id: string): string {
  return `${world.baseUrl}/c/pay/${id}#fidkdWxO`;
}

/** Ends an open session; its intent is canceled with it, so that nothing can be paid or saved afterwards. */
export function expireSession(turn: Turn, session: CheckoutSession): void {
  const { store } = turn.world;
  session.status = 'expired';
  session.url = null;
  offerRecovery(turn, session);
  save(turn, store.sessions, session, 'updated');
  emit(turn, 'checkout.session.expired', session);
  const intent = store.payment_intents.get(session.payment_intent ?? '');
  // That Stripe cancels it, and with this reason, is not verified.
  if (intent !== undefined && isConfirmable(intent.status as PaymentIntentStatus)) {
    cancelIntent(turn, intent, 'automatic');
  }
  const setup = store.setup_intents.get((session.setup_intent as string | null) ?? '');
  // Stripe's way to cancel it (`Checkout.Session.setup_intent`); the reason is not verified.
  if (setup !== undefined && isOpen(setup)) cancelSetupIntent(turn, setup, 'abandoned');
}

/** Takes up the sessions that a restart interrupted. */
export function resumeSessions(world: World): void {
  for (const session of world.store.sessions.oldestFirst()) {
    if (session.status === 'open') expireLater(world, session);
  }
}

export function expireLater(world: World, session: CheckoutSession): void {
  world.clock.at(session.expires_at * 1000, () => {
    if (session.status === 'open') runTurn(world, 'timer', (turn) => expireSession(turn, session));
  });
}
