import type { StripeError } from '../shared/api.ts';
import { callApi } from '../shared/api.ts';
import type { CardCallResult, Options } from '../shared/messages.ts';
import { confirmCardPayment, confirmPayment, handleNextAction } from './confirm.ts';
import type { ElementHandle } from './element.ts';
import { cardHandle, createElements, groupOf } from './elements.ts';
import { IntegrationError, requireIntegration } from './errors.ts';
import { sandboxOrigin } from './origin.ts';
import { retrieveIntent } from './payments.ts';

/** The release train that `@stripe/stripe-js` 10 expects; with another one it warns in test mode. */
const releaseTrain = 'endive';

/** Callable with and without `new`, because the loader of `@stripe/stripe-js` calls it as a plain function. */
function Stripe(key: unknown, _options: Options = {}): Options {
  requireIntegration(
    typeof key === 'string' && key !== '',
    'Missing value for Stripe(): apiKey should be a string.',
  );
  requireIntegration(
    !/^(sk|rk)_/.test(key),
    'You should not use your secret key with Stripe.js. Please pass a publishable key instead.',
  );
  requireIntegration(
    key.startsWith('pk_test_'),
    'The sandbox takes publishable keys that start with pk_test_. No real money moves here.',
  );
  const applications: Options[] = [];
  return {
    elements: (options: Options = {}) => createElements(key, options),
    confirmPayment: (options: Options) => confirmPayment(key, options),
    confirmCardPayment: (secret: string, data?: Options, options?: Options) =>
      confirmCardPayment(key, secret, data, options),
    handleNextAction: (options: Options) => handleNextAction(key, options.clientSecret),
    handleCardAction: (secret: string) => handleNextAction(key, secret),
    retrievePaymentIntent: (secret: string) => retrieveIntent(key, secret),
    createPaymentMethod: (options: Options, data?: Options) => createPaymentMethod(key, options, data),
    createToken: (source: unknown, data: Options = {}) => createToken(source, data),
    createConfirmationToken: (options: Options) => createConfirmationToken(options),
    registerAppInfo: (application: Options) => void applications.push(application),
    _registerWrapper: (wrapper: Options) => void applications.push(wrapper),
  };
}

/** From `{elements}`, `{element}`, `{type:'card', card: element}` or the older `('card', element, data)`. */
async function createPaymentMethod(
  key: string,
  options: Options | string,
  data: Options = {},
): Promise<Options> {
  if (typeof options === 'string') {
    const { card = data, ...details } = cardHandle(data) ? { card: data } : data;
    return createPaymentMethod(key, { type: options, card, ...details });
  }
  const { elements, element, params = {}, card, ...rest } = options;
  const handle = groupOf(elements)?.find('payment') ?? cardHandle(element) ?? cardHandle(card);
  if (handle) {
    const call = { method: 'createPaymentMethod', params: { ...rest, ...params } } as const;
    return named('paymentMethod', await handle.call(call));
  }
  requireIntegration(card?.token || !elements, 'createPaymentMethod() needs a mounted Element or a token.');
  const body = card === undefined ? rest : { ...rest, card };
  const request = {
    origin: sandboxOrigin,
    key,
    method: 'POST',
    path: '/v1/payment_methods',
    params: body,
  } as const;
  return named('paymentMethod', await callApi(request));
}

async function createToken(source: unknown, data: Options): Promise<Options> {
  const handle = cardHandle(source);
  requireIntegration(handle, 'createToken() in the sandbox needs a card Element.');
  return named('token', await handle.call({ method: 'createToken', params: data }));
}

async function createConfirmationToken({ elements, params = {} }: Options): Promise<Options> {
  const handle: ElementHandle | undefined = groupOf(elements)?.find('payment');
  if (!handle) throw new IntegrationError('createConfirmationToken() needs a mounted Payment Element.');
  return named('confirmationToken', await handle.call({ method: 'createConfirmationToken', params }));
}

function named(name: string, result: CardCallResult | { value?: Options; error?: StripeError }): Options {
  return result.error ? { error: result.error } : { [name]: result.value };
}

Stripe.version = releaseTrain;
(window as unknown as { Stripe: unknown }).Stripe = Stripe;
