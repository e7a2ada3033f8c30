/** Paying a Checkout Session: the first confirmation makes the payment intent, later ones use it again. */
import type { BillingDetails, CheckoutSession, Customer, PaymentIntent, PaymentMethod } from '../objects.ts';
import { checkConfirmable, checkMethod, confirmIntent } from '../payments/confirm.ts';
import { createCustomer } from '../payments/customer.ts';
import { cancelIntent, createIntent } from '../payments/intent.ts';
import {
  createPaymentMethod,
  findPaymentMethod,
  type PaymentMethodInput,
} from '../payments/payment-method.ts';
import { wholeShipping } from '../resources/references.ts';
import { type Address, wholeAddress } from '../wire/common-parameters.ts';
import { invalidRequest, missingParameter, stateConflict } from '../wire/errors.ts';
import { save, type Turn } from '../world.ts';
import { collect, type Entered } from './collection.ts';
import { customerDetails } from './customer-details.ts';
import { completeSession } from './progress.ts';
import { chooseShipping } from './shipping.ts';
import { reprice } from './totals.ts';

export interface PageInput extends Omit<Entered, 'phone'> {
  payment_method?: string;
  payment_method_data?: PaymentMethodInput;
  /** Minor units; what the customer saw on the page. */
  expected_amount?: number;
  email?: string | null;
  name?: string | null;
  customer_details?: {
    email?: string | null;
    name?: string | null;
    phone?: string | null;
    address?: Partial<Address> | null;
  };
  return_url?: string;
  shipping_rate?: string;
}

/** @throws ApiError 402 when the card is refused (the page stays open), 400 when the session cannot be paid */
export function payPage(turn: Turn, session: CheckoutSession, input: PageInput): void {
  checkOpen(session);
  if (input.shipping_rate !== undefined) {
    chooseShipping(session, input.shipping_rate);
    reprice(turn, session);
    save(turn, turn.world.store.sessions, session, 'updated');
  }
  checkShownAmount(session, input);
  if (session.amount_total === 0) {
    finishFreeOrder(turn, session, input);
    return;
  }
  const method = methodOf(turn, input);
  const open = turn.world.store.payment_intents.get(session.payment_intent ?? '');
  if (open !== undefined) checkConfirmable(open);
  checkMethod(turn, session, method);
  const details = detailsOf(turn, session, method.billing_details, input);
  collect(session, { ...input, phone: details.phone });
  session.customer_details = details;
  const intent = open ?? createSessionIntent(turn, session);
  intent.amount = session.amount_total!;
  intent.shipping = shippingOf(session) ?? intent.shipping;
  save(turn, turn.world.store.sessions, session, 'updated');
  const wanted = session.payment_method_options?.card?.request_three_d_secure;
  confirmIntent(turn, intent, {
    method,
    offSession: false,
    returnUrl: input.return_url ?? null,
    usesStripeSdk: input.return_url === undefined,
    authenticationWanted: wanted === 'any' || wanted === 'challenge',
    refusesChallenge: false,
  });
}

/** An order that costs nothing has no payment intent; one that an earlier attempt left is given up. */
function finishFreeOrder(turn: Turn, session: CheckoutSession, input: PageInput): void {
  const details = detailsOf(turn, session, null, input);
  collect(session, { ...input, phone: details.phone });
  session.customer_details = details;
  const left = turn.world.store.payment_intents.get(session.payment_intent ?? '');
  if (left !== undefined) cancelIntent(turn, left, 'abandoned');
  session.payment_intent = null;
  makeCustomer(turn, session);
  completeSession(turn, session, 'no_payment_required');
}

/** The codes and the first sentence are those that programs calling Stripe's page report; the second is not verified. */
export function checkOpen(session: CheckoutSession): void {
  if (session.status === 'open') return;
  if (session.status === 'expired') {
    throw stateConflict('This Checkout Session is no longer active.', 'checkout_not_active_session');
  }
  throw stateConflict('This Checkout Session has already been processed.', 'checkout_succeeded_session');
}

/** Programs that call Stripe's page report this code; the sentence is not verified. */
export function checkShownAmount(session: CheckoutSession, { expected_amount: shown }: PageInput): void {
  if (shown === undefined || shown === (session.amount_total ?? 0)) return;
  throw invalidRequest(
    'The amount of this Checkout Session is not the amount that was shown. Reload the page.',
    'checkout_amount_mismatch',
    'expected_amount',
  );
}

export function methodOf(turn: Turn, input: PageInput): PaymentMethod {
  if (input.payment_method !== undefined) {
    return findPaymentMethod(turn, input.payment_method, 'payment_method');
  }
  if (input.payment_method_data === undefined) throw missingParameter('payment_method');
  return createPaymentMethod(turn, input.payment_method_data);
}

/** What the customer typed comes first, then what the shop gave, then what the payment method holds. */
export function detailsOf(
  turn: Turn,
  session: CheckoutSession,
  billing: PaymentMethod['billing_details'] | null,
  input: PageInput,
): NonNullable<CheckoutSession['customer_details']> {
  const known = turn.world.store.customers.get(session.customer ?? '');
  const typed = input.customer_details;
  return customerDetails({
    email: session.customer_email ?? known?.email ?? typed?.email ?? input.email ?? billing?.email ?? null,
    name: typed?.name ?? input.name ?? billing?.name ?? null,
    phone: typed?.phone ?? billing?.phone ?? null,
    address: (wholeAddress(typed?.address) ?? billing?.address ?? null) as BillingDetails['address'],
  });
}

function createSessionIntent(turn: Turn, session: CheckoutSession): PaymentIntent {
  const { paymentIntentData: data } = turn.world.store.session_secrets.get(session.id)!;
  makeCustomer(turn, session);
  const intent = createIntent(
    turn,
    {
      amount: session.amount_total!,
      currency: session.currency!,
      payment_method_types: session.payment_method_types,
      capture_method: data.capture_method ?? 'automatic_async',
      customer: session.customer,
      description: data.description,
      metadata: { ...data.metadata },
      receipt_email: data.receipt_email,
      setup_future_usage: data.setup_future_usage,
      shipping: shippingOf(session) ?? data.shipping,
      statement_descriptor: data.statement_descriptor,
      statement_descriptor_suffix: data.statement_descriptor_suffix,
    },
    session.id,
  );
  session.payment_intent = intent.id;
  return intent;
}

/** Where the session asks for a customer and has none. */
export function makeCustomer(turn: Turn, session: CheckoutSession): void {
  if (session.customer !== null || session.customer_creation !== 'always') return;
  const { email = null, name = null, phone = null, address = null } = session.customer_details ?? {};
  const shipping = session.collected_information?.shipping_details;
  const parcel = shipping ? { address: shipping.address, name: shipping.name, phone: phone ?? '' } : null;
  const customer = createCustomer(turn, {
    address,
    email,
    name,
    phone,
    shipping: parcel as Customer['shipping'],
  });
  session.customer = customer.id;
}

/** Where the page has asked for an address, it is also that of the payment. */
function shippingOf(session: CheckoutSession): PaymentIntent['shipping'] {
  const details = session.collected_information?.shipping_details;
  if (!details) return null;
  const phone = session.customer_details?.phone ?? null;
  return wholeShipping({ address: details.address, name: details.name, phone });
}
