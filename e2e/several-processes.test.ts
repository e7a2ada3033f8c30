import { randomBytes } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { createDatabase } from '../tools/postgres.ts';
import { cards, challenge, chooseStripesPage, fillCard, pay, startCheckout } from './pages/checkout.ts';
import { leaveHostedPage } from './pages/hosted-page.ts';
import { markPage, orderBecomes, wasReloaded } from './pages/order-page.ts';
import { chargesFor } from './support/sandbox.ts';
import { letHoldEnd, orderIdOf, placedOrderId, readOrder } from './support/shop-books.ts';
import { useShop } from './support/visitors.ts';

const { shop, visit } = useShop(async () => ({
  databaseUrl: await createDatabase(process.env.TEST_POSTGRES_URL!, `e2e_${randomBytes(6).toString('hex')}`),
  role: 'web',
}));
let secondWeb = '';

beforeAll(async () => {
  [secondWeb = ''] = await Promise.all([shop().startAnother('web'), shop().startAnother('worker')]);
});

test('On PostgreSQL an order paid through one process becomes paid on the live page of another.', async () => {
  const { page, openTab } = await visit();
  await startCheckout(page, 'olive-soap');
  await fillCard(page, cards.asksForAuthentication);
  await pay(page);
  const question = challenge(page).getByRole('button', { name: 'Complete authentication' });
  await question.waitFor();

  const id = await placedOrderId(page.context());
  const watching = await openTab();
  await watching.goto(`${secondWeb}/orders/${id}`);
  await orderBecomes(watching, 'unpaid');
  await markPage(watching);
  await question.click();
  await Promise.all([orderBecomes(page, 'paid'), orderBecomes(watching, 'paid')]);
  expect(await wasReloaded(watching)).toBe(false);
  const order = await readOrder(page);
  expect(order.timeline.find(({ type }) => type === 'order.paid')?.eventId).toMatch(/^evt_/);
  expect(await chargesFor(shop(), order)).toHaveLength(1);
});

test('On PostgreSQL the worker expires an order, and the web processes show it live.', async () => {
  const { page, openTab } = await visit();
  await startCheckout(page, 'olive-soap');
  await chooseStripesPage(page);
  await pay(page);
  await leaveHostedPage(page);
  await orderBecomes(page, 'unpaid');
  const watching = await openTab();
  await watching.goto(`${secondWeb}/orders/${orderIdOf(page)}`);
  await orderBecomes(watching, 'unpaid');
  await letHoldEnd(shop(), orderIdOf(page));
  await Promise.all([orderBecomes(page, 'expired'), orderBecomes(watching, 'expired')]);
});
