import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { addThisProduct, drawerOf, hydrated } from './pages/catalogue.ts';
import { checkoutReady, fillAddress, fillCard, pay } from './pages/checkout.ts';
import { markPage, orderBecomes, wasReloaded } from './pages/order-page.ts';
import { delayWebhooks } from './support/sandbox.ts';
import { readOrder } from './support/shop-books.ts';
import { useShop } from './support/visitors.ts';

const { shop, visit } = useShop();

test('A visitor finds a product, pays by card on our page and sees the order become paid by itself.', async () => {
  const { page } = await visit();
  await delayWebhooks(shop(), 1_500);
  await findMug(page);
  await putTwoIntoCart(page);
  await markPage(page);
  await fillAddress(page);
  await applyCode(page, 'WELCOME10');
  // 2 × $24.00 less 10 %, $6.00 shipping, 8 % tax on the goods.
  await page.getByRole('button', { name: 'Pay $52.66' }).waitFor();
  await fillCard(page);
  await pay(page);

  await page.waitForURL('**/checkout-complete?**');
  await orderBecomes(page, 'confirming');
  expect(await page.getByRole('button', { name: /^Pay/ }).count()).toBe(0);
  await orderBecomes(page, 'paid');
  await delayWebhooks(shop(), 0);
  expect(await wasReloaded(page)).toBe(false);

  const order = await readOrder(page);
  expect(order).toMatchObject({ status: 'paid', received: { amount: 5_266, currency: 'usd' } });
  expect(order.timeline.find(({ type }) => type === 'order.paid')?.eventId).toMatch(/^evt_/);
  await showsPayment(page, order.payments[0]!.reference!);
  await goOnShopping(page);
});

async function findMug(page: Page): Promise<void> {
  await page.goto('/');
  await hydrated(page);
  await page.getByRole('banner').getByRole('searchbox', { name: 'Search products' }).fill('mug');
  await page.waitForURL('**/?q=mug');
  await page.getByRole('heading', { level: 1, name: 'Results for “mug”' }).waitFor();
  await page.getByRole('complementary', { name: 'Filters' }).getByLabel('Tableware').click();
  await page.waitForURL('**/?q=mug&category=tableware');
  await page.getByRole('region', { name: 'Products' }).getByRole('link', { name: 'Stoneware mug' }).click();
  await page.getByRole('heading', { level: 1, name: 'Stoneware mug' }).waitFor();
}

/** Ends at the checkout, by way of drawer and cart. */
async function putTwoIntoCart(page: Page): Promise<void> {
  await addThisProduct(page, 2);
  await drawerOf(page).getByRole('link', { name: 'View cart' }).click();
  await page.getByRole('heading', { level: 1, name: 'Cart' }).waitFor();
  await page.reload();
  await page.getByRole('link', { name: 'Stoneware mug' }).waitFor();
  await hydrated(page);
  await page.getByRole('link', { name: 'Checkout', exact: true }).click();
  await page.waitForURL('**/checkout');
  await checkoutReady(page);
}

async function applyCode(page: Page, code: string): Promise<void> {
  const summary = page.getByRole('complementary', { name: 'Order summary' });
  await summary.getByRole('button', { name: 'Add discount code' }).click();
  await summary.getByLabel('Discount code').fill(code);
  await summary.getByLabel('Discount code').press('Enter');
  await summary.getByText(`Discount (${code})`).waitFor();
}

async function showsPayment(page: Page, reference: string): Promise<void> {
  const secret = new URL(page.url()).searchParams.get('payment_intent_client_secret');
  expect(secret?.startsWith(`${reference}_secret_`)).toBe(true);
  expect(reference).toMatch(/^pi_/);
  for (const text of [reference, 'Succeeded', 'Visa ending 4242', 'Discount (WELCOME10)'])
    await page.getByText(text, { exact: true }).waitFor();
  await page.getByText('2 × $24.00').waitFor();
  await page.getByText(/^usd\$52\.66$/i).waitFor();
  const dashboard = page.getByRole('link', { name: /^Open payment in Stripe/ });
  expect(await dashboard.getAttribute('href')).toBe(`${shop().sandboxUrl}/payments/${reference}`);
  const opened = page.context().waitForEvent('page');
  await dashboard.click();
  await (await opened).getByText(reference).first().waitFor();
}

/** The cart has done its work. */
async function goOnShopping(page: Page): Promise<void> {
  await page
    .getByRole('banner')
    .getByRole('link', { name: /^Cart 0 items/ })
    .waitFor();
  await page.getByRole('link', { name: 'Continue shopping' }).click();
  await page.getByRole('heading', { level: 1, name: 'All products' }).waitFor();
  await page.goto('/cart');
  await page.getByText('Your cart is empty.').waitFor();
}
