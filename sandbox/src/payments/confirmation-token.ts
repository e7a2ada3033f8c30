/**
 * Confirmation tokens (docs.stripe.com/api/confirmation_tokens): what a customer entered, kept by stripe.js until the
 * server confirms an intent with it.
 */
import type { ConfirmationToken, PaymentIntent, PaymentMethod, SetupIntent } from '../objects.ts';
import { invalidRequest, missingResource } from '../wire/errors.ts';
import { save, type Turn } from '../world.ts';
import { type Described, keepMethod } from './describe-method.ts';
import { secretOf, usedUp } from './payment-method.ts';

/** Source: `expires_at` of the SDK's types, twelve hours after creation. */
const LIFETIME_SECONDS = 12 * 3600;

interface Entered {
  /** A payment method that the customer saved earlier; otherwise `described`. */
  known: PaymentMethod | null;
  described: Described | null;
  return_url: string | null;
  setup_future_usage: 'off_session' | 'on_session' | null;
  shipping: ConfirmationToken['shipping'];
}

export function createConfirmationToken(turn: Turn, entered: Entered): ConfirmationToken {
  const { ids, store } = turn.world;
  const { known, described, ...rest } = entered;
  const token: ConfirmationToken = {
    id: ids.object('ctoken'),
    object: 'confirmation_token',
    created: turn.now,
    expires_at: turn.now + LIFETIME_SECONDS,
    livemode: false,
    mandate_data: null,
    metadata: null,
    payment_intent: null,
    payment_method_options: null,
    payment_method_preview: previewOf((known ?? described?.method)!),
    setup_intent: null,
    use_stripe_sdk: true,
    ...rest,
  };
  store.confirmation_token_secrets.put({ id: token.id, known: known?.id ?? null, described });
  save(turn, store.confirmation_tokens, token, 'created');
  return token;
}

export interface Opened {
  token: ConfirmationToken;
  method: PaymentMethod;
}

/**
 * The token with the payment method it stands for, which exists from now on.
 * @throws ApiError 400 when it is unknown, used or expired; the sentences of the last two are not verified
 */
export function openConfirmationToken(turn: Turn, id: string): Opened {
  const { store, ids } = turn.world;
  const token = store.confirmation_tokens.get(id);
  if (token === undefined) throw missingResource('confirmation_token', id, 'confirmation_token');
  if (token.payment_intent !== null || token.setup_intent !== null) {
    throw refused(`The ConfirmationToken ${id} has already been used.`);
  }
  if (turn.now >= token.expires_at!) throw refused(`The ConfirmationToken ${id} has expired.`);
  const { known, described } = store.confirmation_token_secrets.get(id)!;
  if (known !== null) {
    const method = store.payment_methods.get(known)!;
    if (secretOf(turn, method).isUsedUp) throw usedUp();
    return { token, method };
  }
  const fresh = structuredClone(described!);
  Object.assign(fresh.method, { id: ids.object('pm'), created: turn.now });
  return { token, method: keepMethod(turn, fresh) };
}

/** The token was used by this intent, whatever comes of it. */
export function spend(turn: Turn, token: ConfirmationToken, intent: PaymentIntent | SetupIntent): void {
  if (intent.object === 'payment_intent') token.payment_intent = intent.id;
  else token.setup_intent = intent.id;
  save(turn, turn.world.store.confirmation_tokens, token, 'updated');
}

/** A payment method without what makes it an object of its own. */
function previewOf(method: PaymentMethod): ConfirmationToken['payment_method_preview'] {
  const {
    id: _,
    object: __,
    created: ___,
    livemode: ____,
    metadata: _____,
    ...preview
  } = structuredClone(method);
  return preview as ConfirmationToken['payment_method_preview'];
}

function refused(message: string): Error {
  return invalidRequest(message, undefined, 'confirmation_token');
}
