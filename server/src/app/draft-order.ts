import { normalizeAddress } from '@paydesk/contract/address';
import type { PlaceOrderRequest } from '@paydesk/contract/orders';
import { type OrderEventRow, type OrderLineRow, type OrderRow, timelineRow } from '../db/orders.ts';
import { firstImage, type StockedProduct } from '../db/products.ts';
import type { Country } from '../db/rates.ts';
import type { Discount, Pricing } from '../domain/pricing.ts';
import { sha256 } from './idempotency.ts';
import type { App } from './ports.ts';
import { normalizeEmail } from './quote.ts';

/** The rows of a new order, before anything is written. */
export type OrderDraft = { order: OrderRow; lines: OrderLineRow[]; event: OrderEventRow };

type DraftFacts = {
  orderId: string;
  number: string;
  now: number;
  expiresAt: number;
  products: Map<string, StockedProduct>;
  discount: Discount | null;
  country: Country;
  token: string;
  personId: string | null;
};

export function draftOrder(
  app: App,
  request: PlaceOrderRequest,
  pricing: Pricing,
  found: DraftFacts,
): OrderDraft {
  const { now, orderId: id, number } = found;
  const order: OrderRow = {
    id,
    number,
    status: 'pending',
    fulfilment: 'unfulfilled',
    version: 1,
    currency: app.shop.currency,
    email: normalizeEmail(request.contact.email),
    contact_json: JSON.stringify(request.contact),
    address_json: JSON.stringify(normalizeAddress(request.shippingAddress)),
    country: found.country.code,
    discount_code: found.discount?.code ?? null,
    tax_name: found.country.taxName,
    item_count: pricing.itemCount,
    subtotal: pricing.subtotal,
    discount: pricing.discount,
    shipping: pricing.shipping,
    tax: pricing.tax,
    total: pricing.total,
    received: 0,
    token_hash: sha256(found.token),
    hold: 'held',
    closing: null,
    placed_at: now,
    expires_at: found.expiresAt,
    paid_at: null,
    refunded: 0,
    audit_hash: '',
    person_id: found.personId,
  };
  const event = timelineRow(order, '', {
    at: now,
    type: 'order.placed',
    message: 'Order placed. The items are reserved.',
    actor: 'customer',
  });
  order.audit_hash = event.hash;
  return { order, lines: draftLines(id, pricing, found.products), event };
}

function draftLines(
  orderId: string,
  pricing: Pricing,
  products: Map<string, StockedProduct>,
): OrderLineRow[] {
  return pricing.lines.map((line, position) => {
    const product = products.get(line.productId)!;
    const image = firstImage(product);
    return {
      order_id: orderId,
      position,
      product_id: line.productId,
      slug: product.slug,
      name: product.name,
      attribute: product.attribute,
      image_json: image && JSON.stringify(image),
      quantity: line.quantity,
      unit_price: line.unitPrice,
      subtotal: line.subtotal,
      discount: line.discount,
      tax: line.tax,
      total: line.total,
      returned: 0,
    };
  });
}
