import type { ProductImage } from '@paydesk/contract/catalogue';
import type { Currency } from '@paydesk/contract/money';
import type { PaymentFlow } from '@paydesk/contract/payments';
import type { OrderLineRow, OrderRow } from '../db/orders.ts';
import type { App, FrozenPayment } from './ports.ts';

/** A provider's page stays open for less than a day (Stripe's rule for Checkout Sessions), however long the order does. */
const longestPage = 23 * 3_600_000;

/** Everything the provider will be told about this attempt: from the stored order only, never from a request. */
export function freezePayment(
  app: App,
  { id, flow, amount }: { id: string; flow: PaymentFlow; amount: number },
  order: OrderRow,
  lines: readonly OrderLineRow[],
): FrozenPayment {
  const frontend = app.shop.frontendUrl;
  return {
    paymentId: id,
    orderId: order.id,
    orderNumber: order.number,
    instanceId: app.instanceId,
    flow,
    amount,
    currency: order.currency as Currency,
    email: order.email,
    lines: flow === 'hosted' ? pageLines(app, order, lines, amount) : [],
    successUrl: `${frontend}/payment/success?order=${order.id}`,
    cancelUrl: `${frontend}/payment/cancel?order=${order.id}`,
    expiresAt:
      flow === 'hosted' ? Math.min(order.expires_at, app.clock.now() + longestPage) : order.expires_at,
  };
}

/** What the provider's page lists. It can show neither discounts nor tax of ours by itself, so they become part of the lines. */
function pageLines(
  app: App,
  order: OrderRow,
  lines: readonly OrderLineRow[],
  amount: number,
): FrozenPayment['lines'] {
  if (amount !== order.total) return [partLine(order, amount)];
  const goods = lines.map((line) => pageLine(app, order, line));
  const extra = (name: string, amount: number) =>
    amount === 0 ? [] : [{ name, description: null, imageUrl: null, unitAmount: amount, quantity: 1 }];
  return [...goods, ...extra('Shipping', order.shipping), ...extra(order.tax_name, order.tax)];
}

/** A part of an order is one line: its goods would not sum to what is paid. */
function partLine(order: OrderRow, amount: number): FrozenPayment['lines'][number] {
  const name = `Part of order ${order.number}`;
  return { name, description: null, imageUrl: null, unitAmount: amount, quantity: 1 };
}

function pageLine(app: App, order: OrderRow, line: OrderLineRow): FrozenPayment['lines'][number] {
  const image = line.image_json === null ? null : (JSON.parse(line.image_json) as ProductImage);
  const imageUrl = image && new URL(image.url, app.shop.frontendUrl).href;
  if (line.discount === 0) {
    return {
      name: line.name,
      description: line.attribute,
      imageUrl,
      unitAmount: line.unit_price,
      quantity: line.quantity,
    };
  }
  // A discounted line may not divide by its quantity, so the quantity moves into the name.
  const name = line.quantity === 1 ? line.name : `${line.name} × ${line.quantity}`;
  return {
    name,
    description: `Less ${order.discount_code}`,
    imageUrl,
    unitAmount: line.subtotal - line.discount,
    quantity: 1,
  };
}
