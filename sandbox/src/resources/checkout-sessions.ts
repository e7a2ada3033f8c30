/** `/v1/checkout/sessions` (docs.stripe.com/api/checkout/sessions), payment mode on the hosted page. */
import { customerDetails } from '../checkout/customer-details.ts';
import { buildLineItems, checkLineItems } from '../checkout/line-items.ts';
import { createSession, expireSession, type NewSession } from '../checkout/session.ts';
import { leastAmount, mostAmount, writtenAmount } from '../money.ts';
import type { CheckoutSession, LineItem, PaymentIntentData } from '../objects.ts';
import { allowedTypes, automaticTypes } from '../payments/method-types.ts';
import { type Call, type Route, route } from '../routing.ts';
import { expand, mergeMetadata, metadata, pagination } from '../wire/common-parameters.ts';
import { invalidRequest, missingParameter, missingResource, stateConflict } from '../wire/errors.ts';
import { isWithin, listOf, listOfOwner, listPage } from '../wire/list.ts';
import type { Values } from '../wire/schema.ts';
import { unbuilt } from '../wire/schema.ts';
import { save, type Turn } from '../world.ts';
import * as parameters from './checkout-session-parameters.ts';
import { checkCustomer, wholeShipping } from './references.ts';

const SHORTEST_LIFE_SECONDS = 30 * 60;
const LONGEST_LIFE_SECONDS = 24 * 3600;
/** Callers compute the moment with their own clock and send it over a network. */
const CLOCK_TOLERANCE_SECONDS = 60;

export const checkoutSessionRoutes: Route[] = [
  route('POST', '/v1/checkout/sessions', { fields: parameters.create, handle: create }),
  route('GET', '/v1/checkout/sessions', { fields: parameters.list, handle: list }),
  route('GET', '/v1/checkout/sessions/:id', { fields: { expand }, handle: findSession }),
  route('POST', '/v1/checkout/sessions/:id', {
    fields: {
      collected_information: unbuilt(),
      expand,
      line_items: unbuilt(),
      metadata: metadata(),
      payment_intent_data: unbuilt(),
      shipping_options: unbuilt(),
    },
    handle(call) {
      const session = findSession(call);
      session.metadata = mergeMetadata(session.metadata ?? {}, call.params.metadata);
      save(call.turn, call.world.store.sessions, session, 'updated');
      return session;
    },
  }),
  route('GET', '/v1/checkout/sessions/:id/line_items', {
    fields: pagination,
    handle(call) {
      const { id } = findSession(call);
      const { items } = call.world.store.session_secrets.get(id)!;
      return listOf(items, `/v1/checkout/sessions/${id}/line_items`, call.params);
    },
  }),
  route('POST', '/v1/checkout/sessions/:id/expire', {
    fields: { expand },
    handle(call) {
      const session = findSession(call);
      if (session.status !== 'open') {
        throw stateConflict(
          `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of \`${session.status}\`.`,
          'checkout_session_not_open',
        );
      }
      expireSession(call.turn, session);
      return session;
    },
  }),
];

export function findSession(call: Call<unknown>): CheckoutSession {
  const id = call.ids[0]!;
  const session = call.world.store.sessions.get(id);
  if (session === undefined) throw missingResource('checkout.session', id);
  return session;
}

function create(call: Call<Values<typeof parameters.create>>): CheckoutSession {
  const { turn, params } = call;
  if (params.line_items === undefined) throw missingParameter('line_items');
  if (params.success_url === undefined) throw missingParameter('success_url');
  checkUrl(params.success_url, 'success_url');
  if (params.cancel_url !== undefined) checkUrl(params.cancel_url, 'cancel_url');
  checkWho(turn, params);
  const expiresAt = expiry(turn, params.expires_at);
  const total = checkLineItems(params.line_items);
  const currency = params.line_items[0]!.price_data!.currency;
  checkTotal(total, currency);
  const types = methodTypes(call, currency);
  const given: NewSession = {
    ...details(params),
    currency,
    expires_at: expiresAt,
    payment_method_types: types,
    success_url: params.success_url,
  };
  const items: LineItem[] = buildLineItems(turn, params.line_items);
  return createSession(turn, given, items, intentData(params.payment_intent_data));
}

