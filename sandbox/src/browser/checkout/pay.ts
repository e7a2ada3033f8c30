import { type ApiResult, callApi, type StripeError } from '../shared/api.ts';
import { fieldOfCode, onlyTestCards } from '../shared/card.ts';
import { showChallenge } from '../shared/challenge-dialog.ts';
import { type CheckoutIntent, type CheckoutSession, shopHost } from './session.ts';

/** How an attempt to pay ended for the customer. */
export type Outcome =
  | { kind: 'done'; address: string }
  /** The session expired or was finished elsewhere: the page must be read again. */
  | { kind: 'gone' }
  | { kind: 'refused'; message: string; field?: string };

type PageData = DOMStringMap;

export interface Purchase {
  /** As `/v1/payment_methods` takes it; null where there is nothing to pay. */
  method: Record<string, unknown> | null;
  entered: Record<string, unknown>;
}

/** Makes the PaymentMethod, confirms the session with it and goes through the bank's challenge where one is asked. */
export async function pay(
  page: PageData,
  { method, entered }: Purchase,
  waitingForBank: () => void,
): Promise<Outcome> {
  const created = method && (await call(page, 'POST', '/v1/payment_methods', method));
  if (created?.error) return refused(created.error);
  const confirmed = await call(page, 'POST', `${pagePath(page)}/confirm`, {
    ...entered,
    payment_method: created?.value.id,
    expected_amount: page.amount || undefined,
  });
  if (confirmed.error) return afterRefusal(page, confirmed.error);
  const session = confirmed.value as CheckoutSession;
  const intent = intentOf(session);
  const action = intent?.next_action;
  if (intent?.status !== 'requires_action' || !action) return outcomeOf(page, session);
  waitingForBank();
  await showChallenge(challengeAddress(action, session));
  return readOutcome(page);
}

/** Asks the sandbox how the session stands; used where the answer to a payment was lost or came from a challenge. */
export async function readOutcome(page: PageData): Promise<Outcome> {
  const read = await call(page, 'GET', pagePath(page), {});
  return read.error ? refused(read.error) : outcomeOf(page, read.value);
}

function outcomeOf(page: PageData, session: CheckoutSession): Outcome {
  if (session.status === 'complete') return { kind: 'done', address: page.successUrl ?? '/' };
  if (session.status === 'expired') return { kind: 'gone' };
  const intent = intentOf(session);
  return refused(intent?.last_payment_error ?? intent?.last_setup_error ?? {});
}

/** What is confirmed: a payment, or in setup mode the setup of a payment method. */
function intentOf(session: CheckoutSession): CheckoutIntent | null {
  return session.payment_intent ?? session.setup_intent;
}

/** A decline is final for this attempt; after a lost or crossed answer the session itself says what is true. */
async function afterRefusal(page: PageData, error: StripeError): Promise<Outcome> {
  if (error.type === 'card_error') return refused(error);
  let now = await readOutcome(page);
  // Another tab is paying this very session: its answer is also ours.
  for (let look = 1; error.code === 'lock_timeout' && now.kind === 'refused' && look < lockLooks; look++) {
    await new Promise((resolve) => setTimeout(resolve, lockLookMilliseconds));
    now = await readOutcome(page);
  }
  return now.kind === 'refused' ? refused(error) : now;
}

const lockLooks = 10;
const lockLookMilliseconds = 500;

/** The API words this failure for developers. */
const notAuthenticated = 'Your bank could not confirm it was you. Try again or use another card.';

function refused({ code = '', message, decline_code: declineCode }: Partial<StripeError>): Outcome {
  if (declineCode === 'test_mode_live_card')
    return { kind: 'refused', message: onlyTestCards, field: 'number' };
  if (/^(payment|setup)_intent_authentication_failure$/.test(code))
    return { kind: 'refused', message: notAuthenticated };
  const field = fieldOfCode[code];
  const text = message ?? 'That did not go through. Try again.';
  return { kind: 'refused', message: text, ...(field ? { field } : {}) };
}

type NextAction = NonNullable<CheckoutIntent['next_action']>;

function challengeAddress(action: NextAction, session: CheckoutSession): URL {
  const url = new URL(action.use_stripe_sdk?.stripe_js ?? action.redirect_to_url?.url ?? '');
  url.searchParams.delete('redirect');
  const address = new URL(url.pathname + url.search, window.location.origin);
  const shop = shopHost(session);
  if (shop) address.searchParams.set('shop', shop);
  return address;
}

function pagePath(page: PageData): string {
  return `/v1/payment_pages/${page.session}`;
}

function call(
  page: PageData,
  method: 'GET' | 'POST',
  path: string,
  params: Record<string, unknown>,
): Promise<ApiResult> {
  return callApi({ origin: window.location.origin, key: page.key ?? '', method, path, params });
}
