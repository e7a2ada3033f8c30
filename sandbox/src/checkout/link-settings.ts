/** What a payment link says about its sessions, and how parameters change it. */
import type { PaymentLink } from '../objects.ts';
import { allowedTypes } from '../payments/method-types.ts';
import { type MetadataChange, mergeMetadata } from '../wire/common-parameters.ts';
import { invalidRequest, missingParameter } from '../wire/errors.ts';
import { wholeConsentCollection, wholeCustomText } from './collection.ts';
import { readCustomFields, withoutValues } from './custom-fields.ts';
import { NO_INVOICE } from './session.ts';
import { checkUrl } from './ui-mode.ts';

type Settings = Omit<PaymentLink, 'id' | 'url'>;
type AfterCompletion = PaymentLink['after_completion'];
type IntentData = NonNullable<PaymentLink['payment_intent_data']>;

/** A link about which nothing is said. What it has in recorded objects and is not built here is off or null. */
export function plainSettings(currency: string): Settings {
  return {
    object: 'payment_link',
    active: true,
    after_completion: wholeAfterCompletion({ type: 'hosted_confirmation' }),
    allow_promotion_codes: false,
    application: null,
    application_fee_amount: null,
    application_fee_percent: null,
    automatic_tax: { enabled: false, liability: null },
    billing_address_collection: 'auto',
    consent_collection: null,
    currency,
    custom_fields: [],
    custom_text: wholeCustomText(),
    customer_creation: 'if_required',
    inactive_message: null,
    invoice_creation: structuredClone(NO_INVOICE),
    livemode: false,
    managed_payments: { enabled: false },
    metadata: {},
    on_behalf_of: null,
    payment_intent_data: null,
    payment_method_collection: 'if_required',
    payment_method_options: null,
    payment_method_types: null,
    phone_number_collection: { enabled: false },
    restrictions: null,
    shipping_address_collection: null,
    shipping_options: [],
    submit_type: 'auto',
    subscription_data: null,
    tax_id_collection: { enabled: false, required: 'never' },
    transfer_data: null,
  };
}

/** How each parameter becomes the value that the link shows; null takes a setting away. */
const readers: Record<string, (given: never, link: Settings) => unknown> = {
  active: asGiven,
  after_completion: wholeAfterCompletion,
  allow_promotion_codes: asGiven,
  billing_address_collection: asGiven,
  consent_collection: wholeConsentCollection,
  custom_fields: (given: Parameters<typeof readCustomFields>[0] | null) =>
    withoutValues(readCustomFields(given ?? [])),
  // Texts that are not named stay as they are; that Stripe keeps them is not verified.
  custom_text: (given: object, link) => ({ ...link.custom_text, ...given }),
  customer_creation: asGiven,
  inactive_message: asGiven,
  metadata: (given: MetadataChange, link) => mergeMetadata(link.metadata, given),
  payment_intent_data: changedIntentData,
  payment_method_types: (given: string[] | null, link) => given && allowedTypes(link.currency, given),
  phone_number_collection: asGiven,
  restrictions: (given: { completed_sessions: { limit: number } } | null, link) =>
    given && {
      completed_sessions: { count: 0, ...link.restrictions?.completed_sessions, ...given.completed_sessions },
    },
  shipping_address_collection: asGiven,
  submit_type: asGiven,
};

/**
 * The values that the parameters change, all but the order itself.
 * @throws ApiError 400 for one that does not fit, 501 for a payment method type that is not built
 */
export function changedSettings(params: object, link: Settings): Partial<Settings> {
  const given = Object.entries(params).filter(([name]) => Object.hasOwn(readers, name));
  return Object.fromEntries(given.map(([name, value]) => [name, readers[name]!(value as never, link)]));
}

function asGiven(given: unknown): unknown {
  return given;
}

/** The sentence for a part of the other type is not verified. */
function wholeAfterCompletion(given: {
  type: 'hosted_confirmation' | 'redirect';
  hosted_confirmation?: { custom_message?: string };
  redirect?: { url: string };
}): AfterCompletion {
  const { type, hosted_confirmation: confirmation, redirect } = given;
  const other = type === 'redirect' ? 'hosted_confirmation' : 'redirect';
  if (given[other] !== undefined) {
    const param = `after_completion[${other}]`;
    throw invalidRequest(`\`${param}\` cannot be used with \`type: ${type}\`.`, undefined, param);
  }
  if (type === 'hosted_confirmation') {
    return { hosted_confirmation: { custom_message: confirmation?.custom_message ?? null }, type };
  }
  const param = 'after_completion[redirect]';
  if (redirect === undefined) throw missingParameter(param);
  checkUrl(redirect.url, `${param}[url]`);
  return { redirect: { url: redirect.url }, type };
}

/** Its metadata is not merged but replaced (`PaymentLinkCreateParams.PaymentIntentData.metadata`). */
function changedIntentData(
  { metadata, ...given }: Partial<Omit<IntentData, 'metadata'>> & { metadata?: MetadataChange },
  { payment_intent_data: before }: Settings,
): IntentData {
  return {
    capture_method: null,
    description: null,
    setup_future_usage: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    transfer_group: null,
    ...before,
    ...given,
    metadata: metadata === undefined ? (before?.metadata ?? {}) : mergeMetadata({}, metadata),
  };
}
