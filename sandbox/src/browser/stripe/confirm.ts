import type { Options } from '../shared/messages.ts';
import type { ElementHandle } from './element.ts';
import { cardHandle, type ElementsGroup, groupOf } from './elements.ts';
import { requireIntegration } from './errors.ts';
import {
  confirmIntent,
  followNextAction,
  intentPath,
  intentResult,
  leaveTo,
  type PaymentIntentResult,
  retrieveIntent,
  returnAddress,
} from './payments.ts';

/** `stripe.confirmPayment` (https://docs.stripe.com/js/payment_intents/confirm_payment). */
export async function confirmPayment(key: string, options: Options): Promise<PaymentIntentResult> {
  const { elements, confirmParams = {}, redirect = 'always' } = options;
  const group = groupOf(elements);
  requireIntegration(
    group || !elements,
    'confirmPayment() needs the elements object that stripe.elements() made.',
  );
  const clientSecret = options.clientSecret ?? group?.clientSecret;
  intentPath(clientSecret);
  requireIntegration(
    redirect === 'if_required' || typeof confirmParams.return_url === 'string',
    'confirmPayment() needs confirmParams.return_url unless redirect is if_required.',
  );
  const confirmed = await confirmWith(key, clientSecret, confirmParams, group);
  if (!confirmed.paymentIntent) return confirmed;
  const result = await followNextAction(key, confirmed.paymentIntent);
  if (!result.paymentIntent || redirect === 'if_required') return result;
  return leaveTo(returnAddress(confirmParams.return_url, result.paymentIntent));
}

async function confirmWith(
  key: string,
  clientSecret: string,
  params: Options,
  group: ElementsGroup | undefined,
): Promise<PaymentIntentResult> {
  const handle = group?.find('payment');
  if (params.payment_method || params.confirmation_token || !handle) {
    requireIntegration(
      params.payment_method || params.confirmation_token || !group,
      'confirmPayment() needs a mounted Payment Element or confirmParams.payment_method.',
    );
    return confirmIntent(key, clientSecret, params);
  }
  requireIntegration(
    group?.clientSecret || group?.isSubmitted,
    'elements.submit() must be called, and must have succeeded, before stripe.confirmPayment() when elements() was created with a mode.',
  );
  requireBillingDetails(handle, params);
  return intentResult(await handle.call({ method: 'confirmPayment', clientSecret, params }));
}

/** `stripe.confirmCardPayment` (https://docs.stripe.com/js/payment_intents/confirm_card_payment). */
export async function confirmCardPayment(
  key: string,
  clientSecret: string,
  data: Options = {},
  { handleActions = true }: { handleActions?: boolean } = {},
): Promise<PaymentIntentResult> {
  intentPath(clientSecret);
  const { payment_method: method, ...rest } = data;
  const confirmed = await confirmCard(key, clientSecret, method, rest);
  if (!confirmed.paymentIntent || !handleActions) return confirmed;
  return followNextAction(key, confirmed.paymentIntent);
}

async function confirmCard(
  key: string,
  clientSecret: string,
  method: unknown,
  params: Options,
): Promise<PaymentIntentResult> {
  if (typeof method !== 'object' || method === null) {
    const chosen = method === undefined ? {} : { payment_method: method };
    return confirmIntent(key, clientSecret, { ...params, ...chosen });
  }
  const { card, ...details } = method as Options;
  const handle = cardHandle(card);
  if (!handle) {
    requireIntegration(
      card?.token,
      'confirmCardPayment() needs a card Element, a token or a PaymentMethod id.',
    );
    const data = { ...details, type: 'card', card };
    return confirmIntent(key, clientSecret, { ...params, payment_method_data: data });
  }
  const call = {
    method: 'confirmPayment',
    clientSecret,
    params: { ...params, payment_method_data: details },
  } as const;
  return intentResult(await handle.call(call));
}

/** `stripe.handleNextAction` and the older `handleCardAction`; both refuse a PaymentIntent that asks for nothing. */
export async function handleNextAction(key: string, clientSecret: string): Promise<PaymentIntentResult> {
  const current = await retrieveIntent(key, clientSecret);
  if (!current.paymentIntent) return current;
  const { status } = current.paymentIntent;
  requireIntegration(
    status === 'requires_action',
    `handleNextAction: The PaymentIntent supplied is not in the requires_action state. It is ${status}.`,
  );
  return followNextAction(key, current.paymentIntent);
}

const billingFields = ['name', 'email', 'phone'];
const addressFields = ['line1', 'line2', 'city', 'state', 'country', 'postal_code'];

/** What a merchant told the Payment Element never to ask, the merchant must pass: Stripe throws otherwise. */
function requireBillingDetails(handle: ElementHandle, params: Options): void {
  const wanted = handle.options.fields?.billingDetails ?? 'auto';
  const given = params.payment_method_data?.billing_details ?? {};
  const refused = (chosen: unknown, name: string): boolean => {
    if (chosen === 'never') return true;
    const camelCase = name.replace(/_(\w)/, (_match, letter: string) => letter.toUpperCase());
    return (chosen as Options | undefined)?.[camelCase] === 'never';
  };
  for (const name of billingFields) {
    requireIntegration(!refused(wanted, name) || given[name] !== undefined, missing(name));
  }
  const address = wanted === 'never' ? 'never' : wanted.address;
  for (const name of addressFields) {
    const present = given.address?.[name] !== undefined;
    requireIntegration(!refused(address, name) || present, missing(`address.${name}`));
  }
}

function missing(name: string): string {
  return `You specified "never" for fields.billing_details.${name} when creating the payment Element, but did not pass confirmParams.payment_method_data.billing_details.${name} when calling stripe.confirmPayment().`;
}
