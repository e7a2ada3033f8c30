import { createHmac } from 'node:crypto';
import type { PlacedOrder, PlaceOrderRequest } from '@paydesk/contract/orders';
import type { Last } from '../db/database.ts';
import {
  countHeldOrders,
  findEvents,
  findLines,
  findOrder,
  findOrderByNumber,
  insertOrder,
} from '../db/orders.ts';
import { insertEffect } from '../db/outbox.ts';
import { availableOf, holdStock, lockStocked, pricesOf, type StockedProduct } from '../db/products.ts';
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
import { draftOrder, type OrderDraft } from './draft-order.ts';
import { AppError } from './errors.ts';
import { claim, type RequestKey, requestKey } from './idempotency.ts';
import type { App } from './ports.ts';
import { type OrderParts, presentOrder } from './present-order.ts';
import { discountMessage, normalizeCode, normalizeEmail, requireAddress, requireProducts } from './quote.ts';

const scope = 'place-order';
/** Most orders are paid within a minute, and then the receipt is the only mail that anybody wants, in milliseconds. */
const placedMailDelay = 60_000;

/**
 * What is kept to answer a repeated request with: enough to make the same reply again, because an order's lines and totals
 * never change. The token is not in it: it is made again from the caller's key.
 */
type StoredReply = { orderId: string; expiresAt: number; salt: string };

type Wanted = {
  number: string;
  request: PlaceOrderRequest;
  country: Country;
  claimed: RequestKey | null;
  key: string | undefined;
  personId: string | null;
};

/** A reply that was just made, or one to be made again. */
type Placing = { salt: string; parts: OrderParts } | { earlier: StoredReply };

/**
 * T1: prices the cart, holds its stock and stores the order, in one transaction. All or nothing: after a crash the same
 * key finds the order or places it.
 *
 * @param key the caller's Idempotency-Key; without one, a repeated request is a second order
 * @param personId whose account the order will be in; null for a guest
 * @throws AppError out_of_stock, discount_not_applicable, product_not_found, country_not_served, invalid_address,
 *   amount_too_small, amount_too_large, too_many_requests, idempotency_key_reused
 */
export async function placeOrder(
  app: App,
  request: PlaceOrderRequest,
  key: string | undefined,
  personId: string | null,
): Promise<PlacedOrder> {
  const country = requireAddress(app, request.shippingAddress);
  const claimed = requestKey(scope, key, request);
  const placing = await withFreeNumber(app, (number) =>
    app.database.transaction((tx, last) =>
      place(app, tx, last, { number, request, country, claimed, key, personId }),
    ),
  );
  if ('earlier' in placing) return await replay(app, placing.earlier, key);
  const order = presentOrder(app, placing.parts);
  app.log.info({ orderId: order.id, number: order.number }, 'order placed');
  return { order, accessToken: accessToken(placing.salt, key) };
}

/**
 * Numbers are short because people read them aloud, and random because nobody shall count our orders. Of a million orders one has the
 * number that is drawn about once in a million times: the table refuses it, and another is drawn.
 */
async function withFreeNumber<T>(app: App, work: (number: string) => Promise<T>): Promise<T> {
  const number = app.ids.orderNumber();
  try {
    return await work(number);
  } catch (error) {
    if (error instanceof AppError || app.database.isUnavailable(error)) throw error;
    if (!(await findOrderByNumber(app.database.read, number))) throw error;
    app.log.info({ number }, 'an order has this number already');
    return await work(app.ids.orderNumber());
  }
}

