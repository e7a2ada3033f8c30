import type { Order } from '@paydesk/contract/orders';
import { sql } from 'kysely';
import type { BrowserContext, Page } from 'playwright-core';
import { openDatabase } from '../../server/src/db/dialect.ts';
import type { Tx } from '../../server/src/db/schema.ts';
import type { Shop } from './shop.ts';

/** The order that a page is about, by its address. */
export function orderIdOf(page: Page): string {
  const { pathname, searchParams } = new URL(page.url());
  const id = searchParams.get('order') ?? /^\/orders\/([^/]+)$/.exec(pathname)?.[1];
  if (!id) throw new Error(`No order in ${page.url()}`);
  return id;
}

/** The order that a browser has placed last, before any page names it: its cookie is named after it. */
export async function placedOrderId(context: BrowserContext): Promise<string> {
  const names = (await context.cookies()).map(({ name }) => name).filter((name) => name.startsWith('ord_'));
  const id = names.at(-1);
  if (!id) throw new Error('This browser has placed no order.');
  return id;
}

/** What the shop's API says about an order, asked as the visitor whose page it is. */
export async function readOrder(page: Page, id = orderIdOf(page)): Promise<Order> {
  const answer = await page.context().request.get(`/api/orders/${id}`);
  if (!answer.ok()) throw new Error(`GET /api/orders/${id}: ${answer.status()}`);
  return ((await answer.json()) as { order: Order }).order;
}

/** Does to the shop's database what its owner, or the passing of time, would have done. */
async function changeBooks(shop: Shop, change: (tx: Tx) => Promise<unknown>): Promise<void> {
  const database = openDatabase(shop.databaseUrl);
  try {
    await database.transaction(change);
  } finally {
    await database.close();
  }
}

/** Leaves `units` of a product for new buyers; what orders hold stays held. */
export async function setStock(shop: Shop, slug: string, units: number): Promise<void> {
  await changeBooks(shop, async (tx) => {
    const { reserved } = await tx
      .selectFrom('products')
      .select('reserved')
      .where('slug', '=', slug)
      .executeTakeFirstOrThrow();
    await tx
      .updateTable('products')
      .set({ on_hand: reserved + units })
      .where('slug', '=', slug)
      .execute();
  });
}

/** @param price minor units */
export async function setPrice(shop: Shop, slug: string, price: number): Promise<void> {
  await changeBooks(shop, (tx) =>
    tx.updateTable('products').set({ price }).where('slug', '=', slug).execute(),
  );
}

/** As if the order had been placed long ago: its time is over and the shop's own job finds it. */
export async function letHoldEnd(shop: Shop, orderId: string): Promise<void> {
  await changeBooks(shop, async (tx) => {
    await tx.updateTable('orders').set({ expires_at: 1 }).where('id', '=', orderId).execute();
    await tx
      .updateTable('outbox')
      .set({ not_before: 1 })
      .where('order_id', '=', orderId)
      .where('kind', '=', 'order.close')
      .execute();
  });
}

/** As if half a minute had passed since the shop fetched Stripe's events last. */
export async function makePollDue(shop: Shop): Promise<void> {
  await changeBooks(shop, (tx) =>
    tx.updateTable('settings').set({ value: '1' }).where('key', '=', 'turn:poll:stripe').execute(),
  );
}

/** As if everybody had signed in so many hours earlier than they did. */
export async function makeSignInsOld(shop: Shop, hours: number): Promise<void> {
  const at = new Date(Date.now() - hours * 3_600_000).toISOString();
  await changeBooks(shop, (tx) => sql`UPDATE sessions SET created_at = ${at}`.execute(tx));
}

/** As if everybody who has given their password had taken too long for the second step. */
export async function endSecondSteps(shop: Shop): Promise<void> {
  await changeBooks(shop, (tx) => sql`DELETE FROM verifications`.execute(tx));
}
