import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { fillCard, pay, startCheckout } from './pages/checkout.ts';
import { markPage, orderBecomes, wasReloaded } from './pages/order-page.ts';
import { accessibilityProblems } from './support/accessibility.ts';
import { signInAsOwner } from './support/back-office.ts';
import { asOperator, operatorSettings } from './support/operator.ts';
import { orderIdOf } from './support/shop-books.ts';
import { useShop } from './support/visitors.ts';

/** Where it is about noon now, so that no day ends while the tests run. POSIX counts the hours towards the west. */
const toNoon = new Date().getUTCHours() - 12;
const noon = `Etc/GMT${toNoon < 0 ? '-' : '+'}${Math.abs(toNoon)}`;
const { shop, visit } = useShop({ env: { ...operatorSettings, SHOP_TIMEZONE: noon } });
const still = { reducedMotion: 'reduce' } as const;
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

test('The first page of the back office shows a purchase and a refund as they happen, in pictures, tables and files.', async () => {
  const { page, context } = await visit(still);
  await signInAsOwner(context.request, shop().url);
  await page.goto('/admin');
  await page.getByText('Nothing was ordered yet').waitFor();
  await page.getByText(/^Updated \d\d:\d\d$/).waitFor();
  await markPage(page);

  const { page: customer } = await visit(still);
  await startCheckout(customer, 'stoneware-mug');
  await fillCard(customer);
  await pay(customer);
  await orderBecomes(customer, 'paid');
  await figureBecomes(page, 'net', '$31.92');
  await asOperator(shop(), `/orders/${orderIdOf(customer)}/refunds`, { amount: 500, reason: 'A crack.' });
  await figureBecomes(page, 'refunded', '$5.00');
  await figureBecomes(page, 'net', '$26.92');
  await figureBecomes(page, 'paid', '1');
  expect(await wasReloaded(page)).toBe(false);

  await page.locator('.recharts-surface').first().waitFor();
  await page.getByRole('link', { name: '7 days' }).click();
  const card = page.getByRole('region', { name: 'Money by day, as a table' });
  await page.locator('summary', { hasText: 'Show as a table: Money by day' }).click();
  await card.getByRole('cell', { name: '$26.92' }).waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  const file = await page.getByRole('link', { name: /^CSV\s*, Money by day$/ }).getAttribute('href');
  const csv = await (await context.request.get(file!)).text();
  expect(csv.trim().split('\r\n')).toHaveLength(8);
  expect(csv).toContain(',1,1,31.92,5.00,26.92,usd');
});

test('On a phone it fits, says so when it cannot be brought up to date, and goes on by itself.', async () => {
  const { page, context } = await visit({ ...still, ...phone, refusals: [/\/api\/admin\//] });
  await signInAsOwner(context.request, shop().url);
  await page.goto('/admin?range=today');
  await page.getByText(/^Updated \d\d:\d\d$/).waitFor();
  const width = await page.locator('html').evaluate((root) => (root as { scrollWidth: number }).scrollWidth);
  expect(width).toBe(390);
  expect(await accessibilityProblems(page)).toEqual([]);

  await page.route('**/api/admin/today', (route) => route.fulfill({ status: 500, json: {} }));
  await asOperator(shop(), `/orders/${await anOrder(context)}/cancel`, {});
  await page.getByText(/^Updated \d\d:\d\d, Reconnecting…$/).waitFor();
  await page.getByRole('heading', { name: 'Sales today' }).waitFor();
  await page.unroute('**/api/admin/today');
  await asOperator(shop(), `/orders/${await anOrder(context)}/cancel`, {});
  await page.getByText(/^Updated \d\d:\d\d$/).waitFor();
});

async function figureBecomes(page: Page, name: string, text: string): Promise<void> {
  await page.locator(`[data-figure="${name}"]`).getByText(text, { exact: true }).waitFor();
}

/** An order that nobody has paid. */
async function anOrder({ request }: { request: Page['request'] }): Promise<string> {
  const answer = await request.post('/api/orders', {
    headers: { 'idempotency-key': crypto.randomUUID(), origin: shop().url },
    data: {
      items: [{ productId: 'prod_olive-soap', quantity: 1 }],
      contact: { email: 'ada@example.com', firstName: 'Ada', lastName: 'Lovelace' },
      shippingAddress: {
        line1: '1 Main St',
        city: 'Springfield',
        state: 'IL',
        postalCode: '62701',
        country: 'US',
      },
    },
  });
  return ((await answer.json()) as { order: { id: string } }).order.id;
}
