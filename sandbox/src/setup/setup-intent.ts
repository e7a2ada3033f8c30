/** Making and ending setup intents, for the API and for Checkout Sessions. */
import type { SetupIntent, SetupIntentSecret, SetupIntentStatus } from '../objects.ts';
import { emit } from '../webhooks/events.ts';
import { stateConflict } from '../wire/errors.ts';
import { save, type Turn } from '../world.ts';

/** Source: the sentence of Stripe's refusal to cancel; the same statuses may be confirmed. */
const OPEN_STATUSES: readonly SetupIntentStatus[] = [
  'requires_payment_method',
  'requires_confirmation',
  'requires_action',
];

export type NewSetupIntent = Partial<SetupIntent> & Pick<SetupIntent, 'payment_method_types'>;

/** @param session the Checkout Session that makes it, null for the API */
export function createSetupIntent(turn: Turn, given: NewSetupIntent, session: string | null): SetupIntent {
  const { ids, store } = turn.world;
  const id = ids.object('seti');
  const intent: SetupIntent = {
    id,
    object: 'setup_intent',
    allowed_payment_method_types: null,
    application: null,
    automatic_payment_methods: null,
    cancellation_reason: null,
    client_secret: `${id}_secret_${ids.characters(25)}`,
    created: turn.now,
    customer: null,
    customer_account: null,
    description: null,
    excluded_payment_method_types: null,
    flow_directions: null,
    last_setup_error: null,
    latest_attempt: null,
    livemode: false,
    mandate: null,
    metadata: {},
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: { card: setupCardOptions('automatic') },
    single_use_mandate: null,
    status: given.payment_method ? 'requires_confirmation' : 'requires_payment_method',
    usage: 'off_session',
    ...given,
  };
  store.setup_intent_secrets.put({ id, session, challenge: null });
  save(turn, store.setup_intents, intent, 'created');
  emit(turn, 'setup_intent.created', intent);
  return intent;
}

type CardOptions = NonNullable<NonNullable<SetupIntent['payment_method_options']>['card']>;

export function setupCardOptions(authentication: 'automatic' | 'any' | 'challenge'): CardOptions {
  return { mandate_options: null, network: null, request_three_d_secure: authentication };
}

export function setupSecret(turn: Turn, intent: SetupIntent): SetupIntentSecret {
  return turn.world.store.setup_intent_secrets.get(intent.id)!;
}

export function isOpen(intent: SetupIntent): boolean {
  return (OPEN_STATUSES as readonly string[]).includes(intent.status);
}

/** The challenge that a bank had asked for is over, without an answer. */
export function dropChallenge(turn: Turn, intent: SetupIntent): void {
  intent.next_action = null;
  turn.world.store.setup_intent_secrets.put({ ...setupSecret(turn, intent), challenge: null });
}

/** @throws ApiError 400 when nothing is left to cancel */
export function cancelSetupIntent(
  turn: Turn,
  intent: SetupIntent,
  reason: SetupIntent['cancellation_reason'],
): void {
  if (!isOpen(intent)) {
    throw stateConflict(
      `You cannot cancel this SetupIntent because it has a status of ${intent.status}. Only a SetupIntent with one of ` +
        `the following statuses may be canceled: ${OPEN_STATUSES.join(', ')}.`,
      'setup_intent_unexpected_state',
      { setup_intent: intent },
    );
  }
  intent.status = 'canceled';
  intent.cancellation_reason = reason;
  dropChallenge(turn, intent);
  save(turn, turn.world.store.setup_intents, intent, 'updated');
  emit(turn, 'setup_intent.canceled', intent);
}
