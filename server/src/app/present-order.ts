import type { ProductImage } from '@paydesk/contract/catalogue';
import type { Dispute } from '@paydesk/contract/disputes';
import type { Fulfilment } from '@paydesk/contract/fulfilments';
import type { Order } from '@paydesk/contract/orders';
import type { Payment, TransferInstructions } from '@paydesk/contract/payments';
import type { Refund } from '@paydesk/contract/refunds';
import type { Kysely } from 'kysely';
import { type FulfilmentRow, findFulfilments } from '../db/desk.ts';
import { type DisputeRow, findDisputes } from '../db/disputes.ts';
import { findEvents, findLines, type OrderEventRow, type OrderLineRow, type OrderRow } from '../db/orders.ts';
import type { OutboxRow } from '../db/outbox.ts';
import { findPayments, type PaymentRow } from '../db/payments.ts';
import { findRefunds, type RefundRow } from '../db/refunds.ts';
import type { Schema } from '../db/schema.ts';
import { dueOf, isClosable, isPaidLike, isPayable } from '../domain/order.ts';
import { declineMessage } from './decline-messages.ts';
import { iso } from './iso.ts';
import type { App } from './ports.ts';
import { findOrderMails, findPartMails, presentTimeline } from './present-timeline.ts';

export type OrderParts = {
  order: OrderRow;
  lines: OrderLineRow[];
  payments: PaymentRow[];
  refunds: RefundRow[];
  disputes: DisputeRow[];
  fulfilments: FulfilmentRow[];
  events: OrderEventRow[];
  /** The effects that are e-mails about it. */
  mails: OutboxRow[];
};

/** The order as its owner may see it. */
export async function loadOrder(app: App, order: OrderRow): Promise<Order> {
  const { read } = app.database;
  const [lines, payments, refunds, disputes, fulfilments, events, mails] = await Promise.all([
    findLines(read, order.id),
    findPayments(read, order.id),
    findRefunds(read, order.id),
    findDisputes(read, order.id),
    fulfilmentsOf(read, order),
    findEvents(read, order.id),
    findOrderMails(read, order),
  ]);
  mails.push(...(await findPartMails(read, { payments, refunds, disputes })));
  return presentOrder(app, { order, lines, payments, refunds, disputes, fulfilments, events, mails });
}

/** The database is asked only where something was sent. */
export async function fulfilmentsOf(db: Kysely<Schema>, order: OrderRow): Promise<FulfilmentRow[]> {
  return order.fulfilment === 'fulfilled' ? await findFulfilments(db, order.id) : [];
}

export function presentOrder(app: App, parts: OrderParts): Order {
  const { order, lines, payments, refunds, disputes, fulfilments, events, mails } = parts;
  const money = (amount: number) => ({ amount, currency: order.currency });
  const open = order.closing === null;
  return {
    id: order.id,
    number: order.number,
    status: order.status,
    fulfilment: order.fulfilment,
    version: order.version,
    contact: JSON.parse(order.contact_json) as Order['contact'],
    shippingAddress: JSON.parse(order.address_json) as Order['shippingAddress'],
    lines: lines.map((line) => presentLine(line, money)),
    itemCount: order.item_count,
    discountCode: order.discount_code,
    taxName: order.tax_name,
    subtotal: money(order.subtotal),
    discount: money(order.discount),
    shipping: money(order.shipping),
    tax: money(order.tax),
    total: money(order.total),
    received: money(order.received),
    due: money(isPaidLike(order.status) ? 0 : dueOf(order)),
    refunded: money(order.refunded),
    payable: open && isPayable(order.status),
    cancelable: open && isClosable(order.status),
    inAccount: order.person_id !== null,
    placedAt: iso(order.placed_at),
    expiresAt: order.hold === 'held' ? iso(order.expires_at) : null,
    paidAt: order.paid_at === null ? null : iso(order.paid_at),
    payments: payments.map((payment) => presentPayment(app, payment)),
    refunds: refunds.map(presentRefund),
    disputes: disputes.map(presentDispute),
    fulfilments: fulfilments.map(presentFulfilment),
    invoiceUrl: order.paid_at === null ? null : `/api/orders/${order.id}/invoice.pdf`,
    timeline: presentTimeline(events, mails),
  };
}

