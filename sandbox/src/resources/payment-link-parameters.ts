/** The parameters of payment links (`PaymentLinkCreateParams` and `PaymentLinkUpdateParams` of the SDK's types). */
import {
  consentCollectionParameter,
  customTextParameter,
  shippingAddressCollectionParameter,
} from '../checkout/collection.ts';
import { customFieldsParameter } from '../checkout/custom-fields.ts';
import { priceDataParameter } from '../checkout/line-item-parameters.ts';
import { adjustableQuantityParameter } from '../checkout/quantity.ts';
import { currency, expand, metadata, pagination } from '../wire/common-parameters.ts';
import {
  allUnbuilt,
  arrayOf,
  boolean,
  emptyable,
  hash,
  integer,
  oneOf,
  onlyBuilt,
  required,
  type Type,
  text,
  unbuilt,
  withoutEffect,
} from '../wire/schema.ts';

/** That Stripe takes no longer messages is not verified. */
const LONGEST_MESSAGE = 500;

const common = {
  after_completion: hash({
    hosted_confirmation: hash({ custom_message: text(LONGEST_MESSAGE) }),
    redirect: hash({ url: required(text()) }),
    type: required(oneOf('hosted_confirmation', 'redirect')),
  }),
  allow_promotion_codes: boolean(),
  automatic_tax: hash({ enabled: required(onlyBuilt('false')), liability: unbuilt() }),
  billing_address_collection: oneOf('auto', 'required'),
  consent_collection: consentCollectionParameter,
  custom_text: customTextParameter,
  customer_creation: oneOf('always', 'if_required'),
  expand,
  invoice_creation: hash({ enabled: required(onlyBuilt('false')), invoice_data: unbuilt() }),
  metadata: metadata(),
  phone_number_collection: hash({ enabled: required(boolean()) }),
  submit_type: oneOf('auto', 'book', 'donate', 'pay', 'subscribe'),
  tax_id_collection: hash({ enabled: required(onlyBuilt('false')), required: unbuilt() }),
  ...allUnbuilt('application_fee_amount application_fee_percent name_collection on_behalf_of optional_items'),
  ...allUnbuilt('payment_method_collection payment_method_options subscription_data transfer_data'),
};

const restrictions = hash({ completed_sessions: required(hash({ limit: required(integer(1)) })) });
const shippingOptions = arrayOf(hash({ shipping_rate: text() }));
const methodTypes = arrayOf(text());
const setupFutureUsage = oneOf('off_session', 'on_session');

export const create = {
  ...common,
  currency: currency(),
  custom_fields: customFieldsParameter,
  inactive_message: text(LONGEST_MESSAGE),
  line_items: required(
    arrayOf(
      hash({
        adjustable_quantity: adjustableQuantityParameter,
        price: text(),
        price_data: priceDataParameter,
        quantity: required(integer(0)),
      }),
    ),
  ),
  managed_payments: hash({ enabled: onlyBuilt('false') }),
  payment_intent_data: hash({
    capture_method: oneOf('automatic', 'automatic_async', 'manual'),
    description: text(1_000),
    metadata: metadata(),
    setup_future_usage: setupFutureUsage,
    statement_descriptor: text(22),
    statement_descriptor_suffix: text(22),
    transfer_group: unbuilt(),
  }),
  payment_method_types: methodTypes,
  restrictions,
  shipping_address_collection: shippingAddressCollectionParameter,
  shipping_options: shippingOptions,
};

export const update = {
  ...common,
  active: boolean(),
  custom_fields: emptyable(customFieldsParameter),
  inactive_message: emptyable(text(LONGEST_MESSAGE)),
  line_items: arrayOf(
    hash({ adjustable_quantity: adjustableQuantityParameter, id: required(text()), quantity: integer(0) }),
  ),
  payment_intent_data: hash({
    description: emptyable(text(1_000)),
    metadata: metadata(),
    setup_future_usage: emptyable(setupFutureUsage),
    statement_descriptor: emptyable(text(22)),
    statement_descriptor_suffix: emptyable(text(22)),
    transfer_group: unbuilt(),
  }),
  payment_method_types: emptyable(methodTypes),
  restrictions: emptyable(restrictions),
  shipping_address_collection: emptyable(shippingAddressCollectionParameter),
  shipping_options: emptyable(shippingOptions),
};

export const list = { ...pagination, active: boolean() };

/**
 * What may stand in the address behind the link. Stripe drops a wrong value in silence, because a customer can do
 * nothing about it (docs.stripe.com/payment-links/url-parameters).
 */
export const visit = {
  client_reference_id: orNothing(/^[\w-]{1,200}$/),
  eid: withoutEffect(),
  expand,
  key: text(),
  locked_prefilled_email: orNothing(/^[^\s@]+@[^\s@]+\.[^\s@]+$/),
  prefilled_email: orNothing(/^[^\s@]+@[^\s@]+\.[^\s@]+$/),
  prefilled_promo_code: orNothing(/^.{1,500}$/),
};

function orNothing(pattern: RegExp): Type<string | null> {
  return { read: (value) => (typeof value === 'string' && pattern.test(value) ? value : null) };
}
