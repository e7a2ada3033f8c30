import type { OrderChange } from '@paydesk/contract/orders';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findOrder } from '../../src/db/orders.ts';
import { checkBooks, checkStock, compareWithStripe, stockOnHand } from '../support/books.ts';
import { declined, pay, started } from '../support/customer.ts';
import { buyPatiently } from '../support/patient-customer.ts';
import { type Kind, order, until } from '../support/shop.ts';
import { type ShopProcesses, startShopProcesses } from '../support/shop-processes.ts';

const sets: [Kind, ('web' | 'worker')[]][] = [
  ['SQLite', ['web', 'web', 'worker']],
  ['PostgreSQL', ['web', 'web', 'worker', 'worker']],
];

describe.each(sets)('several processes on one %s', (kind, roles) => {
  let shop: ShopProcesses;
  let supplied: Map<string, number>;
  beforeAll(async () => {
    shop = await startShopProcesses(kind, roles);
    supplied = await stockOnHand(shop);
  });
  afterAll(() => shop.stop());

  const one = () => shop.processes[0]!;
  const other = () => shop.processes[1]!;
  const statusOf = async (orderId: string) => (await findOrder(shop.database.read, orderId))!.status;

  it('sell through either, and every purchase ends paid', async () => {
    const purchases = await Promise.all(
      Array.from({ length: 24 }, (_, index) =>
        buyPatiently(shop, () => (index % 2 ? one() : other()).url, index % 3 ? 'elements' : 'hosted'),
      ),
    );
    for (const { orderId } of purchases)
      await until(
        () => statusOf(orderId),
        (status) => status === 'paid',
        20_000,
      );
  });

  it('show a change that one of them made on the live view of another', async () => {
    const placed = await order(other());
    const view = await watch(other().url, placed.order.id, placed.accessToken);
    expect((await view.next()).status).toBe('pending');
    // The notification goes to the first process, the customer looks at the second.
    const payment = await started(other(), placed);
    await pay({ url: other().url, sandbox: shop.sandbox }, payment);
    const seen = await view.next();
    expect(seen).toEqual({ id: placed.order.id, status: 'paid', version: 2 });
    await view.close();
  });

  it('leave what needs looking up to the workers, and show that too', async () => {
    const placed = await order(one());
    const view = await watch(one().url, placed.order.id, placed.accessToken);
    await view.next();
    const payment = await started(one(), placed);
    expect((await pay({ url: one().url, sandbox: shop.sandbox }, payment, declined)).status).toBe(402);
    expect(await view.next()).toMatchObject({ status: 'failed' });
    await view.close();
    expect(one().output()).not.toContain('event digested');
  });

  it('leave books that are in order and agree with Stripe', async () => {
    await checkBooks(shop);
    await checkStock(shop, supplied);
    await compareWithStripe(shop);
  });
});

/** An order's live view: each call of `next` answers the next change. */
async function watch(url: string, orderId: string, token: string) {
  const abort = new AbortController();
  const response = await fetch(`${url}/api/orders/${orderId}/events`, {
    headers: { authorization: `Bearer ${token}` },
    signal: AbortSignal.any([abort.signal, AbortSignal.timeout(30_000)]),
  });
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const next = async (): Promise<OrderChange> => {
    for (;;) {
      const match = /data: (.*)\n\n/.exec(text);
      if (match) {
        text = text.slice(match.index + match[0].length);
        return JSON.parse(match[1]!) as OrderChange;
      }
      const { value, done } = await reader.read();
      if (done) throw new Error('the live view ended');
      text += value;
    }
  };
  return { next, close: async () => abort.abort() };
}
