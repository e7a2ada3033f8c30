import { closedEvent } from '../../../server/src/app/closed-event.ts';
import { draftOrder } from '../../../server/src/app/draft-order.ts';
import type { App } from '../../../server/src/app/ports.ts';
import {
  type OrderEvent,
  type OrderLineRow,
  type OrderRow,
  timelineRow,
} from '../../../server/src/db/orders.ts';
import { dedupeKey, type EffectKind, type OutboxRow } from '../../../server/src/db/outbox.ts';
import { nextOrderStatus } from '../../../server/src/domain/order.ts';
import { type Discount, priceCart } from '../../../server/src/domain/pricing.ts';
import type { Stage } from './stage.ts';

export const second = 1_000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

/** One order as it comes about: what is stored of it, and when it is now in its life. */
export type Story = {
  stage: Stage;
  order: OrderRow;
  lines: OrderLineRow[];
  at: number;
  attempts: number;
  effects: Map<string, OutboxRow>;
};

const welcome: Discount = {
  code: 'WELCOME10',
  kind: 'percent',
  value: 1_000,
  minimumSpend: 0,
  startsAt: null,
  endsAt: null,
  maxUses: null,
  maxUsesPerEmail: null,
  uses: 0,
};

/** Somebody places an order. The rows are those that the shop would have written, by its own functions. */
export function placeOrder(stage: Stage, at: number, hasDiscount: boolean): Story {
  const { customer, personId } = stage.customer(at);
  const app = stage.appAt(at);
  const country = app.shop.countries.get(customer.address.country)!;
  const cart = pickCart(stage);
  const prices = new Map([...stage.products].map(([id, { price }]) => [id, price]));
  const discount = hasDiscount ? welcome : null;
  const request = { items: cart, contact: customer.contact, shippingAddress: customer.address };
  const { order, lines, event } = draftOrder(app, request, priceCart(cart, prices, discount, country), {
    orderId: stage.id('ord', at),
    number: stage.number(),
    now: at,
    expiresAt: at + app.shop.holdFor,
    products: new Map(stage.products),
    discount,
    country,
    token: stage.text(40),
    personId,
  });
  const story: Story = { stage, order, lines, at, attempts: 0, effects: new Map() };
  stage.rows.add('orders', order);
  for (const line of lines) stage.rows.add('order_lines', line);
  stage.rows.add('order_events', event);
  addEffect(story, 'order.close', order.id, { due: order.expires_at, done: null });
  const told = at + minute;
  addEffect(story, 'mail.placed', order.id, { due: told, done: told > stage.options.until ? null : told });
  addRequest(story, 'place-order', { orderId: order.id, expiresAt: order.expires_at, salt: stage.text(43) });
  return story;
}

function pickCart(stage: Stage): { productId: string; quantity: number }[] {
  const { random } = stage;
  const ids = [...stage.products.keys()];
  const wanted = random.weighted([
    { weight: 55, lines: 1 },
    { weight: 28, lines: 2 },
    { weight: 12, lines: 3 },
    { weight: 5, lines: 5 },
  ]).lines;
  const chosen = new Set<string>();
  while (chosen.size < Math.min(wanted, ids.length)) chosen.add(random.pick(ids));
  return [...chosen].map((productId) => ({
    productId,
    quantity: random.chance(0.75) ? 1 : random.whole(2, 4),
  }));
}

/** Lets time pass; false when that would be in the future, and then it does not. */
export function later(story: Story, milliseconds: number): boolean {
  if (story.at + milliseconds > story.stage.options.until) return false;
  story.at += milliseconds;
  return true;
}

/** Changes the order as the shop does: with one row of its timeline, chained to the one before. */
export function change(story: Story, changes: Partial<OrderRow>, event: Omit<OrderEvent, 'at'>): void {
  const { order, stage } = story;
  const previous = order.audit_hash;
  Object.assign(order, changes, { version: order.version + 1 });
  const row = timelineRow(order, previous, { ...event, at: story.at });
  order.audit_hash = row.hash;
  stage.rows.add('order_events', row);
}

/** Who hands parcels over in a shop that never was. */
const packer = 'Pat Packer';

type Timing = { due?: number; done: number | null; dropped?: string };

/** Something that was to be done because of the order, and was or is not yet; once, however often it is called for. */
export function addEffect(
  story: Story,
  kind: EffectKind,
  subjectId: string,
  { due = story.at, done, dropped }: Timing,
): void {
  const key = dedupeKey(kind, subjectId);
  if (story.effects.has(key)) return;
  const row = story.stage.rows.add('outbox', {
    dedupe_key: key,
    kind,
    order_id: story.order.id,
    subject_id: subjectId,
    not_before: due,
    attempts: done !== null && dropped === undefined ? 1 : 0,
    lease_token: null,
    lease_until: null,
    last_error: dropped ?? null,
    created_at: story.at,
    done_at: done,
    dead_at: null,
  });
  story.effects.set(key, row);
}

/** It is done now, or, with a reason, not needed any more. */
export function settleEffect(
  story: Story,
  kind: EffectKind,
  subjectId: string,
  why: string | null = null,
): void {
  const row = story.effects.get(dedupeKey(kind, subjectId));
  if (row) Object.assign(row, { done_at: story.at, last_error: why });
}

/** The request that a customer's browser made, under the key that it made up. */
export function addRequest(story: Story, scope: string, reply: object): void {
  const { stage, at } = story;
  stage.rows.add('idempotency', {
    scope,
    key_hash: stage.text(43),
    fingerprint: stage.text(43),
    state: 'done',
    locked_until: at + 30 * second,
    status: 201,
    reply: JSON.stringify(reply),
    created_at: at,
  });
}

/** Nobody paid: the order ends, and what it held goes back. */
export function closeOrder(story: Story, reason: 'cancel' | 'expire'): void {
  const { order } = story;
  const { at: _, ...event } = closedEvent(
    { reason, words: undefined, by: undefined, refunds: false },
    story.at,
  );
  const fact = reason === 'expire' ? 'expired' : 'canceled';
  change(story, { status: nextOrderStatus(order.status, fact), hold: 'released' }, event);
  settleEffect(story, 'order.close', order.id);
}

/** The parcel is handed over. */
export function ship(story: Story): void {
  const { order, stage } = story;
  change(
    story,
    { fulfilment: 'fulfilled' },
    { type: 'order.shipped', message: 'The order is on its way.', actor: 'operator' },
  );
  const { id: order_id, version } = order;
  stage.rows.add('order_event_operators', { order_id, version, name: packer });
  stage.rows.add('fulfilments', {
    id: stage.id('ful', story.at),
    order_id,
    carrier: 'Parcel service',
    tracking_number: stage.text(12).toUpperCase(),
    tracking_url: null,
    shipped_at: story.at,
    shipped_by: packer,
  });
  addEffect(story, 'mail.shipped', order_id, { done: story.at });
}

/** At the end of what happened: the units that the order holds, and the use of its code. */
export function endStory({ stage, order, lines }: Story): void {
  const { held, uses } = stage.counts;
  if (order.hold === 'held')
    for (const { product_id: id, quantity } of lines) held.set(id, (held.get(id) ?? 0) + quantity);
  if (order.discount_code === null || order.hold === 'released') return;
  stage.rows.add('discount_uses', { code: order.discount_code, order_id: order.id, email: order.email });
  uses.set(order.discount_code, (uses.get(order.discount_code) ?? 0) + 1);
}

/** For functions of the shop that ask for all of it and use little. */
export function appOf(story: Story): App {
  return story.stage.appAt(story.at);
}
