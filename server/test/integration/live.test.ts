import type { PlacedOrder } from '@paydesk/contract/orders';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pay, started } from '../support/customer.ts';
import { type LiveStream, openLive } from '../support/live-stream.ts';
import { call, databases, order, startTestShop, type TestShop, until } from '../support/shop.ts';
import { type ShopProcess, startProcessBeside } from '../support/shop-process.ts';

describe.each(databases)('the live view of an order on %s', (kind) => {
  let shop: TestShop;
  let other: ShopProcess;
  beforeAll(async () => {
    shop = await startTestShop(kind);
    other = await startProcessBeside(shop);
  });
  afterAll(async () => {
    await other.stop();
    await shop.stop();
  });

  const cancel = (placed: PlacedOrder, at: { url: string } = shop) =>
    call(at, 'POST', `/api/orders/${placed.order.id}/cancel`, { token: placed.accessToken });

  it('begins with what is true now', async () => {
    const placed = await order(shop);
    const live = await openLive(shop, placed);
    expect(live.status).toBe(200);
    expect(live.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(live.headers.get('cache-control')).toContain('no-store');
    expect(await live.next()).toEqual({
      id: '1',
      event: 'order',
      data: { id: placed.order.id, status: 'pending', version: 1 },
    });
    live.close();
  });

  it('says every change with the version for its id, and nothing about the person', async () => {
    const placed = await order(shop);
    const live = await openLive(shop, placed);
    await live.next();
    await cancel(placed);
    const change = await live.next();
    expect(change).toEqual({
      id: '2',
      event: 'order',
      data: { id: placed.order.id, status: 'canceled', version: 2 },
    });
    live.close();
  });

  it('shows the order become paid by the signed webhook', async () => {
    const placed = await order(shop);
    const live = await openLive(shop, placed);
    await pay(shop, await started(shop, placed));
    const seen = await statusesUntil(live, 'paid');
    expect(seen.map(({ version }) => version)).toEqual(
      seen.map(({ version }) => version).toSorted((a, b) => a - b),
    );
    live.close();
  });

  it('shows what another process changed', async () => {
    const placed = await order(other);
    const here = await openLive(shop, placed);
    const there = await openLive(other, placed);
    expect((await here.next()).data).toEqual((await there.next()).data);
    expect((await cancel(placed, other)).status).toBe(200);
    expect((await here.next()).data).toMatchObject({ status: 'canceled', version: 2 });
    expect((await there.next()).data).toMatchObject({ status: 'canceled', version: 2 });
    here.close();
    there.close();
  });

  it('shows in another process what this one changed', async () => {
    const placed = await order(shop);
    const there = await openLive(other, placed);
    await there.next();
    await cancel(placed);
    expect((await there.next()).data).toMatchObject({ status: 'canceled', version: 2 });
    there.close();
  });

  it('tells each window only about its own order', async () => {
    const [mine, theirs] = [await order(shop), await order(shop)];
    const live = await openLive(shop, mine);
    await live.next();
    await cancel(theirs);
    await cancel(mine);
    expect((await live.next()).data.id).toBe(mine.order.id);
    live.close();
  });

  it('is not opened for an unknown order, a foreign token or none', async () => {
    const [mine, theirs] = [await order(shop), await order(shop)];
    const unknown = { ...mine, order: { ...mine.order, id: 'ord_unknown' } };
    for (const refused of [
      await openLive(shop, mine, theirs.accessToken),
      await openLive(shop, mine, ''),
      await openLive(shop, unknown),
    ]) {
      expect(refused.status).toBe(404);
      expect(refused.headers.get('content-type')).toBe('application/json; charset=utf-8');
      refused.close();
    }
  });

  it('is not kept open for a question about its headers', async () => {
    const placed = await order(shop);
    const reply = await call(shop, 'HEAD', `/api/orders/${placed.order.id}/events`, {
      token: placed.accessToken,
    });
    expect(reply.status).toBe(404);
    expect(shop.app.live.watchers).toBe(0);
  });

  it('is opened in twenty windows of one order at most, and again when one is closed', async () => {
    const placed = await order(shop);
    const open = await Promise.all(Array.from({ length: 20 }, () => openLive(shop, placed)));
    expect(open.map(({ status }) => status)).toEqual(Array(20).fill(200));
    const refused = await openLive(shop, placed);
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('10');
    open.pop()!.close();
    const again = await until(
      () => openLive(shop, placed),
      ({ status }) => status === 200,
    );
    for (const live of [...open, again, refused]) live.close();
    await until(
      async () => shop.app.live.watchers,
      (watchers) => watchers === 0,
    );
  });
});

it('ends its live views when the shop stops', async () => {
  const shop = await startTestShop('SQLite', { jobs: 'manual', webhooks: false });
  const live = await openLive(shop, await order(shop));
  await live.next();
  await shop.stop();
  await live.ended();
});

async function statusesUntil(
  live: LiveStream,
  status: string,
): Promise<{ status: string; version: number }[]> {
  const seen: { status: string; version: number }[] = [];
  while (seen.at(-1)?.status !== status) seen.push((await live.next()).data);
  return seen;
}
