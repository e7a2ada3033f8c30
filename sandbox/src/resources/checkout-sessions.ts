/** `/v1/checkout/sessions` (docs.stripe.com/api/checkout/sessions), in payment and setup mode. */
import { wholeConsentCollection, wholeCustomText } from '../checkout/collection.ts';
import { readCustomFields } from '../checkout/custom-fields.ts';
import { customerDetails } from '../checkout/customer-details.ts';
import { readDiscount } from '../checkout/discounts.ts';
import { checkTotal, expiry } from '../checkout/limits.ts';
import { checkPresentment, readLines, subtotalOf } from '../checkout/line-items.ts';
import { wholeAfterExpiration } from '../checkout/recovery-offer.ts';
import { createSession, expireSession, type NewSession } from '../checkout/session.ts';
import { checkModeParameters } from '../checkout/setup-parameters.ts';
import { createSetupSession } from '../checkout/setup-session.ts';
import { readShippingOptions } from '../checkout/shipping.ts';
import { computeTotals } from '../checkout/totals.ts';
import { readDestinations } from '../checkout/ui-mode.ts';
import { sessionChanges, updateSession } from '../checkout/update.ts';
import type { CheckoutSession, PaymentIntentData } from '../objects.ts';
import { allowedTypes, automaticTypes, typesForSetup } from '../payments/method-types.ts';
import { type Call, type Route, route } from '../routing.ts';
import { expand, mergeMetadata, pagination } from '../wire/common-parameters.ts';
import { invalidRequest, missingParameter, missingResource, stateConflict } from '../wire/errors.ts';
import { isWithin, listOf, listOfOwner, listPage } from '../wire/list.ts';
import type { Values } from '../wire/schema.ts';
import * as parameters from './checkout-session-parameters.ts';
import { checkCustomer, wholeShipping } from './references.ts';
import { checkTypes } from './setup-intent-calls.ts';

type CreateParameters = Values<typeof parameters.create>;

