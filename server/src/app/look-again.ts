import { findDisputeByRef, findDisputes } from '../db/disputes.ts';
import { lockOrder } from '../db/orders.ts';
import { findPayment, findPaymentByCharge, findPaymentByRef, type PaymentRow } from '../db/payments.ts';
import { findRefundByRef, findRefunds } from '../db/refunds.ts';
import type { Tx } from '../db/schema.ts';
import type { DisputeFact } from '../domain/dispute.ts';
import type { Fact, PaymentFact } from '../domain/payment.ts';
import type { RefundFact } from '../domain/refund.ts';
import type { App, PaymentProvider, PaymentRefs } from './ports.ts';

/** What is true at the provider now, and how to tell that newer news reached us while it was asked. */
export type Looked = { facts: Fact[]; hasMoved: (tx: Tx) => Promise<boolean> };

const still = async () => false;

/**
 * A hint is answered by the provider's present truth; what is final stays what it is. Our own rows are read before the
 * provider is asked: an answer that is older than what has reached us since may be true no more, so it is asked again.
 */
export async function currentFacts(app: App, provider: PaymentProvider, fact: Fact): Promise<Looked> {
  if (fact.final) return { facts: [fact], hasMoved: still };
  switch (fact.kind) {
    case 'refund':
      return await lookAtRefunds(app, provider, fact);
    case 'dispute':
      return await lookAtDispute(app, provider, fact);
    default:
      return await lookAtHinted(app, provider, fact);
  }
}

async function lookAtHinted(app: App, provider: PaymentProvider, fact: PaymentFact): Promise<Looked> {
  const { read } = app.database;
  const payment =
    fact.paymentId === null ? await findPaymentByRef(read, fact) : await findPayment(read, fact.paymentId);
  return payment ? await lookAtPayment(provider, payment, fact) : { facts: [fact], hasMoved: still };
}

/** One of our attempts; `told` are the provider's ids that we may not know yet. */
export async function lookAtPayment(
  provider: PaymentProvider,
  payment: PaymentRow,
  told: PaymentRefs = { sessionRef: null, intentRef: null },
): Promise<Looked> {
  const refs = {
    sessionRef: payment.session_ref ?? told.sessionRef,
    intentRef: payment.intent_ref ?? told.intentRef,
  };
  return { facts: [await provider.look(refs)], hasMoved: (tx) => paymentMoved(tx, payment) };
}

async function paymentMoved(tx: Tx, seen: PaymentRow): Promise<boolean> {
  await lockOrder(tx, seen.order_id);
  const current = await findPayment(tx, seen.id);
  return current?.status !== seen.status || current.last_event_id !== seen.last_event_id;
}

/** One refund where the hint names it; else all refunds of its charge. */
export async function lookAtRefunds(
  app: App,
  provider: PaymentProvider,
  fact: Pick<RefundFact, 'instanceId' | 'orderId' | 'refundRef' | 'intentRef' | 'chargeRef'>,
): Promise<Looked> {
  const { read } = app.database;
  const known = fact.refundRef === null ? undefined : await findRefundByRef(read, fact.refundRef);
  const orderId = known?.order_id ?? (await findPaymentByCharge(read, fact))?.order_id ?? fact.orderId;
  const state = async (db: typeof read) => {
    const refunds = orderId === null ? [] : await findRefunds(db, orderId);
    return JSON.stringify(refunds.map(({ id, status, last_event_id }) => [id, status, last_event_id]));
  };
  const seen = await state(read);
  const told =
    fact.refundRef === null ? await provider.refundsOf(fact) : [await provider.lookRefund(fact.refundRef)];
  // A refund made at the provider carries nothing of ours, but the charge it is of does.
  const facts = told.map((each) => ({ ...each, instanceId: each.instanceId ?? fact.instanceId }));
  const hasMoved = async (tx: Tx): Promise<boolean> => {
    if (orderId !== null) await lockOrder(tx, orderId);
    return (await state(tx)) !== seen;
  };
  return { facts, hasMoved };
}

export async function lookAtDispute(
  app: App,
  provider: PaymentProvider,
  fact: Pick<DisputeFact, 'disputeRef'>,
): Promise<Looked> {
  const { read } = app.database;
  const orderId = (await findDisputeByRef(read, fact.disputeRef))?.order_id ?? null;
  const state = async (db: typeof read) => {
    const disputes = orderId === null ? [] : await findDisputes(db, orderId);
    return JSON.stringify(disputes.map(({ id, status, last_event_id }) => [id, status, last_event_id]));
  };
  const seen = await state(read);
  const hasMoved = async (tx: Tx): Promise<boolean> => {
    if (orderId !== null) await lockOrder(tx, orderId);
    return (await state(tx)) !== seen;
  };
  return { facts: [await provider.lookDispute(fact.disputeRef)], hasMoved };
}
