import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { checkoutReady, chooseStripesPage, fillCard, pay, startCheckout } from './pages/checkout.ts';
import { leaveHostedPage } from './pages/hosted-page.ts';
import { markPage, orderBecomes, wasReloaded } from './pages/order-page.ts';
import { chargesFor } from './support/sandbox.ts';
import { letHoldEnd, orderIdOf, readOrder } from './support/shop-books.ts';
import { useShop } from './support/visitors.ts';

const { shop, visit } = useShop();

test('An order that is cancelled on its page charges nothing and its items can be put into the cart again.', async () => {
  const { page } = await visit();
  await leaveUnpaid(page);
  await page.getByRole('button', { name: 'Cancel order' }).click();
  await orderBecomes(page, 'canceled');
  await page.getByText('You were not charged.', { exact: true }).waitFor();
  const order = await readOrder(page);
  expect(order).toMatchObject({ status: 'canceled', payable: false, cancelable: false });
  expect(order.payments).toMatchObject([{ status: 'canceled' }]);
  expect(await chargesFor(shop(), order)).toEqual([]);

  await page.getByRole('button', { name: 'Add items to cart again' }).click();
  await page.getByRole('heading', { level: 1, name: 'Cart' }).waitFor();
  await page.getByRole('link', { name: 'Olive oil soap' }).waitFor();
});

test('An order whose time is over says so by itself, in every tab, and cannot be paid any more.', async () => {
  const { page, openTab } = await visit();
  await leaveUnpaid(page);
  const id = orderIdOf(page);
  const bookmark = await openTab();
  await bookmark.goto(`/orders/${id}`);
  await orderBecomes(bookmark, 'unpaid');
  await bookmark.getByText(/^Items reserved until \d/).waitFor();
  await markPage(bookmark);

  await letHoldEnd(shop(), id);
  await Promise.all([orderBecomes(page, 'expired'), orderBecomes(bookmark, 'expired')]);
  expect(await wasReloaded(bookmark)).toBe(false);
  expect(await bookmark.getByRole('link', { name: 'Pay now' }).count()).toBe(0);
  await bookmark.goto(`/checkout?order=${id}`);
  await bookmark.waitForURL(`**/orders/${id}`);
  expect(await chargesFor(shop(), await readOrder(page, id))).toEqual([]);
});

test('Paying an order that expired while its checkout was open leads to the order and charges nothing.', async () => {
  const { page, openTab } = await visit({ refusals: [/\/api\/orders\/\w+\/pay$/] });
  await leaveUnpaid(page);
  const id = orderIdOf(page);
  await page.getByRole('link', { name: 'Pay now' }).click();
  await checkoutReady(page);
  await page.getByLabel('Pay by card here').check();
  await fillCard(page);
  const order = await openTab();
  await order.goto(`/orders/${id}`);
  await letHoldEnd(shop(), id);
  await orderBecomes(order, 'expired');
  await pay(page);
  await orderBecomes(page, 'expired');
  expect(await chargesFor(shop(), await readOrder(order, id))).toEqual([]);
});

test('A cart whose order was cancelled in another tab is paid as a new order.', async () => {
  const { page, openTab } = await visit();
  await startCheckout(page, 'olive-soap');
  await chooseStripesPage(page);
  await pay(page);
  await page.waitForURL('**/c/pay/**');
  const other = await openTab();
  await other.goto('/cart');
  await other.getByRole('link', { name: 'See the order' }).click();
  await orderBecomes(other, 'unpaid');
  const canceled = orderIdOf(other);
  await other.getByRole('button', { name: 'Cancel order' }).click();
  await orderBecomes(other, 'canceled');

  await page.goBack();
  await checkoutReady(page);
  await page.getByLabel('Pay by card here').check();
  await fillCard(page);
  await pay(page);
  await orderBecomes(page, 'paid');
  expect(orderIdOf(page)).not.toBe(canceled);
});

async function leaveUnpaid(page: Page): Promise<void> {
  await startCheckout(page, 'olive-soap');
  await chooseStripesPage(page);
  await pay(page);
  await leaveHostedPage(page);
  await orderBecomes(page, 'unpaid');
}
