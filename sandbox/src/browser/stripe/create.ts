import { callApi } from '../shared/api.ts';
import type { FrameResult, Options } from '../shared/messages.ts';
import { withDetails } from './details.ts';
import { handleOf } from './element.ts';
import { cardHandle, groupOf } from './elements.ts';
import { requireIntegration } from './errors.ts';
import { sandboxOrigin } from './origin.ts';

/** From `{elements}`, `{element}`, `{type:'card', card: element}` or the older `('card', element, data)`. */
export async function createPaymentMethod(
  key: string,
  options: Options | string,
  data: Options = {},
): Promise<Options> {
  if (typeof options === 'string') {
    const { card = data, ...details } = cardHandle(data) ? { card: data } : data;
    return createPaymentMethod(key, { type: options, card, ...details });
  }
  const { elements, element, params = {}, card, ...rest } = options;
  if (elements) return fromGroup(elements, params, 'createPaymentMethod');
  const handle = cardHandle(element) ?? cardHandle(card);
  if (handle) {
    const call = { method: 'createPaymentMethod', params: { ...rest, ...params } } as const;
    return named('paymentMethod', await handle.call(call));
  }
  requireIntegration(
    card === undefined || card.token,
    'createPaymentMethod() needs a card Element or a token.',
  );
  const body = card === undefined ? rest : { ...rest, card };
  return named('paymentMethod', await post(key, '/v1/payment_methods', body));
}

/** From a Payment Element, or from `{payment_method}` or `{payment_method_data}` alone. */
export async function createConfirmationToken(key: string, options: Options): Promise<Options> {
  const { elements, params = {} } = options;
  if (elements) return fromGroup(elements, params, 'createConfirmationToken');
  requireIntegration(
    params.payment_method || params.payment_method_data,
    'createConfirmationToken() needs elements or params.payment_method.',
  );
  return named('confirmationToken', await post(key, '/v1/confirmation_tokens', params));
}

/** From a card Element; the kinds of tokens without card data go to the API as they are. */
export async function createToken(key: string, source: unknown, data: Options = {}): Promise<Options> {
  if (source === 'cvc_update') {
    const securityCode = handleOf(data);
    requireIntegration(securityCode?.type === 'cardCvc', 'createToken(cvc_update) needs a cardCvc Element.');
    return named('token', await securityCode.call({ method: 'createSecurityCodeToken' }));
  }
  if (typeof source === 'string') return named('token', await post(key, '/v1/tokens', { [source]: data }));
  const handle = cardHandle(source);
  requireIntegration(
    handle && handle.type !== 'payment',
    'createToken() needs a card or cardNumber Element, or the kind of token.',
  );
  return named('token', await handle.call({ method: 'createToken', params: data }));
}

const results = { createPaymentMethod: 'paymentMethod', createConfirmationToken: 'confirmationToken' };

async function fromGroup(elements: unknown, params: Options, method: keyof typeof results): Promise<Options> {
  const group = groupOf(elements);
  const handle = group?.find('payment') ?? group?.find('card') ?? group?.find('cardNumber');
  requireIntegration(group && handle, `${method}() needs a mounted Payment Element.`);
  group.requireSubmitted(`stripe.${method}()`);
  const invalid = await group.validate();
  if (invalid) return { error: invalid };
  const details = await group.details();
  if (method === 'createPaymentMethod') {
    const { payment_method_data: data } = withDetails({ payment_method_data: params }, details, false);
    return named(results[method], await handle.call({ method, params: data }));
  }
  return named(results[method], await handle.call({ method, params: withDetails(params, details, true) }));
}

function post(key: string, path: string, params: Options): Promise<FrameResult> {
  return callApi({ origin: sandboxOrigin, key, method: 'POST', path, params });
}

function named(name: string, result: FrameResult): Options {
  return result.error ? { error: result.error } : { [name]: result.value };
}
