/** `POST /v1/payment_intents`. */
import type { PaymentIntent } from '../objects.ts';
import { checkAmount } from '../payments/amount.ts';
import { checkMethod, confirmIntent } from '../payments/confirm.ts';
import { spend } from '../payments/confirmation-token.ts';
import { cardOptions, createIntent } from '../payments/intent.ts';
import { allowedTypes, automaticTypes, chooseTypes } from '../payments/method-types.ts';
import type { Call } from '../routing.ts';
import { mergeMetadata } from '../wire/common-parameters.ts';
import { invalidRequest } from '../wire/errors.ts';
import type { Values } from '../wire/schema.ts';
import {
  attemptOf,
  givenMethod,
  missingMethod,
  needReturnUrl,
  wantedOptions,
  withConfirmationToken,
} from './payment-intent-calls.ts';
import type * as parameters from './payment-intent-parameters.ts';
import { checkCustomer, wholeShipping } from './references.ts';

export function createByCall(call: Call<Values<typeof parameters.create>>): PaymentIntent {
  const { turn, version } = call;
  const { amount, currency } = call.params;
  checkAmount(amount, currency);
  checkCustomer(turn, call.params.customer);
  const { types, automatic } = chooseTypes(
    automaticTypes(currency),
    call.params,
    version.takesPaymentMethodTypes,
    (own) => allowedTypes(currency, own),
  );
  for (const name of ['confirmation_token', 'return_url'] as const) {
    if (call.params.confirm === true || call.params[name] === undefined) continue;
    throw invalidRequest(`The parameter ${name} can only be given with confirm=true.`, undefined, name);
  }
  const { params, token } = withConfirmationToken(turn, call.params);
  if (params.confirm === true) needReturnUrl(automatic, params.return_url ?? null);
  const metadata = mergeMetadata({}, params.metadata);
  const method = givenMethod(turn, params);
  if (params.confirm === true && method === undefined) throw missingMethod();
  if (method !== undefined) {
    checkMethod(turn, { payment_method_types: types, customer: params.customer ?? null }, method);
  }
  const intent = createIntent(
    turn,
    {
      amount: params.amount,
      currency: params.currency,
      payment_method_types: types,
      allowed_payment_method_types: params.allowed_payment_method_types ?? null,
      excluded_payment_method_types: params.excluded_payment_method_types ?? null,
      automatic_payment_methods: automatic,
      capture_method: params.capture_method ?? 'automatic_async',
      confirmation_method: params.confirmation_method ?? 'automatic',
      customer: params.customer ?? null,
      description: params.description ?? null,
      metadata,
      payment_method: method?.id ?? null,
      payment_method_options: { card: { ...cardOptions('automatic'), ...wantedOptions(params) } },
      receipt_email: params.receipt_email ?? null,
      setup_future_usage: params.setup_future_usage ?? null,
      shipping: wholeShipping(params.shipping),
      statement_descriptor: params.statement_descriptor ?? null,
      statement_descriptor_suffix: params.statement_descriptor_suffix ?? null,
      transfer_group: params.transfer_group ?? null,
    },
    null,
  );
  if (token !== null) spend(turn, token, intent);
  if (params.confirm === true) confirmIntent(turn, intent, attemptOf(intent, method!, params));
  return intent;
}
