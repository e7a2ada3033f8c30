import type { Order } from '@paydesk/contract/orders';
import type { Units } from '@paydesk/contract/refund-shares';
import type { Refund } from '@paydesk/contract/refunds';
import { findOrder, lockOrder, type OrderRow } from '../db/orders.ts';
import { findPayments } from '../db/payments.ts';
import { findRefunds } from '../db/refunds.ts';
import type { Tx } from '../db/schema.ts';
import type { Minor } from '../domain/money.ts';
import type { Operator } from '../domain/operator.ts';
import { isPayable } from '../domain/order.ts';
import { isActiveRefund } from '../domain/refund.ts';
import { carryOutRefund } from './carry-out-refund.ts';
import { amountOfLines, keepLines } from './desk/refund-lines.ts';
import { AppError } from './errors.ts';
import { giveBack, type NewRefund } from './give-back.ts';
import { claim, finish, type RequestKey, requestKey } from './idempotency.ts';
import { type ApprovalWish, askForApproval, decide } from './operators/approvals.ts';
import type { App } from './ports.ts';
import { loadOrder } from './present-order.ts';
import { findRefundable, type Refundable } from './refundable.ts';
import { type Restock, restock } from './restock.ts';

export type RefundOrder = {
  orderId: string;
  /** Minor units; all that is left where neither this nor lines are named. */
  amount?: Minor | undefined;
  /** Which units it is for, and whether it is for the shipping; that makes the amount where none is named. */
  lines?: readonly Units[] | undefined;
  shipping?: boolean | undefined;
  currency?: string | undefined;
  /** In words, for the customer too. */
  reason: string;
  /** Only of this payment, and then also of its money that belongs to no order. */
  paymentId?: string | undefined;
  restock?: Restock | undefined;
  key?: string | undefined;
  /** Who asks, for the record. */
  by: string;
  /** What they may have given back of one order, in minor units; more waits for somebody else. No limit where it is left out. */
  alone?: { limit: number; asker: Pick<Operator, 'id' | 'name'> } | undefined;
};

/** What came of it: refunds, or, where it was more than the one who asks may decide, a request to somebody else. */
export type RefundsOrApproval = { refunds: Refund[]; approvalId: string | null; order: Order };

type Written = { refundIds: string[]; approvalId: string | null; isNew: boolean };

/**
 * An operator gives money back: the refunds are written down first, then asked for at the provider. Where that does not
 * answer, the outbox goes on; the refunds' statuses tell, and the call succeeds all the same.
 *
 * @throws AppError order_not_found, payment_not_found, order_not_refundable, refund_too_large, refund_currency_differs,
 *   refund_lines_taken, payment_disputed, restock_too_many, idempotency_key_reused, approval_waiting
 */
export async function refundOrder(app: App, request: RefundOrder): Promise<RefundsOrApproval> {
  const { orderId, key: text, by, alone: _, ...body } = request;
  const key = requestKey(`refund:${orderId}`, text, body);
  const written = await app.database.transaction((tx) => writeDownOnce(app, tx, request, key));
  if (written.isNew && written.approvalId === null)
    app.log.info({ orderId, refundIds: written.refundIds, by }, 'refund requested');
  return await carryOutWritten(app, orderId, written);
}

/**
 * Somebody agrees to a refund that another has asked for, which is then made as if they had been one.
 *
 * @throws AppError approval_not_found, approval_decided, own_approval, and what a refund of that order throws by now
 */
export async function approveRefund(
  app: App,
  approvalId: string,
  operator: Operator,
): Promise<RefundsOrApproval> {
  const { orderId, refundIds } = await decide(app, approvalId, {
    operator,
    state: 'approved',
    reason: null,
    carryOut: async (tx, approval) => {
      const wish = JSON.parse(approval.request_json) as Omit<RefundOrder, 'orderId' | 'by'>;
      const by = `${approval.asked_by}, agreed to by ${operator.name}`;
      const request = { ...wish, orderId: approval.order_id, amount: approval.amount, by };
      return { orderId: approval.order_id, refundIds: (await writeDown(app, tx, request)).refundIds };
    },
  });
  app.log.info({ orderId, refundIds, approvalId, by: operator.name }, 'refund agreed to');
  return await carryOutWritten(app, orderId, { refundIds, approvalId: null, isNew: true });
}

async function carryOutWritten(app: App, orderId: string, written: Written): Promise<RefundsOrApproval> {
  if (written.isNew) {
    app.live.changed(orderId);
    await Promise.all(written.refundIds.map((id) => carryOut(app, id)));
  }
  const order = await findOrder(app.database.read, orderId);
  if (!order) throw new AppError('order_not_found');
  const shown = await loadOrder(app, order);
  const refunds = written.refundIds.map((id) => shown.refunds.find((one) => one.id === id)!);
  return { refunds, approvalId: written.approvalId, order: shown };
}

/** The same request again is answered by what it brought about the first time. */
async function writeDownOnce(
  app: App,
  tx: Tx,
  request: RefundOrder,
  key: RequestKey | null,
): Promise<Written> {
  const order = await lockOrder(tx, request.orderId);
  if (!order) throw new AppError('order_not_found');
  const claimed = key ? await claim(tx, key, app.clock.now()) : null;
  if (claimed?.state === 'done') return { ...asWritten(JSON.parse(claimed.reply)), isNew: false };
  const { refundIds, approvalId } = await writeDown(app, tx, request);
  const reply = approvalId === null ? refundIds : { approvalId };
  if (key) await finish(tx, key, approvalId === null ? 201 : 202, JSON.stringify(reply));
  return { refundIds, approvalId, isNew: true };
}

