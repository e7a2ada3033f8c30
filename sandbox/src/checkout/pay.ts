/** Paying a Checkout Session: the first confirmation makes the payment intent, later ones use it again. */
import type { CheckoutSession, Customer, PaymentIntent, PaymentMethod } from '../objects.ts';
import { checkConfirmable, checkMethod, confirmIntent } from '../payments/confirm.ts';
import { createCustomer } from '../payments/customer.ts';
import { createIntent } from '../payments/intent.ts';
import {
  createPaymentMethod,
  findPaymentMethod,
  type PaymentMethodInput,
} from '../payments/payment-method.ts';
import { type Address, wholeAddress } from '../wire/common-parameters.ts';
import { invalidRequest, missingParameter, stateConflict } from '../wire/errors.ts';
import { save, type Turn } from '../world.ts';
import { customerDetails } from './customer-details.ts';

export interface PageInput {
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
}

/** @throws ApiError 402 when the card is refused (the page stays open), 400 when the session cannot be paid */
export function payPage(turn: Turn, session: CheckoutSession, input: PageInput): void {
  checkPayable(session, input);
  const method = methodOf(turn, input);
  const open = turn.world.store.payment_intents.get(session.payment_intent ?? '');
  if (open !== undefined) checkConfirmable(open);
  checkMethod(turn, session, method);
  session.customer_details = detailsOf(turn, session, method, input);
  const intent = open ?? createSessionIntent(turn, session);
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

function checkPayable(session: CheckoutSession, input: PageInput): void {
  if (session.status !== 'open') {
    throw stateConflict(
      `This Checkout Session can no longer be paid: its status is ${session.status}.`,
      'checkout_session_not_open',
    );
  }
  if (input.expected_amount !== undefined && input.expected_amount !== session.amount_total) {
    throw invalidRequest(
      'The amount of this Checkout Session is not the amount that was shown. Reload the page.',
      'checkout_amount_mismatch',
      'expected_amount',
    );
  }
}

function methodOf(turn: Turn, input: PageInput): PaymentMethod {
  if (input.payment_method !== undefined) {
    return findPaymentMethod(turn, input.payment_method, 'payment_method');
  }
  if (input.payment_method_data === undefined) throw missingParameter('payment_method');
  return createPaymentMethod(turn, input.payment_method_data);
}

/** What the customer typed comes first, then what the shop gave, then what the payment method holds. */
function detailsOf(turn: Turn, session: CheckoutSession, method: PaymentMethod, input: PageInput) {
  const known = turn.world.store.customers.get(session.customer ?? '');
  const typed = input.customer_details;
  const billing = method.billing_details;
  return customerDetails({
    email: session.customer_email ?? known?.email ?? typed?.email ?? input.email ?? billing.email,
    name: typed?.name ?? input.name ?? billing.name,
    phone: typed?.phone ?? billing.phone,
    address: (wholeAddress(typed?.address) ?? billing.address) as typeof billing.address,
  });
}

function createSessionIntent(turn: Turn, session: CheckoutSession): PaymentIntent {
  const { paymentIntentData: data } = turn.world.store.session_secrets.get(session.id)!;
  if (session.customer === null && session.customer_creation === 'always') {
    session.customer = newCustomer(turn, session).id;
  }
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
      shipping: data.shipping,
      statement_descriptor: data.statement_descriptor,
      statement_descriptor_suffix: data.statement_descriptor_suffix,
    },
    session.id,
  );
  session.payment_intent = intent.id;
  return intent;
}

function newCustomer(turn: Turn, session: CheckoutSession): Customer {
  const { email = null, name = null, phone = null } = session.customer_details ?? {};
  return createCustomer(turn, { email, name, phone });
}