function details(params: Values<typeof parameters.create>): Partial<CheckoutSession> {
  const email = params.customer_email ?? null;
  return {
    allowed_payment_method_types: params.allowed_payment_method_types ?? null,
    billing_address_collection: params.billing_address_collection ?? null,
    cancel_url: params.cancel_url ?? null,
    client_reference_id: params.client_reference_id ?? null,
    customer: params.customer ?? null,
    customer_creation: params.customer !== undefined ? null : (params.customer_creation ?? 'if_required'),
    customer_details: email === null ? null : customerDetails({ email }),
    customer_email: email,
    locale: params.locale ?? null,
    metadata: mergeMetadata({}, params.metadata),
    origin_context: params.origin_context ?? null,
    payment_method_options: {
      card: {
        request_three_d_secure: params.payment_method_options?.card?.request_three_d_secure ?? 'automatic',
      },
    },
    phone_number_collection: params.phone_number_collection ?? { enabled: false },
    submit_type: params.submit_type ?? null,
  };
}

function list(call: Call<Values<typeof parameters.list>>): object {
  const { world, params } = call;
  const url = '/v1/checkout/sessions';
  const isListed = (session: CheckoutSession): boolean =>
    isWithin(params.created, session.created) &&
    (params.customer === undefined || session.customer === params.customer) &&
    (params.status === undefined || session.status === params.status) &&
    (params.customer_details === undefined ||
      session.customer_details?.email === params.customer_details.email);
  const { sessions } = world.store;
  if (params.payment_intent === undefined) return listPage(sessions, url, params, isListed);
  return listOfOwner(sessions, params.payment_intent, url, params, isListed);
}

function checkWho(turn: Turn, params: Values<typeof parameters.create>): void {
  checkCustomer(turn, params.customer);
  if (params.customer === undefined) return;
  const other = params.customer_email !== undefined ? 'customer_email' : 'customer_creation';
  if (params[other] === undefined) return;
  throw invalidRequest(
    `You may only specify one of these parameters: customer, ${other}.`,
    'parameters_exclusive',
    other,
  );
}

function expiry(turn: Turn, given: number | undefined): number {
  if (given === undefined) return turn.now + LONGEST_LIFE_SECONDS;
  const life = given - turn.now;
  if (
    life < SHORTEST_LIFE_SECONDS - CLOCK_TOLERANCE_SECONDS ||
    life > LONGEST_LIFE_SECONDS + CLOCK_TOLERANCE_SECONDS
  ) {
    throw invalidRequest(
      'The `expires_at` timestamp must be between 30 minutes and 24 hours from Checkout Session creation.',
      undefined,
      'expires_at',
    );
  }
  return given;
}

function methodTypes(call: Call<Values<typeof parameters.create>>, currency: string): string[] {
  const { params, version } = call;
  const own = params.payment_method_types;
  if (own !== undefined && !version.takesPaymentMethodTypes) {
    const name = 'payment_method_types';
    throw invalidRequest(`Received unknown parameter: ${name}`, 'parameter_unknown', name);
  }
  if (own !== undefined) return allowedTypes(currency, own);
  return automaticTypes(currency).filter(
    (type) =>
      (params.allowed_payment_method_types?.includes(type) ?? true) &&
      !params.excluded_payment_method_types?.includes(type),
  );
}

/** A total of zero needs no payment, which the sandbox does not build; below the least amount nothing is charged. */
function checkTotal(total: number, currency: string): void {
  if (total > mostAmount(currency)) {
    const most = writtenAmount(mostAmount(currency), currency);
    throw invalidRequest(
      `The Checkout Session's total amount due must be no more than ${most}`,
      'amount_too_large',
    );
  }
  if (total >= leastAmount(currency)) return;
  throw invalidRequest(
    `The Checkout Session's total amount due must add up to at least ${writtenAmount(leastAmount(currency), currency)}`,
    'amount_too_small',
  );
}

function intentData(given: Values<typeof parameters.create>['payment_intent_data']): PaymentIntentData {
  return {
    metadata: mergeMetadata({}, given?.metadata),
    description: given?.description ?? null,
    receipt_email: given?.receipt_email ?? null,
    shipping: wholeShipping(given?.shipping),
    capture_method: given?.capture_method ?? null,
    setup_future_usage: given?.setup_future_usage ?? null,
    statement_descriptor: given?.statement_descriptor ?? null,
    statement_descriptor_suffix: given?.statement_descriptor_suffix ?? null,
  };
}

function checkUrl(url: string, param: string): void {
  // The placeholder of the session's id may stand anywhere, also where a URL would not take braces.
  if (/^https?:\/\/[^\s]+$/.test(url)) return;
  throw invalidRequest(
    'Not a valid URL. An explicit scheme (such as https) must be provided.',
    'url_invalid',
    param,
  );
}
