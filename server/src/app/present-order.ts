import type { ProductImage } from '@paydesk/contract/catalogue';
import type { Order, TimelineEntry } from '@paydesk/contract/orders';
import type { Payment } from '@paydesk/contract/payments';
import { findEvents, findLines, type OrderEventRow, type OrderLineRow, type OrderRow } from '../db/orders.ts';
import { findPayments, type PaymentRow } from '../db/payments.ts';
import { isClosable, isPayable } from '../domain/order.ts';
import { declineMessage } from './decline-messages.ts';
import type { App } from './ports.ts';

export type OrderParts = {
  order: OrderRow;
  lines: OrderLineRow[];
  payments: PaymentRow[];
  events: OrderEventRow[];
};

/** The order as its owner may see it. */
export async function loadOrder(app: App, order: OrderRow): Promise<Order> {
  const [lines, payments, events] = await Promise.all([
    findLines(app.database.read, order.id),
    findPayments(app.database.read, order.id),
    findEvents(app.database.read, order.id),
  ]);
  return presentOrder(app, { order, lines, payments, events });
}

export function presentOrder(app: App, parts: OrderParts): Order {
  const { order, lines, payments, events } = parts;
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
    payable: open && isPayable(order.status),
    cancelable: open && isClosable(order.status),
    placedAt: iso(order.placed_at),
    expiresAt: order.hold === 'held' ? iso(order.expires_at) : null,
    paidAt: order.paid_at === null ? null : iso(order.paid_at),
    payments: payments.map((payment) => presentPayment(app, payment)),
    timeline: events.map(presentEvent),
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
    reference: payment.intent_ref,
    card:
      payment.card_brand && payment.card_last4
        ? { brand: payment.card_brand, last4: payment.card_last4 }
        : null,
    failure: failed ? { message: declineMessage(payment.failure_code) } : null,
    dashboardUrl:
      app.providers
        .get(payment.provider)
        ?.dashboardUrl({ sessionRef: payment.session_ref, intentRef: payment.intent_ref }) ?? null,
    createdAt: iso(payment.created_at),
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

function presentEvent(event: OrderEventRow): TimelineEntry {
  return {
    at: iso(event.at),
    type: event.type,
    status: event.status,
    message: event.message,
    paymentId: event.payment_id,
    eventId: event.event_id,
  };
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