export function presentPayment(app: App, payment: PaymentRow): Payment {
  const failed = payment.status === 'failed';
  return {
    id: payment.id,
    provider: payment.provider,
    flow: payment.flow,
    attempt: payment.attempt,
    status: payment.status,
    amount: { amount: payment.amount, currency: payment.currency },
    received: { amount: payment.received, currency: payment.currency },
    refunded: { amount: payment.refunded, currency: payment.currency },
    // A bank knows nothing by the name that we give to an attempt.
    reference: payment.flow === 'transfer' ? null : payment.intent_ref,
    card:
      payment.card_brand && payment.card_last4
        ? { brand: payment.card_brand, last4: payment.card_last4 }
        : null,
    failure: failed ? { message: declineMessage(payment.failure_code) } : null,
    dashboardUrl:
      app.providers
        .get(payment.provider)
        ?.dashboardUrl({ sessionRef: payment.session_ref, intentRef: payment.intent_ref }, 'customer') ??
      null,
    instructions: instructionsOf(payment),
    createdAt: iso(payment.created_at),
  };
}

/** Frozen with the attempt, like everything its provider was told; shown while the transfer is awaited. */
function instructionsOf(payment: PaymentRow): TransferInstructions | null {
  if (payment.flow !== 'transfer' || payment.status !== 'awaiting_transfer') return null;
  const { instructions } = JSON.parse(payment.params_json) as { instructions?: TransferInstructions };
  return instructions ?? null;
}

function presentRefund(refund: RefundRow): Refund {
  return {
    id: refund.id,
    paymentId: refund.payment_id,
    status: refund.status,
    amount: { amount: refund.amount, currency: refund.currency },
    cause: refund.cause,
    reason: refund.reason,
    reference: refund.refund_ref,
    failure:
      refund.status === 'failed'
        ? { message: 'The refund did not go through. We are looking into it.' }
        : null,
    creditNoteUrl:
      refund.status === 'succeeded' && refund.applies_to === 'order'
        ? `/api/orders/${refund.order_id}/credit-notes/${refund.id}.pdf`
        : null,
    createdAt: iso(refund.created_at),
    settledAt: refund.settled_at === null ? null : iso(refund.settled_at),
  };
}

function presentDispute(dispute: DisputeRow): Dispute {
  return {
    id: dispute.id,
    paymentId: dispute.payment_id,
    status: dispute.status,
    amount: { amount: dispute.amount, currency: dispute.currency },
    reason: dispute.reason,
    funds: dispute.funds,
    evidenceDueAt: dispute.evidence_due_at === null ? null : iso(dispute.evidence_due_at),
    openedAt: iso(dispute.opened_at),
    closedAt: dispute.closed_at === null ? null : iso(dispute.closed_at),
  };
}

function presentFulfilment(row: FulfilmentRow): Fulfilment {
  return {
    carrier: row.carrier,
    trackingNumber: row.tracking_number,
    trackingUrl: row.tracking_url,
    shippedAt: iso(row.shipped_at),
  };
}

function presentLine(
  line: OrderLineRow,
  money: (amount: number) => { amount: number; currency: string },
): Order['lines'][number] {
  return {
    productId: line.product_id,
    slug: line.slug,
    name: line.name,
    attribute: line.attribute,
    image: line.image_json === null ? null : (JSON.parse(line.image_json) as ProductImage),
    quantity: line.quantity,
    unitPrice: money(line.unit_price),
    subtotal: money(line.subtotal),
    discount: money(line.discount),
    tax: money(line.tax),
    total: money(line.total),
  };
}
