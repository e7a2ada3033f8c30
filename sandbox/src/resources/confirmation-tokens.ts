/** `/v1/confirmation_tokens` (docs.stripe.com/api/confirmation_tokens) and the test helper that makes them. */
import type { ConfirmationToken } from '../objects.ts';
import { createConfirmationToken } from '../payments/confirmation-token.ts';
import { describeMethod, findPaymentMethod, paymentMethodFields } from '../payments/payment-method.ts';
import { type Call, type Route, route } from '../routing.ts';
import { expand, shipping, wholeAddress } from '../wire/common-parameters.ts';
import { invalidRequest, missingParameter, missingResource } from '../wire/errors.ts';
import type { Values } from '../wire/schema.ts';
import { hash, oneOf, text, unbuilt, withoutEffect } from '../wire/schema.ts';

const fields = {
  expand,
  payment_method: text(),
  payment_method_data: hash(paymentMethodFields),
  payment_method_options: unbuilt(),
  return_url: text(),
  setup_future_usage: oneOf('off_session', 'on_session'),
  shipping,
};

export const confirmationTokenRoutes: Route[] = [
  // Not documented: what stripe.js calls. Its parameters beside those of the test helper are not verified.
  route('POST', '/v1/confirmation_tokens', {
    access: 'publishable',
    fields: {
      ...fields,
      client_context: withoutEffect(),
      key: text(),
      mandate_data: withoutEffect(),
      payment_user_agent: withoutEffect(),
      use_stripe_sdk: withoutEffect(),
    },
    handle(call) {
      if (call.access === 'publishable') return create(call);
      throw invalidRequest(
        'Confirmation tokens are created by stripe.js with a publishable key. To test without a browser, use ' +
          'POST /v1/test_helpers/confirmation_tokens.',
      );
    },
  }),
  route('POST', '/v1/test_helpers/confirmation_tokens', { fields, handle: create }),
  route('GET', '/v1/confirmation_tokens/:id', {
    fields: { expand },
    handle({ world, ids }) {
      const token = world.store.confirmation_tokens.get(ids[0]!);
      if (token === undefined) throw missingResource('confirmation_token', ids[0]!);
      return token;
    },
  }),
];

function create({ turn, params }: Call<Values<typeof fields>>): ConfirmationToken {
  const { payment_method: known, payment_method_data: data, shipping: parcel } = params;
  if (known !== undefined && data !== undefined) {
    throw invalidRequest(
      'You may only specify one of these parameters: payment_method, payment_method_data.',
      'parameters_exclusive',
      'payment_method_data',
    );
  }
  if (known === undefined && data === undefined) throw missingParameter('payment_method_data');
  return createConfirmationToken(turn, {
    known: known === undefined ? null : findPaymentMethod(turn, known, 'payment_method'),
    described: data === undefined ? null : describeMethod(turn, data),
    return_url: params.return_url ?? null,
    setup_future_usage: params.setup_future_usage ?? null,
    shipping:
      parcel === undefined
        ? null
        : { address: wholeAddress(parcel.address)!, name: parcel.name, phone: parcel.phone ?? null },
  });
}
