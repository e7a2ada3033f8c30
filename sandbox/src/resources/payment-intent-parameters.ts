/** The parameters of payment intents, by endpoint (`PaymentIntent*Params` of the SDK's types). */

import { knownTypesParameter } from '../payments/method-types.ts';
import { unbuiltIntentCardOptions, unbuiltIntentOptions } from '../payments/other-methods.ts';
import { paymentMethodFields } from '../payments/payment-method.ts';
import {
  currency,
  email,
  expand,
  metadata,
  pagination,
  shipping,
  timeRange,
} from '../wire/common-parameters.ts';
import {
  arrayOf,
  boolean,
  emptyable,
  hash,
  integer,
  oneOf,
  onlyBuilt,
  required,
  text,
  unbuilt,
  withoutEffect,
} from '../wire/schema.ts';

const captureMethod = oneOf('automatic', 'automatic_async', 'manual');
const futureUsage = oneOf('off_session', 'on_session');
const methodOptions = hash({
  card: hash({
    request_incremental_authorization: oneOf('if_available', 'never'),
    request_three_d_secure: oneOf('automatic', 'any', 'challenge'),
    ...unbuiltIntentCardOptions,
  }),
  ...unbuiltIntentOptions,
});
const typeList = emptyable(knownTypesParameter);
const paymentMethodData = hash(paymentMethodFields);

/** Stripe has these and the sandbox has not, on every endpoint that takes them. */
const unbuiltEverywhere = {
  amount_details: unbuilt(),
  application_fee_amount: unbuilt(),
  customer_account: unbuilt(),
  hooks: unbuilt(),
  mandate: unbuilt(),
  on_behalf_of: unbuilt(),
  payment_details: unbuilt(),
  payment_method_configuration: unbuilt(),
  transfer_data: unbuilt(),
};

const confirmation = {
  confirmation_token: text(),
  error_on_requires_action: boolean(),
  mandate_data: withoutEffect(),
  off_session: boolean(),
  radar_options: withoutEffect(),
  return_url: text(),
  use_stripe_sdk: boolean(),
};

export const create = {
  ...unbuiltEverywhere,
  ...confirmation,
  amount: required(integer()),
  currency: required(currency()),
  allowed_payment_method_types: knownTypesParameter,
  automatic_payment_methods: hash({
    enabled: required(boolean()),
    allow_redirects: oneOf('always', 'never'),
  }),
  capture_method: captureMethod,
  confirm: boolean(),
  confirmation_method: oneOf('automatic', 'manual'),
  customer: text(),
  description: emptyable(text(1_000)),
  excluded_payment_method_types: knownTypesParameter,
  expand,
  metadata: metadata(),
  payment_method: text(),
  payment_method_data: paymentMethodData,
  payment_method_options: methodOptions,
  payment_method_types: arrayOf(text()),
  receipt_email: emptyable(email()),
  setup_future_usage: futureUsage,
  shipping,
  statement_descriptor: text(22),
  statement_descriptor_suffix: text(22),
  transfer_group: text(),
};

export const update = {
  ...unbuiltEverywhere,
  allowed_payment_method_types: typeList,
  excluded_payment_method_types: typeList,
  amount: integer(),
  capture_method: captureMethod,
  currency: currency(),
  customer: text(),
  description: emptyable(text(1_000)),
  expand,
  metadata: metadata(),
  payment_method: text(),
  payment_method_data: paymentMethodData,
  payment_method_options: methodOptions,
  receipt_email: emptyable(email()),
  setup_future_usage: emptyable(futureUsage),
  shipping: emptyable(shipping),
  statement_descriptor: text(22),
  statement_descriptor_suffix: text(22),
  transfer_group: text(),
};

export const confirm = {
  ...unbuiltEverywhere,
  ...confirmation,
  allowed_payment_method_types: typeList,
  excluded_payment_method_types: typeList,
  amount_to_confirm: unbuilt(),
  capture_method: captureMethod,
  client_secret: text(),
  expand,
  key: text(),
  payment_method: text(),
  payment_method_data: paymentMethodData,
  payment_method_options: methodOptions,
  receipt_email: emptyable(email()),
  setup_future_usage: emptyable(futureUsage),
  shipping: emptyable(shipping),
};

export const cancel = {
  cancellation_reason: oneOf('abandoned', 'duplicate', 'fraudulent', 'requested_by_customer'),
  expand,
};

export const capture = {
  amount_details: unbuilt(),
  amount_to_capture: integer(1),
  application_fee_amount: unbuilt(),
  expand,
  final_capture: onlyBuilt('true'),
  hooks: unbuilt(),
  metadata: metadata(),
  payment_details: unbuilt(),
  statement_descriptor: text(22),
  statement_descriptor_suffix: text(22),
  transfer_data: unbuilt(),
};

export const retrieve = { client_secret: text(), expand, key: text() };

export const list = { ...pagination, created: timeRange(), customer: text(), customer_account: unbuilt() };

export const incrementAuthorization = {
  amount: required(integer()),
  amount_details: unbuilt(),
  application_fee_amount: unbuilt(),
  description: text(1_000),
  expand,
  hooks: unbuilt(),
  metadata: metadata(),
  payment_details: unbuilt(),
  statement_descriptor: text(22),
  transfer_data: unbuilt(),
};