export const checkoutSessionRoutes: Route[] = [
  route('POST', '/v1/checkout/sessions', { fields: parameters.create, handle: create }),
  route('GET', '/v1/checkout/sessions', { fields: parameters.list, handle: list }),
  route('GET', '/v1/checkout/sessions/:id', { fields: { expand }, handle: findSession }),
  route('POST', '/v1/checkout/sessions/:id', {
    fields: sessionChanges,
    handle(call) {
      const session = findSession(call);
      updateSession(call.turn, session, call.params);
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

function create(call: Call<CreateParameters>): CheckoutSession {
  const { mode = 'payment' } = call.params;
  checkModeParameters(call.params, mode);
  return mode === 'setup' ? createForSetup(call) : createForPayment(call);
}

function createForSetup(call: Call<CreateParameters>): CheckoutSession {
  const { turn, params } = call;
  const destinations = readDestinations(params);
  checkPayer(call);
  const settings: NewSession['settings'] = {
    ...details(params),
    ...destinations,
    currency: params.currency ?? null,
    custom_fields: readCustomFields(params.custom_fields),
    expires_at: expiry(turn, params.expires_at),
    payment_method_types: setupMethodTypes(call),
  };
  return createSetupSession(turn, settings, params.setup_intent_data);
}

/** Everything is checked before anything is made. */
function createForPayment(call: Call<CreateParameters>): CheckoutSession {
  const { turn, params } = call;
  if (params.line_items === undefined) throw missingParameter('line_items');
  const destinations = readDestinations(params);
  checkPayer(call);
  checkExclusive(params, 'allow_promotion_codes', 'discounts');
  const customFields = readCustomFields(params.custom_fields);
  const expiresAt = expiry(turn, params.expires_at);
  const lines = readLines(turn, params.line_items);
  const { currency } = lines[0]!.price;
  checkPresentment(params.currency, currency);
  const subtotal = lines.reduce((total, line) => total + subtotalOf(line), 0);
  const customer = params.customer ?? null;
  const discount = readDiscount(turn, params.discounts, { customer, currency, subtotal });
  const shipping = readShippingOptions(turn, params.shipping_options, currency);
  checkTotal(computeTotals(lines, discount, shipping[0]?.amount ?? null).total, currency);
  const settings: NewSession['settings'] = {
    ...details(params),
    ...destinations,
    currency,
    custom_fields: customFields,
    expires_at: expiresAt,
    payment_method_types: methodTypes(call, automaticTypes(currency), (own) => allowedTypes(currency, own)),
  };
  const paymentIntentData = intentData(params.payment_intent_data);
  return createSession(turn, { settings, lines, discount, shipping, paymentIntentData });
}

function checkPayer({ turn, params }: Call<CreateParameters>): void {
  checkExclusive(params, 'customer', 'customer_email');
  checkExclusive(params, 'customer', 'customer_creation');
  checkCustomer(turn, params.customer);
}

function details(params: CreateParameters): Partial<CheckoutSession> {
  const email = params.customer_email ?? null;
  return {
    after_expiration: wholeAfterExpiration(params.after_expiration),
    allow_promotion_codes: params.allow_promotion_codes ?? null,
    allowed_payment_method_types: params.allowed_payment_method_types ?? null,
    billing_address_collection: params.billing_address_collection ?? null,
    client_reference_id: params.client_reference_id ?? null,
    consent_collection: wholeConsentCollection(params.consent_collection),
    custom_text: wholeCustomText(params.custom_text),
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
    shipping_address_collection: (params.shipping_address_collection ??
      null) as CheckoutSession['shipping_address_collection'],
    submit_type: params.submit_type ?? null,
  };
}

function list(call: Call<Values<typeof parameters.list>>): object {
  const { world, params } = call;
  const url = '/v1/checkout/sessions';
  const isListed = (session: CheckoutSession): boolean =>
    isWithin(params.created, session.created) &&
    (params.customer === undefined || session.customer === params.customer) &&
    (params.payment_link === undefined || session.payment_link === params.payment_link) &&
    (params.status === undefined || session.status === params.status) &&
    (params.customer_details === undefined ||
      session.customer_details?.email === params.customer_details.email);
  const { sessions } = world.store;
  if (params.payment_intent === undefined) return listPage(sessions, url, params, isListed);
  return listOfOwner(sessions, params.payment_intent, url, params, isListed);
}

/** Stripe counts a parameter as given whatever its value, also `false`. */
function checkExclusive(
  params: CreateParameters,
  one: keyof CreateParameters,
  other: keyof CreateParameters,
): void {
  if (params[one] === undefined || params[other] === undefined) return;
  throw invalidRequest(
    `You may only specify one of these parameters: ${one}, ${other}.`,
    'parameters_exclusive',
    other,
  );
}

/** Source: the comment of `SessionCreateParams.currency`; older versions take a list instead of a currency. */
function setupMethodTypes(call: Call<CreateParameters>): string[] {
  const { currency, allowed_payment_method_types: allowed, payment_method_types: own } = call.params;
  if (currency === undefined && allowed === undefined && own === undefined)
    throw missingParameter('currency');
  const types = methodTypes(
    call,
    currency === undefined ? typesForSetup : automaticTypes(currency),
    checkTypes,
  );
  if (types.length > 0) return types;
  throw invalidRequest('No payment method type is left for this session.', undefined, 'currency');
}

/** @param check refuses or takes the caller's own list, which only API versions before endive let it give */
function methodTypes(
  { params, version }: Call<CreateParameters>,
  offered: readonly string[],
  check: (own: string[]) => string[],
): string[] {
  const own = params.payment_method_types;
  if (own !== undefined && !version.takesPaymentMethodTypes) {
    const name = 'payment_method_types';
    throw invalidRequest(`Received unknown parameter: ${name}`, 'parameter_unknown', name);
  }
  if (own !== undefined) return check(own);
  return offered.filter(
    (type) =>
      (params.allowed_payment_method_types?.includes(type) ?? true) &&
      !params.excluded_payment_method_types?.includes(type),
  );
}

function intentData(given: CreateParameters['payment_intent_data']): PaymentIntentData {
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
