import type { Options } from '../shared/messages.ts';
import { type GroupDetails, withDetails } from './details.ts';
import type { ElementHandle } from './element.ts';
import { type ElementsGroup, groupOf } from './elements.ts';
import { requireIntegration } from './errors.ts';
import {
  confirmIntent,
  followNextAction,
  type IntentKind,
  type IntentResult,
  intentId,
  intentResult,
  kindOf,
  leaveTo,
  publicResult,
  retrieveIntent,
  returnAddress,
} from './intents.ts';

const methodNames = { payment_intent: 'confirmPayment', setup_intent: 'confirmSetup' };

/**
 * `stripe.confirmPayment` and `stripe.confirmSetup`, which differ in the intent alone
 * (https://docs.stripe.com/js/payment_intents/confirm_payment, …/js/setup_intents/confirm_setup).
 */
export async function confirmWithElements(key: string, kind: IntentKind, options: Options): Promise<Options> {
  const { elements, confirmParams = {}, redirect = 'always' } = options;
  const name = methodNames[kind];
  const group = groupOf(elements);
  requireIntegration(group || !elements, `${name}() needs the elements object that stripe.elements() made.`);
  const clientSecret = options.clientSecret ?? group?.clientSecret;
  intentId(clientSecret, kind);
  requireIntegration(
    redirect === 'if_required' || typeof confirmParams.return_url === 'string',
    `${name}() needs confirmParams.return_url unless redirect is if_required.`,
  );
  const confirmed = await confirmWith({ key, clientSecret, params: confirmParams, group, name });
  const result = await followNextAction(key, confirmed);
  if (!result.intent || redirect === 'if_required') return publicResult(result);
  return leaveTo(returnAddress(confirmParams.return_url, result.intent));
}

interface Confirmation {
  key: string;
  clientSecret: string;
  params: Options;
  group: ElementsGroup | undefined;
  name: string;
}

async function confirmWith({ key, clientSecret, params, group, name }: Confirmation): Promise<IntentResult> {
  const handle = group?.find('payment');
  if (params.payment_method || params.confirmation_token || !group || !handle) {
    requireIntegration(
      params.payment_method || params.confirmation_token || !group,
      `${name}() needs a mounted Payment Element or confirmParams.payment_method.`,
    );
    return confirmIntent(key, clientSecret, params);
  }
  group.requireSubmitted(`stripe.${name}()`);
  const mismatch = group.deferred ? await deferredMismatch(key, clientSecret, group.deferred) : null;
  if (mismatch) return mismatch;
  const invalid = await group.validate();
  if (invalid) return { error: invalid };
  const complete = withDetails(params, await group.details(), kindOf(clientSecret) === 'payment_intent');
  requireBillingDetails(handle, complete, name);
  return intentResult(await handle.call({ method: 'confirmIntent', clientSecret, params: complete }));
}

/**
 * A payment collected for one amount is not taken for another. Stripe refuses it on its server; the words follow
 * its message about payment method types and are not verified for amounts.
 */
async function deferredMismatch(
  key: string,
  clientSecret: string,
  { mode, amount, currency }: Options,
): Promise<IntentResult | null> {
  const kind = mode === 'setup' ? 'setup_intent' : 'payment_intent';
  // A subscription's first intent can be either: a trial starts with a SetupIntent.
  requireIntegration(
    mode === 'subscription' || kind === kindOf(clientSecret),
    `elements() was created with mode ${mode}, and the client secret is of another kind of intent.`,
  );
  if (kindOf(clientSecret) === 'setup_intent') return null;
  const { intent, error } = await retrieveIntent(key, clientSecret);
  if (error) return { error };
  const refuse = (name: string, provided: unknown, expected: unknown): IntentResult => ({
    error: {
      type: 'invalid_request_error',
      param: name,
      message: `The provided ${name} (${provided}) does not match the expected ${name} (${expected}).`,
    },
  });
  if (intent.currency !== currency) return refuse('currency', currency, intent.currency);
  if (intent.amount !== amount) return refuse('amount', amount, intent.amount);
  return null;
}

/** `stripe.handleNextAction`, which refuses an intent that asks for nothing; `handleCardAction` takes payments only. */
export async function handleNextAction(key: string, clientSecret: string, name: string): Promise<Options> {
  intentId(clientSecret, name === 'handleCardAction' ? 'payment_intent' : kindOf(clientSecret));
  const current = await retrieveIntent(key, clientSecret);
  if (!current.intent) return publicResult(current);
  const { status, object } = current.intent;
  const named = object === 'setup_intent' ? 'SetupIntent' : 'PaymentIntent';
  requireIntegration(
    status === 'requires_action',
    `${name}: The ${named} supplied is not in the requires_action state. It is ${status}.`,
  );
  return publicResult(await followNextAction(key, current));
}

const billingFields = ['name', 'email', 'phone'];
const addressFields = ['line1', 'line2', 'city', 'state', 'country', 'postal_code'];

/** What a merchant told the Payment Element never to ask, the merchant must pass: Stripe throws otherwise. */
function requireBillingDetails(handle: ElementHandle, params: Options, name: string): void {
  const wanted = handle.options.fields?.billingDetails ?? 'auto';
  const given: GroupDetails['billing_details'] = params.payment_method_data?.billing_details ?? {};
  const refused = (chosen: unknown, field: string): boolean => {
    if (chosen === 'never') return true;
    const camelCase = field.replace(/_(\w)/, (_match, letter: string) => letter.toUpperCase());
    return (chosen as Options | undefined)?.[camelCase] === 'never';
  };
  for (const field of billingFields) {
    requireIntegration(!refused(wanted, field) || given?.[field] !== undefined, missing(field, name));
  }
  const address = wanted === 'never' ? 'never' : wanted.address;
  for (const field of addressFields) {
    const present = given?.address?.[field] !== undefined;
    requireIntegration(!refused(address, field) || present, missing(`address.${field}`, name));
  }
}

function missing(field: string, name: string): string {
  return `You specified "never" for fields.billing_details.${field} when creating the payment Element, but did not pass confirmParams.payment_method_data.billing_details.${field} when calling stripe.${name}().`;
}
