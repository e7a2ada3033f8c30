/** Setup attempts (docs.stripe.com/api/setup_attempts): each confirmation of a setup intent, and how it went. */
import type { PaymentMethod, SetupAttempt, SetupIntent } from '../objects.ts';
import { cardOf, checkedBy, secretOf } from '../payments/payment-method.ts';
import { save, type Turn } from '../world.ts';

export function beginAttempt(turn: Turn, intent: SetupIntent, method: PaymentMethod): void {
  const attempt: SetupAttempt = {
    id: turn.world.ids.object('setatt'),
    object: 'setup_attempt',
    application: null,
    created: turn.now,
    customer: intent.customer,
    customer_account: null,
    flow_directions: null,
    livemode: false,
    on_behalf_of: null,
    payment_method: method.id,
    payment_method_details: detailsOf(turn, method),
    setup_error: null,
    setup_intent: intent.id,
    status: 'processing',
    usage: intent.usage,
  };
  intent.latest_attempt = attempt.id;
  save(turn, turn.world.store.setup_attempts, attempt, 'created');
}

interface Outcome {
  isAuthenticated?: boolean;
  error?: object;
}

/** Notes how the latest attempt stands. */
export function endAttempt(
  turn: Turn,
  intent: SetupIntent,
  status: 'succeeded' | 'failed' | 'requires_action',
  { isAuthenticated = false, error }: Outcome = {},
): void {
  const { setup_attempts } = turn.world.store;
  const attempt = setup_attempts.get(intent.latest_attempt as string)!;
  attempt.status = status;
  attempt.setup_error = (error ?? null) as SetupAttempt['setup_error'];
  const { card } = attempt.payment_method_details;
  if (isAuthenticated && card !== undefined) card.three_d_secure = AUTHENTICATED;
  save(turn, setup_attempts, attempt, 'updated');
}

const AUTHENTICATED = {
  authentication_flow: 'challenge',
  electronic_commerce_indicator: '05',
  result: 'authenticated',
  result_reason: null,
  transaction_id: null,
  version: '2.2.0',
} as const;

function detailsOf(turn: Turn, method: PaymentMethod): SetupAttempt['payment_method_details'] {
  if (method.type === 'sepa_debit') return { sepa_debit: {}, type: 'sepa_debit' };
  const { card } = method;
  return {
    card: {
      brand: card!.brand,
      checks: checkedBy(cardOf(secretOf(turn, method)), card!.checks!),
      country: card!.country,
      exp_month: card!.exp_month,
      exp_year: card!.exp_year,
      fingerprint: card!.fingerprint ?? null,
      funding: card!.funding,
      last4: card!.last4,
      network: card!.brand,
      three_d_secure: null,
      wallet: null,
    },
    type: 'card',
  };
}
