/** `POST /v1/payment_intents`. */
import type { PaymentIntent } from '../objects.ts';
import { checkAmount } from '../payments/amount.ts';
import { checkMethod, confirmIntent } from '../payments/confirm.ts';
import { cardOptions, createIntent } from '../payments/intent.ts';
import { allowedTypes, automaticTypes } from '../payments/method-types.ts';
import type { Call } from '../routing.ts';
import { mergeMetadata } from '../wire/common-parameters.ts';
import { invalidRequest } from '../wire/errors.ts';
import type { Values } from '../wire/schema.ts';
import {
  attemptOf,
  givenMethod,
  missingMethod,
  needReturnUrl,
  wantedAuthentication,
} from './payment-intent-calls.ts';
import type * as parameters from './payment-intent-parameters.ts';
import { checkCustomer, wholeShipping } from './references.ts';

export function createByCall(call: Call<Values<typeof parameters.create>>): PaymentIntent {
  const { turn, params } = call;
  checkAmount(params.amount, params.currency);
  checkCustomer(turn, params.customer);
  const { types, automatic } = methodTypes(call);
  if (params.confirm !== true && params.return_url !== undefined) {
    throw invalidRequest(
      'The parameter return_url can only be given with confirm=true.',
      undefined,
      'return_url',
    );
  }
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
      payment_method_options: { card: cardOptions(wantedAuthentication(params) ?? 'automatic') },
      receipt_email: params.receipt_email ?? null,
      setup_future_usage: params.setup_future_usage ?? null,
      shipping: wholeShipping(params.shipping),
      statement_descriptor: params.statement_descriptor ?? null,
      statement_descriptor_suffix: params.statement_descriptor_suffix ?? null,
      transfer_group: params.transfer_group ?? null,
    },
    null,
  );
  if (params.confirm === true) confirmIntent(turn, intent, attemptOf(intent, method!, params));
  return intent;
}

interface Methods {
  allowed_payment_method_types?: string[];
  excluded_payment_method_types?: string[] | null;
  payment_method_types?: string[];
  automatic_payment_methods?: { enabled: boolean; allow_redirects?: 'always' | 'never' };
  currency: string;
}

/** Without a list of its own, an intent takes whatever the account has switched on. */
function methodTypes(call: Call<Methods>): {
  types: string[];
  automatic: PaymentIntent['automatic_payment_methods'];
} {
  const { params, version } = call;
  const own = params.payment_method_types;
  if (own !== undefined) {
    if (!version.takesPaymentMethodTypes) {
      throw invalidRequest(
        'Received unknown parameter: payment_method_types',
        'parameter_unknown',
        'payment_method_types',
      );
    }
    return { types: allowedTypes(params.currency, own), automatic: null };
  }
  const types = automaticTypes(params.currency).filter(
    (type) =>
      (params.allowed_payment_method_types?.includes(type) ?? true) &&
      !params.excluded_payment_method_types?.includes(type),
  );
  if (types.length === 0) {
    throw invalidRequest('No payment method type is left for this PaymentIntent.', undefined, 'currency');
  }
  const given = params.automatic_payment_methods;
  if (given?.enabled === false) return { types: ['card'], automatic: null };
  return { types, automatic: { enabled: true, allow_redirects: given?.allow_redirects ?? 'always' } };
}
