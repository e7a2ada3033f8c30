import { createHmac } from 'node:crypto';
import { checkAddress } from '@paydesk/contract/address';
import type { Order, PlacedOrder, PlaceOrderRequest } from '@paydesk/contract/orders';
import { findKey } from '../db/idempotency.ts';
import {
  countHeldOrders,
  insertOrder,
  type OrderEventRow,
  type OrderLineRow,
  type OrderRow,
} from '../db/orders.ts';
import { insertEffect } from '../db/outbox.ts';
import {
  availableOf,
  firstImage,
  holdStock,
  lockStocked,
  pricesOf,
  type StockedProduct,
} from '../db/products.ts';
import { type Country, countDiscountUses, lockDiscount, useDiscount } from '../db/rates.ts';
import type { Tx } from '../db/schema.ts';
import { chargeable } from '../domain/money.ts';
import {
  type CartLine,
  type Discount,
  discountProblem,
  type Pricing,
  priceCart,
  subtotalOf,
  sumPerProduct,
} from '../domain/pricing.ts';
import { AppError } from './errors.ts';
import { claim, type RequestKey, replayOf, requestKey, sha256 } from './idempotency.ts';
import type { App } from './ports.ts';
import { presentOrder } from './present-order.ts';
import { discountMessage, normalizeCode, normalizeEmail, requireCountry, requireProducts } from './quote.ts';

const scope = 'place-order';

/** What is kept to answer a repeated request with. The token is not in it: it is made again from the caller's key. */
type StoredReply = { order: Order; salt: string };

/**
 * T1: prices the cart, holds its stock and stores the order, in one transaction. All or nothing: after a crash the same
 * key finds the order or places it.
 *
 * @param key the caller's Idempotency-Key; without one, a repeated request is a second order
 * @throws AppError out_of_stock, discount_not_applicable, product_not_found, country_not_served, invalid_address,
 *   amount_too_small, amount_too_large, too_many_requests, idempotency_key_reused
 */
export async function placeOrder(
  app: App,
  request: PlaceOrderRequest,
  key: string | undefined,
): Promise<PlacedOrder> {
  const country = checkRequest(app, request);
  const claimed = requestKey(scope, key, request);
  const earlier = claimed && (await findReply(app, claimed));
  if (earlier) return placed(earlier, key);

  const lines = sumPerProduct(request.items);
  const reply = await app.database.transaction(async (tx) => {
    const products = await lockProducts(tx, lines);
    const discount = await lockCode(app, tx, request, subtotalOf(lines, pricesOf([...products.values()])));
    const pricing = priceCart(lines, pricesOf([...products.values()]), discount, country);
    requireChargeable(app, pricing);
    await requireFewHeld(app, tx, request.contact.email);

    const salt = app.ids.secret();
    const draft = draftOrder(app, request, pricing, {
      products,
      discount,
      country,
      token: accessToken(salt, key),
    });
    const stored: StoredReply = {
      order: presentOrder(app, {
        order: draft.order,
        lines: draft.lines,
        payments: [],
        events: [draft.event],
      }),
      salt,
    };
    if (claimed) {
      const winner = await claim(tx, claimed, draft.order.placed_at, {
        status: 201,
        reply: JSON.stringify(stored),
      });
      if (winner.state === 'done') return JSON.parse(winner.reply) as StoredReply;
    }
    await writeOrder(app, tx, draft, lines, discount);
    return stored;
  });
  app.log.info({ orderId: reply.order.id, number: reply.order.number }, 'order placed');
  return placed(reply, key);
}

function checkRequest(app: App, request: PlaceOrderRequest): Country {
  const country = requireCountry(app, request.shippingAddress.country);
  const problems = checkAddress(request.shippingAddress);
  if (problems.length > 0) {
    throw new AppError('invalid_address', { message: problems[0]!.message, details: { problems } });
  }
  return country;
}

async function findReply(app: App, key: RequestKey): Promise<StoredReply | null> {
  const row = await findKey(app.database.read, key.scope, key.keyHash);
  const known = row && replayOf(key, row, app.clock.now());
  return known?.state === 'done' ? (JSON.parse(known.reply) as StoredReply) : null;
}

function placed(stored: StoredReply, key: string | undefined): PlacedOrder {
  return { order: stored.order, accessToken: accessToken(stored.salt, key) };
}