function asWritten(reply: string[] | { approvalId: string }): Omit<Written, 'isNew'> {
  return Array.isArray(reply)
    ? { refundIds: reply, approvalId: null }
    : { refundIds: [], approvalId: reply.approvalId };
}

/** Everything that has to be true before the first cent moves, in the caller's transaction and under the order's lock. */
async function writeDown(app: App, tx: Tx, request: RefundOrder): Promise<Omit<Written, 'isNew'>> {
  const order = await lockOrder(tx, request.orderId);
  if (!order) throw new AppError('order_not_found');
  const wanted = await choose(tx, order, request);
  const { alone } = request;
  const given = alone ? await givenWith(tx, order, wanted) : 0;
  if (alone && given > alone.limit) {
    const wish = wishOf(request, wanted, given);
    return { refundIds: [], approvalId: await askForApproval(app, tx, order, wish, alone.asker) };
  }
  const back = await restock(tx, order, request.restock ?? false, { at: app.clock.now(), by: request.by });
  const { refunds } = await giveBack(app, tx, back, wanted);
  const refundIds = refunds.map(({ id }) => id);
  if (isByLines(request)) await keepLines(tx, order.id, request, refundIds[0]!);
  return { refundIds, approvalId: null };
}

/** What operators have given back of an order, with these. Many small refunds are as much as one large. */
async function givenWith(tx: Tx, order: OrderRow, wanted: readonly NewRefund[]): Promise<Minor> {
  const before = await findRefunds(tx, order.id);
  const byPeople = before.filter(({ cause, status }) => cause === 'operator' && isActiveRefund(status));
  return sumOf(byPeople) + sumOf(wanted);
}

function wishOf(request: RefundOrder, wanted: readonly NewRefund[], given: Minor): ApprovalWish {
  const { reason, paymentId, restock: units, lines, shipping } = request;
  const currency = wanted[0]!.currency;
  return {
    amount: sumOf(wanted),
    currency,
    given,
    reason,
    request: { reason, currency, paymentId, restock: units, lines, shipping },
  };
}

function isByLines({ lines, shipping }: RefundOrder): boolean {
  return lines !== undefined || shipping === true;
}

/** Which payments the money is taken from: the newest first, as much of each as is needed. */
async function choose(tx: Tx, order: OrderRow, request: RefundOrder): Promise<NewRefund[]> {
  const parts = await partsFor(tx, order, request);
  const currency = parts[0]?.currency ?? order.currency;
  if (request.currency !== undefined && request.currency.toLowerCase() !== currency)
    throw new AppError('refund_currency_differs', { details: { currency } });
  const same = parts.filter((part) => part.currency === currency);
  const left = sumOf(same);
  if (left === 0) throw new AppError('order_not_refundable');
  const ofLines = isByLines(request) ? await amountOfLines(tx, order, request) : left;
  const amount = request.amount ?? ofLines;
  if (amount > left) throw new AppError('refund_too_large', { details: { refundable: left, currency } });
  const free = same.filter((part) => !part.disputed);
  if (amount > sumOf(free))
    throw new AppError('payment_disputed', { details: { refundable: sumOf(free), currency } });
  return take(free, amount).map(({ disputed: _, ...part }) => ({
    ...part,
    cause: 'operator',
    actor: 'operator',
    by: request.by,
    reason: request.reason,
  }));
}

async function partsFor(tx: Tx, order: OrderRow, request: RefundOrder): Promise<Refundable[]> {
  const { paymentId } = request;
  const all = (await findRefundable(tx, order)).filter(
    ({ appliesTo }) => appliesTo === 'unapplied' || !isUnderWay(order),
  );
  // Lines are the order's, and so is their money.
  const own = all.filter(({ appliesTo }) => appliesTo === 'order');
  if (paymentId === undefined) return own;
  const payments = await findPayments(tx, order.id);
  if (!payments.some(({ id }) => id === paymentId)) throw new AppError('payment_not_found');
  return (isByLines(request) ? own : all).filter((part) => part.paymentId === paymentId);
}

/** Of an order that still waits for money nothing is given back by part: it is canceled, which gives back all. */
function isUnderWay({ status }: OrderRow): boolean {
  return isPayable(status) || status === 'processing';
}

function sumOf(parts: readonly { amount: Minor }[]): Minor {
  return parts.reduce((sum, part) => sum + part.amount, 0);
}

function take(parts: readonly Refundable[], amount: Minor): Refundable[] {
  const taken: Refundable[] = [];
  let rest = amount;
  for (const part of parts) {
    const share = Math.min(part.amount, rest);
    if (share > 0) taken.push({ ...part, amount: share });
    rest -= share;
  }
  return taken;
}

/** From here on the refund is ours to finish: whatever goes wrong now is tried again by the outbox. */
async function carryOut(app: App, refundId: string): Promise<void> {
  try {
    await carryOutRefund(app, refundId);
  } catch (error) {
    app.log.warn({ refundId, err: error }, 'a refund is left to the outbox');
  }
}
