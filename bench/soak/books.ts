import { sql } from 'kysely';
import type { World } from './world.ts';

/** What the sandbox has on file, read through its API with the secret key; never through the shop's code. */

type Metadata = Record<string, string>;
export type Charge = {
  id: string;
  status: string;
  amount: number;
  amount_captured: number;
  amount_refunded: number;
  currency: string;
  payment_intent: string;
  metadata: Metadata;
};
export type Refund = { id: string; status: string; amount: number; charge: string; payment_intent: string };
type Payable = { id: string; status: string; metadata: Metadata; payment_intent?: string | null };

async function listAll<T extends { id: string }>(world: World, path: string): Promise<T[]> {
  const all: T[] = [];
  for (;;) {
    const after = all.length === 0 ? '' : `&starting_after=${all.at(-1)!.id}`;
    const reply = await fetch(`${world.sandboxUrl}${path}?limit=100${after}`, {
      headers: { authorization: 'Bearer sk_test_reader' },
      signal: AbortSignal.timeout(60_000),
    });
    if (!reply.ok) throw new Error(`${path}: ${reply.status} ${await reply.text()}`);
    const page = (await reply.json()) as { data: T[]; has_more: boolean };
    all.push(...page.data);
    if (!page.has_more) return all;
  }
}

/** Ours against Stripe's; every line is a fault. The numbers are those of the project's list of invariants. */
export async function compareWithStripe(world: World): Promise<string[]> {
  const [charges, refunds, intents, sessions] = await Promise.all([
    listAll<Charge>(world, '/v1/charges'),
    listAll<Refund>(world, '/v1/refunds'),
    listAll<Payable>(world, '/v1/payment_intents'),
    listAll<Payable>(world, '/v1/checkout/sessions'),
  ]);
  const succeeded = charges.filter(({ status }) => status === 'succeeded');
  return [
    ...(await compareCharges(world, succeeded)),
    ...(await compareRefunds(world, refunds)),
    ...(await compareOrders(world, succeeded)),
    ...(await comparePayable(world, intents, sessions)),
  ];
}

/** X1, X2: every charge is booked once and in full, and nothing else is. */
async function compareCharges(world: World, charges: Charge[]): Promise<string[]> {
  const { rows } = await sql<{ intent: string; amount: number; currency: string }>`
    SELECT COALESCE(p.intent_ref, e.ref) AS intent, e.amount, e.currency
    FROM ledger_entries e LEFT JOIN payments p ON p.id = e.ref
    WHERE e.kind = 'receipt' AND e.account = 'stripe_clearing'`.execute(world.app.database.read);
  const booked = rows.map(({ intent, amount, currency }) => `${intent} ${amount} ${currency}`);
  const taken = charges.map(
    (charge) => `${charge.payment_intent} ${charge.amount_captured} ${charge.currency}`,
  );
  return [
    ...missing(taken, booked).map((line) => `X1 a payment is lost: ${line}`),
    ...missing(booked, taken).map((line) => `X2 a payment is invented: ${line}`),
  ];
}

/** X5: refunds match one to one. */
async function compareRefunds(world: World, refunds: Refund[]): Promise<string[]> {
  const rows = await world.app.database.read
    .selectFrom('refunds')
    .select(['refund_ref', 'amount', 'status'])
    .where('provider', '=', 'stripe')
    .where('refund_ref', 'is not', null)
    .execute();
  const ours = rows.map(({ refund_ref: ref, amount, status }) => `${ref} ${amount} ${status}`);
  const theirs = refunds.map(({ id, amount, status }) => `${id} ${amount} ${status}`);
  return [
    ...missing(theirs, ours).map((line) => `X5 Stripe has a refund that we have not: ${line}`),
    ...missing(ours, theirs).map((line) => `X5 we have a refund that Stripe has not: ${line}`),
  ];
}

/** X3, X4: no order was paid twice, and what Stripe kept of it is what we say it is. */
async function compareOrders(world: World, charges: Charge[]): Promise<string[]> {
  const kept = new Map<string, number>();
  for (const charge of charges) {
    const order = charge.metadata.paydesk_order;
    if (order === undefined) continue;
    kept.set(order, (kept.get(order) ?? 0) + charge.amount_captured - charge.amount_refunded);
  }
  const { rows } = await sql<{ id: string; total: number; status: string; kept: number; transfers: number }>`
    SELECT o.id, o.total, o.status,
      COALESCE((SELECT SUM(p.received - p.refunded) FROM payments p WHERE p.order_id = o.id AND p.provider = 'stripe'), 0) AS kept,
      COALESCE((SELECT SUM(p.received - p.refunded) FROM payments p WHERE p.order_id = o.id AND p.provider <> 'stripe'), 0) AS transfers
    FROM orders o`.execute(world.app.database.read);
  return rows.flatMap((order) => {
    const atStripe = kept.get(order.id) ?? 0;
    const faults: string[] = [];
    if (atStripe > order.total) faults.push(`X3 ${order.id} was paid twice: ${atStripe} of ${order.total}`);
    if (atStripe !== Number(order.kept))
      faults.push(`X4 ${order.id} (${order.status}): Stripe kept ${atStripe}, we say ${order.kept}`);
    return faults;
  });
}

/** X8, X10: nothing that was closed here can still be paid there. */
async function comparePayable(world: World, intents: Payable[], sessions: Payable[]): Promise<string[]> {
  const closed = await world.app.database.read
    .selectFrom('payments')
    .select('id')
    .where('closed_at', 'is not', null)
    .execute();
  const ids = new Set(closed.map(({ id }) => id));
  const ended = new Set(
    sessions.filter(({ status }) => status !== 'open').map((each) => each.payment_intent),
  );
  const payable = [
    ...intents.filter(({ id, status }) => status.startsWith('requires_') && !ended.has(id)),
    ...sessions.filter(({ status }) => status === 'open'),
  ];
  return payable
    .filter(({ metadata }) => ids.has(metadata.paydesk_payment ?? ''))
    .map(({ id, status }) => `X10 ${id} is ${status} although its attempt was closed`);
}

/** What of the one list is not in the other, counted. */
function missing(of: readonly string[], from: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const line of from) counts.set(line, (counts.get(line) ?? 0) + 1);
  return of.filter((line) => {
    const left = counts.get(line) ?? 0;
    counts.set(line, left - 1);
    return left < 1;
  });
}