/**
 * With a key the token can be made again for a repeated request although we store neither: the caller knows the key, we
 * know the salt. Somebody who reads our database lacks the key, somebody who guesses the key lacks the salt.
 */
function accessToken(salt: string, key: string | undefined): string {
  return key === undefined ? salt : createHmac('sha256', salt).update(key).digest('base64url');
}

async function lockProducts(tx: Tx, lines: CartLine[]): Promise<Map<string, StockedProduct>> {
  const rows = await lockStocked(
    tx,
    lines.map((line) => line.productId),
  );
  const products = new Map(rows.map((row) => [row.id, row]));
  requireProducts(lines, products);
  const short = lines.filter((line) => availableOf(products.get(line.productId)!) < line.quantity);
  if (short.length === 0) return products;
  throw new AppError('out_of_stock', {
    details: {
      items: short.map((line) => ({
        productId: line.productId,
        quantity: line.quantity,
        available: availableOf(products.get(line.productId)!),
      })),
    },
  });
}

async function lockCode(
  app: App,
  tx: Tx,
  request: PlaceOrderRequest,
  subtotal: number,
): Promise<Discount | null> {
  if (request.discountCode === undefined) return null;
  const code = normalizeCode(request.discountCode);
  const discount = await lockDiscount(tx, code);
  const usesByEmail = await countDiscountUses(tx, code, normalizeEmail(request.contact.email));
  const problem = discountProblem(discount, { now: app.clock.now(), subtotal, usesByEmail });
  if (problem === null && discount) return discount;
  const reason = problem ?? 'unknown_code';
  throw new AppError('discount_not_applicable', {
    message: discountMessage(app, reason, discount, subtotal),
    details: { problem: reason },
  });
}

function requireChargeable(app: App, pricing: Pricing): void {
  const answer = chargeable(pricing.total, app.shop.currency);
  if (answer !== 'yes') throw new AppError(answer === 'too_small' ? 'amount_too_small' : 'amount_too_large');
}

/** Against hoarding: without it, one person could hold all stock with orders that are never paid. */
async function requireFewHeld(app: App, tx: Tx, email: string): Promise<void> {
  const limit = app.limits.unpaidOrdersPerEmail;
  if (limit === 0 || (await countHeldOrders(tx, normalizeEmail(email))) < limit) return;
  throw new AppError('too_many_requests', {
    message: 'You have several unpaid orders. Pay or cancel one of them first.',
    retryAfter: 60,
  });
}

type Draft = { order: OrderRow; lines: OrderLineRow[]; event: OrderEventRow };

function draftOrder(
  app: App,
  request: PlaceOrderRequest,
  pricing: Pricing,
  found: {
    products: Map<string, StockedProduct>;
    discount: Discount | null;
    country: Country;
    token: string;
  },
): Draft {
  const now = app.clock.now();
  const id = app.ids.next('ord');
  const order: OrderRow = {
    id,
    number: app.ids.orderNumber(),
    status: 'pending',
    fulfilment: 'unfulfilled',
    version: 1,
    currency: app.shop.currency,
    email: normalizeEmail(request.contact.email),
    contact_json: JSON.stringify(request.contact),
    address_json: JSON.stringify(request.shippingAddress),
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
    expires_at: now + app.shop.holdFor,
    paid_at: null,
  };
  const event: OrderEventRow = {
    order_id: id,
    version: 1,
    at: now,
    type: 'order.placed',
    status: 'pending',
    message: 'Order placed. The items are reserved.',
    payment_id: null,
    event_id: null,
  };
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
    };
  });
}

async function writeOrder(
  app: App,
  tx: Tx,
  draft: Draft,
  lines: CartLine[],
  discount: Discount | null,
): Promise<void> {
  const { order } = draft;
  const [held] = await Promise.all([
    holdStock(tx, lines),
    insertOrder(tx, order, draft.lines, draft.event),
    insertEffect(tx, {
      id: app.ids.next('eff'),
      kind: 'order.close',
      orderId: order.id,
      subjectId: order.id,
      notBefore: order.expires_at,
      now: order.placed_at,
    }),
  ]);
  if (!held) throw new AppError('out_of_stock');
  if (discount) await useDiscount(tx, discount.code, order.id, order.email);
}
