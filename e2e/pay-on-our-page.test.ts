import { expect, test } from 'vitest';
import { addThisProduct, drawerOf, hydrated } from './pages/catalogue.ts';
import { checkoutReady, fillAddress, fillCard, newBuyer, pay } from './pages/checkout.ts';
import { markPage, orderBecomes, wasReloaded } from './pages/order-page.ts';
import { delayWebhooks } from './support/sandbox.ts';
import { readOrder } from './support/shop-books.ts';
import { useShop } from './support/visitors.ts';

const { shop, visit } = useShop();

test('A visitor finds a product, pays by card on our page and sees the order become paid by itself.', async () => {
  const { page } = await visit();
  await delayWebhooks(shop(), 1_500);

  await page.goto('/');
  await hydrated(page);
  await page.getByRole('banner').getByRole('searchbox', { name: 'Search products' }).fill('mug');
  await page.waitForURL('**/?q=mug');
  await page.getByRole('heading', { level: 1, name: 'Results for “mug”' }).waitFor();
  await page.getByRole('complementary', { name: 'Filters' }).getByLabel('Tableware').click();
  await page.waitForURL('**/?q=mug&category=tableware');
  await page.getByRole('region', { name: 'Products' }).getByRole('link', { name: 'Stoneware mug' }).click();

  await page.getByRole('heading', { level: 1, name: 'Stoneware mug' }).waitFor();
  await addThisProduct(page, 2);
  await drawerOf(page).getByRole('link', { name: 'View cart' }).click();
  await page.getByRole('heading', { level: 1, name: 'Cart' }).waitFor();
  await page.getByRole('link', { name: 'Checkout' }).click();

  await checkoutReady(page);
  await markPage(page);
  await fillAddress(page, { ...newBuyer(), firstName: 'Ada', lastName: 'Byron' });
  const summary = page.getByRole('complementary', { name: 'Order summary' });
  await summary.getByRole('button', { name: 'Add discount code' }).click();
  await summary.getByLabel('Discount code').fill('WELCOME10');
  await summary.getByLabel('Discount code').press('Enter');
  await summary.getByText('Discount (WELCOME10)').waitFor();
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
  expect(new URL(page.url()).searchParams.get('payment_intent_client_secret')).toMatch(/^pi_\w+_secret_\w+$/);

  const order = await readOrder(page);
  const reference = order.payments[0]!.reference!;
  expect(reference).toMatch(/^pi_/);
  await page.getByText(reference, { exact: true }).waitFor();
  await page.getByText('Succeeded', { exact: true }).waitFor();
  await page.getByText('Visa ending 4242').waitFor();
  await page.getByText('Discount (WELCOME10)').waitFor();
  await page.getByText('USD$52.66').waitFor();
  const dashboard = page.getByRole('link', { name: /^Open payment in Stripe/ });
  expect(await dashboard.getAttribute('href')).toBe(`${shop().sandboxUrl}/payments/${reference}`);
  const opened = page.context().waitForEvent('page');
  await dashboard.click();
  await (await opened).getByText(reference).first().waitFor();

  expect(order.status).toBe('paid');
  expect(order.received).toEqual({ amount: 5_266, currency: 'usd' });
  const paid = order.timeline.find(({ type }) => type === 'order.paid');
  expect(paid?.eventId).toMatch(/^evt_/);

  await page
    .getByRole('banner')
    .getByRole('link', { name: /^Cart 0 items/ })
    .waitFor();
  await page.getByRole('link', { name: 'Continue shopping' }).click();
  await page.getByRole('heading', { level: 1, name: 'All products' }).waitFor();
  await page.goto('/cart');
  await page.getByText('Your cart is empty.').waitFor();
});
