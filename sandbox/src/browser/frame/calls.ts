import { callApi, idOfClientSecret, type StripeError } from '../shared/api.ts';
import { fieldOfCode, onlyTestCards, type Problem } from '../shared/card.ts';
import { intentCollection } from '../shared/intents.ts';
import type { CardCall, FrameCall, FrameResult, Options } from '../shared/messages.ts';
import { type CardForm, type FrameForm, holdsCard, isOpen } from './frame-form.ts';

/** Does for the merchant's page what needs the card. The list of calls is closed: the page cannot aim card data elsewhere. */
export async function answerCall(form: FrameForm, key: string, call: FrameCall): Promise<FrameResult> {
  if (call.method === 'value') return { value: isOpen(form) ? form.describe() : {} };
  const problem = await form.validate();
  if (problem) return { error: validationError(problem) };
  if (call.method === 'validate') return { value: {} };
  if (!holdsCard(form))
    return { error: { type: 'invalid_request_error', message: 'This Element has no card.' } };
  return sendCard(form, key, call);
}

async function sendCard(form: CardForm, key: string, call: CardCall): Promise<FrameResult> {
  const collected = await form.collect();
  const { path, params } = requestOf(call, collected.card, collected.billingDetails);
  const result = await callApi({ origin: window.location.origin, key, method: 'POST', path, params });
  if (result.error) showAtField(form, result.error);
  return result;
}

function requestOf(
  call: CardCall,
  card: Options,
  billingDetails: Options,
): { path: string; params: Options } {
  const data = (given: Options = {}): Options => ({
    ...given,
    type: 'card',
    card,
    billing_details: mergeDetails(billingDetails, given.billing_details ?? {}),
  });
  switch (call.method) {
    case 'confirmIntent': {
      const { payment_method_data: given, ...params } = call.params;
      const confirm = { ...params, payment_method_data: data(given), client_secret: call.clientSecret };
      const id = idOfClientSecret(call.clientSecret) ?? '';
      return {
        path: `/v1/${intentCollection(id)}/${id}/confirm`,
        params: { ...confirm, use_stripe_sdk: true },
      };
    }
    case 'createPaymentMethod':
      return { path: '/v1/payment_methods', params: data(call.params) };
    case 'createToken':
      return {
        path: '/v1/tokens',
        params: { card: { ...cardAddress(billingDetails), ...call.params, ...card } },
      };
    case 'createSecurityCodeToken':
      return { path: '/v1/tokens', params: { cvc_update: { cvc: card.cvc } } };
    case 'createConfirmationToken': {
      const { payment_method_data: given, ...params } = call.params;
      return { path: '/v1/confirmation_tokens', params: { ...params, payment_method_data: data(given) } };
    }
  }
}

/** A token has the postal code among the card's own fields, where a PaymentMethod has billing details. */
function cardAddress({ address }: Options): Options {
  return address?.postal_code ? { address_zip: address.postal_code } : {};
}

/** What the merchant passes wins over what the customer typed, as Stripe documents for `payment_method_data`. */
function mergeDetails(typed: Options, given: Options): Options {
  return { ...typed, ...given, address: { ...typed.address, ...given.address } };
}

export function validationError({ code, message }: Problem): StripeError {
  return { type: 'validation_error', code, message };
}

function showAtField(form: CardForm, error: StripeError): void {
  const { code = '', message = 'Check this field.' } = error;
  if (error.decline_code === 'test_mode_live_card') form.show('number', { code, message: onlyTestCards });
  const field = fieldOfCode[code];
  if (field) form.show(field, { code, message });
}
