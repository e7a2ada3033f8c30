import type { Options } from '../shared/messages.ts';
import { cardHandle } from './elements.ts';
import { requireIntegration } from './errors.ts';
import {
  confirmIntent,
  followNextAction,
  type IntentKind,
  type IntentResult,
  intentId,
  intentResult,
  publicResult,
} from './intents.ts';

export interface CardConfirmation {
  key: string;
  kind: IntentKind;
  clientSecret: string;
  data?: Options | undefined;
  options?: { handleActions?: boolean } | undefined;
}

/**
 * `stripe.confirmCardPayment` and `stripe.confirmCardSetup`
 * (https://docs.stripe.com/js/payment_intents/confirm_card_payment, …/js/setup_intents/confirm_card_setup).
 */
export async function confirmCard(confirmation: CardConfirmation): Promise<Options> {
  const { key, kind, clientSecret, data = {}, options = {} } = confirmation;
  intentId(clientSecret, kind);
  const { payment_method: method, ...params } = data;
  const confirmed = await confirmMethod(key, clientSecret, method, params);
  if (options.handleActions === false) return publicResult(confirmed);
  return publicResult(await followNextAction(key, confirmed));
}

async function confirmMethod(
  key: string,
  clientSecret: string,
  method: unknown,
  params: Options,
): Promise<IntentResult> {
  if (typeof method !== 'object' || method === null) {
    const chosen = method === undefined ? {} : { payment_method: method };
    return confirmIntent(key, clientSecret, { ...params, ...chosen });
  }
  const { card, ...details } = method as Options;
  const handle = cardHandle(card);
  if (handle) {
    const all = { ...params, payment_method_data: details };
    return intentResult(await handle.call({ method: 'confirmIntent', clientSecret, params: all }));
  }
  requireIntegration(card?.token, 'A card Element, a token or the id of a PaymentMethod is needed.');
  const data = { ...details, type: 'card', card };
  return confirmIntent(key, clientSecret, { ...params, payment_method_data: data });
}
