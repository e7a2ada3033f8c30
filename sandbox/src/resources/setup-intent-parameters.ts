/** The parameters of setup intents, by endpoint (`SetupIntent*Params` of the SDK's types). */

import { knownTypesParameter } from '../payments/method-types.ts';
import { unbuiltSetupCardOptions, unbuiltSetupOptions } from '../payments/other-methods.ts';
import { paymentMethodFields } from '../payments/payment-method.ts';
import { expand, metadata, pagination, timeRange } from '../wire/common-parameters.ts';
import {
  arrayOf,
  boolean,
  emptyable,
  hash,
  oneOf,
  required,
  text,
  unbuilt,
  withoutEffect,
} from '../wire/schema.ts';

/** What stripe.js calls takes this for its publishable key. */
const key = text();
const methodOptions = hash({
  card: hash({
    request_three_d_secure: oneOf('automatic', 'any', 'challenge'),
    ...unbuiltSetupCardOptions,
  }),
  ...unbuiltSetupOptions,
});
const method = {
  payment_method: text(),
  payment_method_data: hash(paymentMethodFields),
  payment_method_options: methodOptions,
};

const typeList = emptyable(knownTypesParameter);

/** Stripe has these and the sandbox has not. */
const unbuiltProperties = {
  attach_to_self: unbuilt(),
  customer_account: unbuilt(),
  flow_directions: unbuilt(),
  payment_method_configuration: unbuilt(),
};

const confirmation = {
  confirmation_token: text(),
  mandate_data: withoutEffect(),
  return_url: text(),
  use_stripe_sdk: boolean(),
};

export const create = {
  ...unbuiltProperties,
  ...confirmation,
  ...method,
  allowed_payment_method_types: knownTypesParameter,
  automatic_payment_methods: hash({
    enabled: required(boolean()),
    allow_redirects: oneOf('always', 'never'),
  }),
  confirm: boolean(),
  customer: text(),
  description: text(1_000),
  excluded_payment_method_types: knownTypesParameter,
  expand,
  metadata: metadata(),
  on_behalf_of: unbuilt(),
  payment_method_types: arrayOf(text()),
  single_use: unbuilt(),
  usage: oneOf('off_session', 'on_session'),
};

export const update = {
  ...unbuiltProperties,
  ...method,
  allowed_payment_method_types: typeList,
  customer: text(),
  description: text(1_000),
  excluded_payment_method_types: typeList,
  expand,
  metadata: metadata(),
};

export const confirm = {
  ...confirmation,
  ...method,
  allowed_payment_method_types: typeList,
  client_secret: text(),
  expand,
  key,
};

export const cancel = {
  cancellation_reason: oneOf('abandoned', 'duplicate', 'requested_by_customer'),
  expand,
};

export const retrieve = { client_secret: text(), expand, key };

export const list = {
  ...pagination,
  attach_to_self: unbuilt(),
  created: timeRange(),
  customer: text(),
  customer_account: unbuilt(),
  payment_method: text(),
};
