/** The parameters of `POST /v1/checkout/sessions` (`Checkout.SessionCreateParams` of the SDK's types). */

import {
  consentCollectionParameter,
  customTextParameter,
  shippingAddressCollectionParameter,
} from '../checkout/collection.ts';
import { customFieldsParameter } from '../checkout/custom-fields.ts';
import { discountsParameter } from '../checkout/discounts.ts';
import { lineItemsParameter } from '../checkout/line-item-parameters.ts';
import { afterExpirationParameter } from '../checkout/recovery-offer.ts';
import { setupIntentDataParameter } from '../checkout/setup-parameters.ts';
import { shippingOptionsParameter } from '../checkout/shipping.ts';
import { knownTypesParameter } from '../payments/method-types.ts';
import { unbuiltSessionCardOptions, unbuiltSessionOptions } from '../payments/other-methods.ts';
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
  hash,
  integer,
  oneOf,
  onlyBuilt,
  required,
  text,
  unbuilt,
  withoutEffect,
} from '../wire/schema.ts';

const paymentIntentData = hash({
  application_fee_amount: unbuilt(),
  capture_method: oneOf('automatic', 'automatic_async', 'manual'),
  description: text(1_000),
  metadata: metadata(),
  on_behalf_of: unbuilt(),
  receipt_email: email(),
  setup_future_usage: oneOf('off_session', 'on_session'),
  shipping,
  statement_descriptor: text(22),
  statement_descriptor_suffix: text(22),
  transfer_data: unbuilt(),
  transfer_group: unbuilt(),
});

export const create = {
  adaptive_pricing: hash({ enabled: onlyBuilt('false') }),
  after_expiration: afterExpirationParameter,
  allow_promotion_codes: boolean(),
  allowed_payment_method_types: knownTypesParameter,
  automatic_tax: hash({ enabled: required(onlyBuilt('false')), liability: unbuilt() }),
  billing_address_collection: oneOf('auto', 'required'),
  branding_settings: unbuilt(),
  cancel_url: text(),
  client_reference_id: text(200),
  consent_collection: consentCollectionParameter,
  currency: currency(),
  custom_fields: customFieldsParameter,
  custom_text: customTextParameter,
  customer: text(),
  customer_account: unbuilt(),
  customer_creation: oneOf('always', 'if_required'),
  customer_email: email(),
  customer_update: unbuilt(),
  discounts: discountsParameter,
  excluded_payment_method_types: knownTypesParameter,
  expand,
  expires_at: integer(),
  integration_identifier: unbuilt(),
  invoice_creation: hash({ enabled: required(onlyBuilt('false')), invoice_data: unbuilt() }),
  line_items: lineItemsParameter,
  locale: text(20),
  managed_payments: hash({ enabled: onlyBuilt('false') }),
  metadata: metadata(),
  mode: onlyBuilt('payment', 'setup'),
  name_collection: unbuilt(),
  optional_items: unbuilt(),
  origin_context: oneOf('mobile_app', 'web'),
  payment_intent_data: paymentIntentData,
  payment_method_collection: unbuilt(),
  payment_method_configuration: unbuilt(),
  payment_method_data: withoutEffect(),
  payment_method_options: hash({
    card: hash({
      request_three_d_secure: oneOf('automatic', 'any', 'challenge'),
      ...unbuiltSessionCardOptions,
    }),
    ...unbuiltSessionOptions,
  }),
  payment_method_types: arrayOf(text()),
  permissions: unbuilt(),
  phone_number_collection: hash({ enabled: required(boolean()) }),
  redirect_on_completion: oneOf('always', 'if_required', 'never'),
  return_url: text(),
  saved_payment_method_options: unbuilt(),
  setup_intent_data: setupIntentDataParameter,
  shipping_address_collection: shippingAddressCollectionParameter,
  shipping_options: shippingOptionsParameter,
  submit_type: oneOf('auto', 'book', 'donate', 'pay', 'subscribe'),
  subscription_data: unbuilt(),
  success_url: text(),
  tax_id_collection: unbuilt(),
  ui_mode: onlyBuilt('hosted_page', 'embedded_page', 'elements'),
  wallet_options: unbuilt(),
};

export const list = {
  ...pagination,
  created: timeRange(),
  customer: text(),
  customer_account: unbuilt(),
  customer_details: hash({ email: required(text()) }),
  payment_intent: text(),
  payment_link: text(),
  status: oneOf('complete', 'expired', 'open'),
  subscription: unbuilt(),
};
