import type { Tracking } from '@paydesk/contract/fulfilments';
import type { Order } from '@paydesk/contract/orders';
import { type FulfilmentRow, findFulfilments, insertFulfilment, updateTracking } from '../../db/desk.ts';
import { changeOrder, findOrder, lockOrder, type OrderRow } from '../../db/orders.ts';
import { insertEffect } from '../../db/outbox.ts';
import type { Tx } from '../../db/schema.ts';
import { isFulfillable } from '../../domain/order.ts';
import { AppError } from '../errors.ts';
import { claim, finish, type RequestKey, requestKey } from '../idempotency.ts';
import type { App } from '../ports.ts';
import { loadOrder } from '../present-order.ts';

export type FulfilOrder = { orderId: string; tracking: Tracking; by: string; key?: string | undefined };

/**
 * An operator has handed the parcel over: the order says so, once, and the customer hears of it by e-mail. The same said
 * again is no news.
 *
 * @throws AppError order_not_found, order_not_fulfillable, order_already_fulfilled (with another tracking),
 *   idempotency_key_reused
 */
export async function fulfilOrder(app: App, request: FulfilOrder): Promise<Order> {
  return await change(app, request, 'fulfil', async (tx, order) => {
    const now = app.clock.now();
    const [known] = await findFulfilments(tx, order.id);
    if (known) {
      if (!isSame(known, request.tracking)) throw new AppError('order_already_fulfilled');
      return;
    }
    if (!isFulfillable(order.status)) throw new AppError('order_not_fulfillable');
    const event = {
      at: now,
      type: 'order.shipped',
      message: sentMessage(request.tracking),
    };
    await insertFulfilment(tx, {
      id: app.ids.next('ful'),
      order_id: order.id,
      ...columns(request.tracking),
      shipped_at: now,
      shipped_by: request.by,
    });
    await changeOrder(
      tx,
      order,
      { fulfilment: 'fulfilled' },
      { ...event, actor: 'operator', by: request.by },
    );
    await insertEffect(tx, {
      kind: 'mail.shipped',
      orderId: order.id,
      subjectId: order.id,
      notBefore: now,
      now,
    });
  });
}

/**
 * The tracking was wrong, or came later. Nobody is told by e-mail; the one that was sent can be sent again.
 *
 * @throws AppError order_not_found, order_not_fulfilled, idempotency_key_reused
 */
export async function correctTracking(app: App, request: FulfilOrder): Promise<Order> {
  return await change(app, request, 'tracking', async (tx, order) => {
    const [known] = await findFulfilments(tx, order.id);
    if (!known) throw new AppError('order_not_fulfilled');
    if (isSame(known, request.tracking)) return;
    await updateTracking(tx, order.id, columns(request.tracking));
    await changeOrder(
      tx,
      order,
      {},
      {
        at: app.clock.now(),
        type: 'order.tracking',
        message: correctedMessage(request.tracking),
        actor: 'operator',
        by: request.by,
      },
    );
  });
}

async function change(
  app: App,
  { orderId, tracking, by, key: text }: FulfilOrder,
  what: string,
  write: (tx: Tx, order: OrderRow) => Promise<void>,
): Promise<Order> {
  refuseOddAddress(tracking);
  const key = requestKey(`${what}:${orderId}`, text, tracking);
  await app.database.transaction((tx) => once(app, tx, orderId, key, write));
  app.live.changed(orderId);
  app.log.info({ orderId, by }, what === 'fulfil' ? 'an order was sent' : 'its tracking was corrected');
  const order = await findOrder(app.database.read, orderId);
  if (!order) throw new AppError('order_not_found');
  return await loadOrder(app, order);
}

async function once(
  app: App,
  tx: Tx,
  orderId: string,
  key: RequestKey | null,
  write: (tx: Tx, order: OrderRow) => Promise<void>,
): Promise<void> {
  const order = await lockOrder(tx, orderId);
  if (!order) throw new AppError('order_not_found');
  const claimed = key ? await claim(tx, key, app.clock.now()) : null;
  if (claimed?.state === 'done') return;
  await write(tx, order);
  if (key) await finish(tx, key, 200, '');
}

/** What the pattern of the contract lets through and no browser opens, or what would hide where it leads. */
function refuseOddAddress({ trackingUrl }: Tracking): void {
  if (trackingUrl === undefined) return;
  const url = URL.canParse(trackingUrl) ? new URL(trackingUrl) : null;
  if (url?.protocol !== 'https:' || url.username !== '' || url.password !== '')
    throw new AppError('invalid_request', {
      message: 'trackingUrl must be an address that begins with https://.',
    });
}

function columns(tracking: Tracking): Pick<FulfilmentRow, 'carrier' | 'tracking_number' | 'tracking_url'> {
  return {
    carrier: tracking.carrier?.trim() ?? null,
    tracking_number: tracking.trackingNumber?.trim() ?? null,
    tracking_url: tracking.trackingUrl ?? null,
  };
}

function isSame(row: FulfilmentRow, tracking: Tracking): boolean {
  const { carrier, tracking_number, tracking_url } = columns(tracking);
  return (
    row.carrier === carrier && row.tracking_number === tracking_number && row.tracking_url === tracking_url
  );
}

/** Carrier and number, as far as they are known. */
function named(tracking: Tracking): string {
  const { carrier, tracking_number: number } = columns(tracking);
  return [carrier, number && `tracking number ${number}`].filter(Boolean).join(', ');
}

function sentMessage(tracking: Tracking): string {
  const name = named(tracking);
  return name === '' ? 'The order is on its way.' : `The order is on its way: ${name}.`;
}

function correctedMessage(tracking: Tracking): string {
  const name = named(tracking);
  return name === '' ? 'The tracking was corrected.' : `The tracking was corrected: ${name}.`;
}
