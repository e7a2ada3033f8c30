/** `POST /v1/payment_intents/:id`. */
import type { PaymentIntent, PaymentIntentStatus, PaymentMethod } from '../objects.ts';
import { checkAmount } from '../payments/amount.ts';
import { checkMethod } from '../payments/confirm.ts';
import { isConfirmable } from '../payments/machine.ts';
import { automaticTypes, restrictTypes } from '../payments/method-types.ts';
import { advance, intentSecret } from '../payments/settle.ts';
import type { Call } from '../routing.ts';
import { mergeMetadata } from '../wire/common-parameters.ts';
import type { Values } from '../wire/schema.ts';
import { save, type Turn } from '../world.ts';
import { applyOptions, findIntent, givenMethod, unexpectedState } from './payment-intent-calls.ts';
import type * as parameters from './payment-intent-parameters.ts';
import { checkCustomer, wholeShipping } from './references.ts';

export function updateByCall(call: Call<Values<typeof parameters.update>>): PaymentIntent {
  const { turn, world, params } = call;
  const intent = findIntent(call);
  const { status } = intent;
  if (status === 'succeeded' || status === 'canceled' || status === 'processing') {
    // Stripe still takes what does not concern the money.
    const { metadata, description, expand: _, ...rest } = params;
    if (Object.keys(rest).length > 0) throw unexpectedState(intent, 'update');
    intent.metadata = mergeMetadata(intent.metadata, metadata);
    if (description !== undefined) intent.description = description;
    save(turn, world.store.payment_intents, intent, 'updated');
    return intent;
  }
  checkAmount(params.amount ?? intent.amount, params.currency ?? intent.currency);
  checkMayChangeMoney(turn, intent, params);
  checkCustomer(turn, params.customer);
  const metadata = mergeMetadata(intent.metadata, params.metadata);
  restrictTypes(intent, params, automaticTypes(params.currency ?? intent.currency));
  const method = givenMethod(turn, params);
  if (method !== undefined) {
    checkMethod(turn, { ...intent, customer: params.customer ?? intent.customer }, method);
  }
  intent.metadata = metadata;
  applyUpdate(intent, params);
  if (method !== undefined) replaceMethod(turn, intent, method);
  intent.last_payment_error = null;
  save(turn, world.store.payment_intents, intent, 'updated');
  return intent;
}

/** Once a bank was asked about an amount, it stands; and the amount of a Checkout Session is the session's. */
function checkMayChangeMoney(
  turn: Turn,
  intent: PaymentIntent,
  params: Values<typeof parameters.update>,
): void {
  const { amount, currency, capture_method, payment_method, payment_method_data } = params;
  const isNewMethod = payment_method !== undefined || payment_method_data !== undefined;
  const concernsCharge = isNewMethod || capture_method !== undefined;
  if (concernsCharge && !isConfirmable(intent.status as PaymentIntentStatus))
    throw unexpectedState(intent, 'update');
  if (amount === undefined && currency === undefined) return;
  const isUnasked = intent.status === 'requires_payment_method' || intent.status === 'requires_confirmation';
  if (!isUnasked || intentSecret(turn, intent).session !== null) throw unexpectedState(intent, 'update');
}

/** Another method ends the challenge that the bank of the first had asked for. */
function replaceMethod(turn: Turn, intent: PaymentIntent, method: PaymentMethod): void {
  const hidden = intentSecret(turn, intent);
  hidden.challenge = null;
  turn.world.store.payment_intent_secrets.put(hidden);
  intent.payment_method = method.id;
  intent.next_action = null;
  advance(intent, 'method_given');
}

function applyUpdate(intent: PaymentIntent, params: Values<typeof parameters.update>): void {
  if (params.amount !== undefined) intent.amount = params.amount;
  if (params.currency !== undefined) {
    intent.currency = params.currency;
    if (intent.automatic_payment_methods) intent.payment_method_types = automaticTypes(params.currency);
  }
  if (params.customer !== undefined) intent.customer = params.customer;
  if (params.capture_method !== undefined) intent.capture_method = params.capture_method;
  if (params.description !== undefined) intent.description = params.description;
  if (params.receipt_email !== undefined) intent.receipt_email = params.receipt_email;
  if (params.setup_future_usage !== undefined) intent.setup_future_usage = params.setup_future_usage;
  if (params.shipping !== undefined) intent.shipping = wholeShipping(params.shipping);
  if (params.statement_descriptor !== undefined) intent.statement_descriptor = params.statement_descriptor;
  if (params.statement_descriptor_suffix !== undefined) {
    intent.statement_descriptor_suffix = params.statement_descriptor_suffix;
  }
  if (params.transfer_group !== undefined) intent.transfer_group = params.transfer_group;
  applyOptions(intent, params);
}