async function place(
  app: App,
  tx: Tx,
  last: Last,
  { number, request, country, claimed, key, personId }: Wanted,
): Promise<Placing> {
  const now = app.clock.now();
  const reply: StoredReply = {
    orderId: app.ids.next('ord'),
    expiresAt: now + app.shop.holdFor,
    salt: app.ids.secret(),
  };
  const lines = sumPerProduct(request.items);
  // Should anything below refuse the order, the claim is rolled back with the rest and the key can be used again.
  const [winner, products] = await Promise.all([
    claimed ? claim(tx, claimed, now, { status: 201, reply: JSON.stringify(reply) }) : null,
    lockProducts(tx, lines),
  ]);
  if (winner?.state === 'done') return { earlier: JSON.parse(winner.reply) as StoredReply };
  requireStock(lines, products);
  const prices = pricesOf([...products.values()]);
  const discount = await lockCode(app, tx, request, subtotalOf(lines, prices));
  const pricing = priceCart(lines, prices, discount, country);
  requireChargeable(app, pricing);
  await requireFewHeld(app, tx, request.contact.email);
  const token = accessToken(reply.salt, key);
  const draft = draftOrder(app, request, pricing, {
    ...reply,
    number,
    now,
    products,
    discount,
    country,
    token,
    personId,
  });
  await writeOrder(tx, last, draft, lines, discount);
  const { order, lines: drafted, event } = draft;
  const nothingYet = { payments: [], refunds: [], disputes: [], fulfilments: [], mails: [] };
  const parts = { order, lines: drafted, ...nothingYet, events: [event] };
  return { salt: reply.salt, parts };
}

/** The reply as it was then, whatever has happened to the order since. */
async function replay(app: App, stored: StoredReply, key: string | undefined): Promise<PlacedOrder> {
  const [order, lines, events] = await Promise.all([
    findOrder(app.database.read, stored.orderId),
    findLines(app.database.read, stored.orderId),
    findEvents(app.database.read, stored.orderId),
  ]);
  const first = events[0];
  if (!order || !first) throw new Error(`order ${stored.orderId} is gone`);
  const then: OrderParts['order'] = {
    ...order,
    status: 'pending',
    fulfilment: 'unfulfilled',
    version: 1,
    received: 0,
    hold: 'held',
    closing: null,
    expires_at: stored.expiresAt,
    paid_at: null,
    refunded: 0,
  };
  const parts = {
    order: then,
    lines,
    payments: [],
    refunds: [],
    disputes: [],
    fulfilments: [],
    mails: [],
    events: [first],
  };
  return { order: presentOrder(app, parts), accessToken: accessToken(stored.salt, key) };
}

/**
 * With a key the token can be made again for a repeated request although we store neither: the caller knows the key, we
 * know the salt. Somebody who reads our database lacks the key, somebody who guesses the key lacks the salt.
 */
function accessToken(salt: string, key: string | undefined): string {
  return key === undefined ? salt : createHmac('sha256', salt).update(key).digest('base64url');
}

async function lockProducts(tx: Tx, lines: CartLine[]): Promise<Map<string, StockedProduct>> {
  const rows = await lockStocked(tx, lines);
  return new Map(rows.map((row) => [row.id, row]));
}

function requireStock(lines: CartLine[], products: Map<string, StockedProduct>): void {
  requireProducts(lines, products);
  const short = lines.filter((line) => availableOf(products.get(line.productId)!) < line.quantity);
  if (short.length === 0) return;
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

async function writeOrder(
  tx: Tx,
  last: Last,
  draft: OrderDraft,
  lines: CartLine[],
  discount: Discount | null,
): Promise<void> {
  const { order } = draft;
  const writes = Promise.all([
    holdStock(tx, lines),
    insertOrder(tx, order, draft.lines, draft.event),
    insertEffect(tx, {
      kind: 'order.close',
      orderId: order.id,
      subjectId: order.id,
      notBefore: order.expires_at,
      now: order.placed_at,
    }),
    insertEffect(tx, {
      kind: 'mail.placed',
      orderId: order.id,
      subjectId: order.id,
      notBefore: order.placed_at + placedMailDelay,
      now: order.placed_at,
    }),
  ]);
  if (!discount) return last(writes);
  await writes;
  await useDiscount(tx, discount.code, order.id, order.email);
}
