/** `POST /v1/checkout/sessions/:id`: what a shop can change while the session is open. */
import type { CheckoutSession, PaymentIntent, PaymentIntentData } from '../objects.ts';
import { expand, type MetadataChange, mergeMetadata, metadata } from '../wire/common-parameters.ts';
import { invalidRequest, stateConflict } from '../wire/errors.ts';
import type { Values } from '../wire/schema.ts';
import { emptyable, hash, oneOf, text } from '../wire/schema.ts';
import { save, type Turn } from '../world.ts';
import { setShippingDetails, shippingDetailsParameter } from './collection.ts';
import { checkTotal } from './limits.ts';
import { lineItemChangesParameter } from './line-item-parameters.ts';
import { makeItems, readLines } from './line-items.ts';
import { checkModeParameters } from './setup-parameters.ts';
import { readShippingOptions, setShippingOptions, shippingOptionsParameter } from './shipping.ts';
import { computeTotals, reprice } from './totals.ts';

export const sessionChanges = {
  collected_information: hash({ shipping_details: shippingDetailsParameter }),
  expand,
  line_items: lineItemChangesParameter,
  metadata: metadata(),
  payment_intent_data: hash({
    description: emptyable(text(1_000)),
    metadata: metadata(),
    setup_future_usage: emptyable(oneOf('off_session', 'on_session')),
    statement_descriptor: emptyable(text(22)),
    statement_descriptor_suffix: emptyable(text(22)),
  }),
  shipping_options: emptyable(shippingOptionsParameter),
};
type Changes = Values<typeof sessionChanges>;

/** @throws ApiError 400 for a change that the session's state or way of being shown does not allow */
export function updateSession(turn: Turn, session: CheckoutSession, changes: Changes): void {
  const { collected_information: collected, payment_intent_data: intentData } = changes;
  const { line_items: items, shipping_options: options } = changes;
  checkModeParameters(changes, session.mode === 'setup' ? 'setup' : 'payment');
  const isMoreThanMetadata = [collected, intentData, items, options].some((part) => part !== undefined);
  if (isMoreThanMetadata) checkChangeable(turn, session);
  if (collected?.shipping_details !== undefined) {
    onlyIn(session, ['embedded_page', 'elements'], 'collected_information');
    const name = 'collected_information[shipping_details]';
    setShippingDetails(session, collected.shipping_details, name);
  }
  if (intentData !== undefined) {
    onlyIn(session, ['elements'], 'payment_intent_data');
    changeIntentData(turn, session, intentData);
  }
  if (items !== undefined || options !== undefined) changeOrder(turn, session, changes);
  session.metadata = mergeMetadata(session.metadata ?? {}, changes.metadata);
  save(turn, turn.world.store.sessions, session, 'updated');
}

/**
 * An order does not change under a payment that is on its way. Stripe abandons such an attempt instead; the sandbox
 * refuses, with a sentence of its own.
 */
export function checkChangeable(turn: Turn, session: CheckoutSession): void {
  if (session.status !== 'open') {
    throw stateConflict(`This Checkout Session can no longer be changed: its status is ${session.status}.`);
  }
  const { payment_intents: payments, setup_intents: setups } = turn.world.store;
  const intent =
    payments.get(session.payment_intent ?? '') ?? setups.get((session.setup_intent as string | null) ?? '');
  const status = intent?.status;
  if (status !== 'requires_action' && status !== 'processing') return;
  throw stateConflict(`This Checkout Session cannot be changed now: its payment has the status ${status}.`);
}

/** Checks everything before it changes anything. */
function changeOrder(turn: Turn, session: CheckoutSession, changes: Changes): void {
  const secret = turn.world.store.session_secrets.get(session.id)!;
  const currency = session.currency!;
  const kept = secret.items.map(({ id }) => ({ id }));
  const lines = readLines(turn, changes.line_items ?? kept, secret.items);
  const options = changes.shipping_options;
  const choices = readShippingOptions(turn, options, currency);
  const shipping = options === undefined ? (session.shipping_cost?.amount_total ?? null) : choices[0]?.amount;
  checkTotal(computeTotals(lines, secret.discount ?? null, shipping ?? null).total, currency);
  secret.items = makeItems(turn, lines);
  if (options !== undefined) setShippingOptions(turn, session, choices);
  reprice(turn, session);
}

type IntentDataChanges = NonNullable<Changes['payment_intent_data']>;

/** The intent that an earlier attempt made follows. */
function changeIntentData(turn: Turn, session: CheckoutSession, changes: IntentDataChanges): void {
  const { payment_intents: intents, session_secrets: secrets } = turn.world.store;
  const { metadata: more, ...plain } = changes;
  const secret = secrets.get(session.id)!;
  apply(secret.paymentIntentData, plain, more);
  secrets.put(secret);
  const intent = intents.get(session.payment_intent ?? '');
  if (intent === undefined) return;
  apply(intent, plain, more);
  save(turn, intents, intent, 'updated');
}

function apply(
  target: PaymentIntentData | PaymentIntent,
  plain: Omit<IntentDataChanges, 'metadata'>,
  more: MetadataChange | undefined,
): void {
  Object.assign(target, plain, { metadata: mergeMetadata(target.metadata, more) });
}

function onlyIn(session: CheckoutSession, modes: string[], param: string): void {
  if (modes.includes(session.ui_mode ?? '')) return;
  const list = modes.map((mode) => `\`${mode}\``).join(' or ');
  throw invalidRequest(`\`${param}\` can only be updated when \`ui_mode\` is ${list}.`, undefined, param);
}
