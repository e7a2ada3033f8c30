import type { BrowserContext, Page, Route } from 'playwright-core';
import { expect, test } from 'vitest';
import { cardForm, checkoutReady, fillCard, pay, payButton, startCheckout } from './pages/checkout.ts';
import { orderBecomes } from './pages/order-page.ts';
import { chargesFor } from './support/sandbox.ts';
import { orderIdOf, readOrder } from './support/shop-books.ts';
import { useShop } from './support/visitors.ts';

const { shop, visit } = useShop();

test('A double click on Pay charges once.', async () => {
  const { page } = await visit();
  await startCheckout(page, 'olive-soap');
  await fillCard(page);
  await payButton(page).dblclick();
  await orderBecomes(page, 'paid');
  const order = await readOrder(page);
  expect(order.payments).toHaveLength(1);
  expect(await chargesFor(shop(), order)).toHaveLength(1);
});

test('Enter in the security code pays once, however often it is pressed.', async () => {
  const { page } = await visit();
  await startCheckout(page, 'olive-soap');
  await fillCard(page);
  // Presses are ignored while the total is being asked for.
  await payButton(page).waitFor();
  await cardForm(page).getByLabel('Security code').focus();
  for (let press = 0; press < 4; press++) await page.keyboard.press('Enter');
  await orderBecomes(page, 'paid');
  expect(await chargesFor(shop(), await readOrder(page))).toHaveLength(1);
});

test('Two tabs that pay the same cart at once charge once and both end at the paid order.', async () => {
  // The slower tab learns from Stripe that its payment is through already; browsers write that to the console.
  const { page, context, openTab } = await visit({
    refusals: [/\/v1\/payment_intents\/\w+\/confirm/, /\/api\/orders(\/\w+\/pay)?$/],
  });
  await startCheckout(page, 'olive-soap');
  const other = await openTab();
  await other.goto('/checkout');
  await checkoutReady(other);
  await copyAddress(page, other);
  await fillCard(page);
  await fillCard(other);
  await holdUntilTwo(context);

  await Promise.all([pay(page), pay(other)]);
  await Promise.all([orderBecomes(page, 'paid'), orderBecomes(other, 'paid')]);
  expect(orderIdOf(other)).toBe(orderIdOf(page));
  const order = await readOrder(page);
  expect(order.payments.filter(({ status }) => status === 'succeeded')).toHaveLength(1);
  expect(await chargesFor(shop(), order)).toHaveLength(1);
});

test('Two tabs that pay one placed order charge once and both end at the paid order.', async () => {
  const { page, context, openTab } = await visit({
    refusals: [/\/v1\/payment_intents\/\w+\/confirm/, /\/api\/orders\/\w+\/pay$/],
  });
  await placeUnpaidOrder(page);
  const id = orderIdOf(page);
  const other = await openTab();
  for (const tab of [page, other]) {
    await tab.goto(`/checkout?order=${id}`);
    await checkoutReady(tab);
    await tab.getByLabel('Pay by card here').check();
    await fillCard(tab);
  }
  await holdUntilTwo(context);
  await Promise.all([pay(page), pay(other)]);
  await Promise.all([orderBecomes(page, 'paid'), orderBecomes(other, 'paid')]);
  expect(await chargesFor(shop(), await readOrder(page))).toHaveLength(1);
});

test('An order becomes paid although its tab was closed right after Pay.', async () => {
  const { page, openTab } = await visit();
  await startCheckout(page, 'olive-soap');
  await fillCard(page);
  const sent = page.waitForRequest(/\/v1\/payment_intents\/\w+\/confirm/);
  await pay(page);
  await sent;
  await page.close();

  const later = await openTab();
  await later.goto('/cart');
  const reminder = later.getByRole('link', { name: 'See the order' });
  await reminder.click();
  await orderBecomes(later, 'paid');
  expect(await chargesFor(shop(), await readOrder(later))).toHaveLength(1);
  await later
    .getByRole('banner')
    .getByRole('link', { name: /^Cart 0 items/ })
    .waitFor();
});

test('A reload in the middle of the checkout keeps cart and fields, and the same request gives the same order.', async () => {
  const { page } = await visit({ refusals: [/\/v1\/payment_intents\/\w+\/confirm/] });
  await startCheckout(page, 'olive-soap');
  const keys: (string | undefined)[] = [];
  // The first answer is lost on its way back: the shop has the order, the page does not know.
  let lost = false;
  await page.route('**/api/orders', async (route) => {
    keys.push(route.request().headers()['idempotency-key']);
    const answer = await route.fetch();
    if (lost) return route.fulfill({ response: answer });
    lost = true;
    await page.reload();
  });
  await fillCard(page);
  await pay(page);
  await expect.poll(() => keys.length).toBe(1);
  await checkoutReady(page);
  await page.getByLabel('ZIP code').waitFor();
  await expect.poll(() => page.getByLabel('ZIP code').inputValue()).toBe('97201');
  await page.getByRole('complementary', { name: 'Order summary' }).getByText('Olive oil soap').waitFor();

  await fillCard(page);
  await pay(page);
  await orderBecomes(page, 'paid');
  expect(keys).toHaveLength(2);
  expect(keys[1]).toBe(keys[0]);
  const cookies = await page.context().cookies(shop().url);
  expect(cookies.filter(({ name }) => name.startsWith('ord_'))).toHaveLength(1);
});

test('Back after a purchase leads to no second payment.', async () => {
  const { page } = await visit();
  await page.goto('/');
  await startCheckout(page, 'olive-soap');
  await fillCard(page);
  await pay(page);
  await orderBecomes(page, 'paid');
  const id = orderIdOf(page);
  await page.goBack();
  await page.waitForURL((address) => !address.pathname.startsWith('/checkout'));
  await page.goForward();
  await orderBecomes(page, 'paid');
  await page.goto(`/checkout?order=${id}`);
  await page.waitForURL(`**/orders/${id}`);
  await orderBecomes(page, 'paid');
  await openEmptyCheckout(page);
  expect(await chargesFor(shop(), await readOrder(page, id))).toHaveLength(1);
});

/** A second tab does not know what was typed in the first; the same person types the same. */
async function copyAddress(from: Page, to: Page): Promise<void> {
  for (const label of ['Email', 'First name', 'Last name', 'ZIP code', 'City'])
    await to.getByLabel(label).fill(await from.getByLabel(label).inputValue());
  await to.getByLabel('Address', { exact: true }).fill('12 Orchard Lane');
  await to.getByLabel('State').selectOption('OR');
}

/** Lets the first two payments start together, so that neither tab is done before the other has been pressed. */
async function holdUntilTwo(context: BrowserContext): Promise<void> {
  const waiting: Route[] = [];
  await context.route('**/api/orders/*/pay', async (route) => {
    waiting.push(route);
    if (waiting.length === 2) await Promise.all(waiting.map((held) => held.continue()));
    if (waiting.length > 2) await route.continue();
  });
}

async function placeUnpaidOrder(page: Page): Promise<void> {
  await startCheckout(page, 'olive-soap');
  await page.getByLabel('Pay on Stripe’s page').check();
  await pay(page);
  await page.waitForURL('**/c/pay/**');
  await page.goto('/cart');
  await page.getByRole('link', { name: 'See the order' }).click();
  await orderBecomes(page, 'unpaid');
}

async function openEmptyCheckout(page: Page): Promise<void> {
  await page.goto('/checkout');
  await page.getByRole('heading', { level: 1, name: 'Your cart is empty' }).waitFor();
}
