/** Taking up an expired session: an open copy of it, made when its link is first followed. */
import type { CheckoutSession, LineItem, SessionSecret } from '../objects.ts';
import { invalidRequest } from '../wire/errors.ts';
import { save, type Turn } from '../world.ts';
import { setDiscount } from './discounts.ts';
import { expiry } from './limits.ts';
import { expireLater, pageAddress } from './session.ts';
import { reprice } from './totals.ts';

/** @throws ApiError 400 when the session offers no recovery, or no longer */
export function recoverSession(turn: Turn, expired: CheckoutSession): CheckoutSession {
  const { store } = turn.world;
  const secret = store.session_secrets.get(expired.id)!;
  const known = store.sessions.get(secret.recoveredBy ?? '');
  if (known?.status === 'open') return known;
  const recovery = expired.after_expiration?.recovery;
  if (!recovery?.url || (recovery.expires_at ?? 0) <= turn.now) {
    throw invalidRequest('This Checkout Session cannot be recovered.');
  }
  const session = copyOf(turn, expired, recovery.allow_promotion_codes);
  copySecret(turn, secret, session);
  reprice(turn, session);
  save(turn, store.sessions, session, 'created');
  expireLater(turn.world, session);
  secret.recoveredBy = session.id;
  store.session_secrets.put(secret);
  return session;
}

/** What the customer had entered is not taken over; that Stripe forgets it too is not verified. */
function copyOf(turn: Turn, expired: CheckoutSession, allowsCodes: boolean): CheckoutSession {
  const id = `cs_test_a1${turn.world.ids.characters(56)}`;
  const email = expired.customer_email;
  return {
    ...structuredClone(expired),
    id,
    after_expiration: null,
    allow_promotion_codes: allowsCodes,
    collected_information: { business_name: null, individual_name: null, shipping_details: null },
    consent: null,
    created: turn.now,
    customer_details: email === null ? null : { ...expired.customer_details!, email },
    expires_at: expiry(turn),
    payment_intent: null,
    recovered_from: expired.id,
    status: 'open',
    url: pageAddress(turn.world, id),
  };
}

function copySecret(turn: Turn, secret: SessionSecret, session: CheckoutSession): void {
  const { session_secrets: secrets } = turn.world.store;
  const items = secret.items.map((item) => copyItem(turn, item));
  secrets.put({ id: session.id, items, paymentIntentData: structuredClone(secret.paymentIntentData) });
  const discount = secret.discount ?? null;
  if (discount === null) return;
  const id = turn.world.ids.object('di');
  setDiscount(turn, session, { ...discount, discount: { ...discount.discount, id } });
}

function copyItem(turn: Turn, item: LineItem): LineItem {
  const { line_item_parts: parts } = turn.world.store;
  const copy = { ...structuredClone(item), id: turn.world.ids.object('li') };
  const known = parts.get(item.id);
  if (known !== undefined) parts.put({ ...structuredClone(known), id: copy.id });
  return copy;
}
