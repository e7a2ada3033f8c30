import { expect, test } from 'vitest';
import { order } from '../server/test/support/shop.ts';
import { hydrated } from './pages/catalogue.ts';
import { accessibilityProblems } from './support/accessibility.ts';
import { signInAsOwner } from './support/back-office.ts';
import { runToEnd } from './support/process.ts';
import { useShop } from './support/visitors.ts';

const { shop, visit } = useShop();
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

/** A shop that has been in use. */
async function seeded(): Promise<void> {
  const { databaseUrl, sandboxUrl } = shop();
  const settings = { DATABASE_URL: databaseUrl, STRIPE_API_BASE: sandboxUrl };
  await runToEnd('tools/seed/main.ts', ['--orders', '120', '--days', '10'], settings);
}

test('An operator searches, filters, goes through the pages, takes the list along, and hears of new orders.', async () => {
  await seeded();
  const { page, context } = await visit();
  await signInAsOwner(context.request, shop().url);
  await page.goto('/admin/orders');
  const rows = page.getByRole('row');
  const hasRows = (orders: number) => expect.poll(() => rows.count()).toBe(orders + 1);
  await hasRows(50);
  expect(await accessibilityProblems(page)).toEqual([]);
  const newest = await rows.nth(1).getByRole('link').getAttribute('href');
  const number = ((await rows.nth(1).getByRole('link').textContent()) ?? '').slice(0, 9);

  await page.getByRole('link', { name: 'Older' }).click();
  await page.waitForURL(/after=/);
  await page.getByRole('link', { name: 'Newer' }).click();
  await page.waitForURL(/before=/);
  await rows.nth(1).locator(`a[href="${newest}"]`).waitFor();

  await page.getByRole('link', { name: 'Needs action' }).click();
  await page.locator('[aria-current=page]', { hasText: 'Needs action' }).waitFor();
  await page.getByLabel('Status').selectOption('Under review');
  await page.getByRole('button', { name: 'Apply' }).click();
  await page.waitForURL(/status=review/);
  await hasRows(2);
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Export CSV' }).click();
  expect((await download).suggestedFilename()).toMatch(/^orders-[\d-]+\.csv$/);

  await page.goto('/admin/orders');
  await hydrated(page);
  await page.keyboard.press('/');
  await page.keyboard.type(number.toLowerCase().replace('-', ''));
  await page.keyboard.press('Enter');
  await page.getByText(`Looked for the order with the number ${number}`).waitFor();
  await hasRows(1);
  await page.getByRole('link', { name: 'Clear filters' }).click();
  await hasRows(50);

  const { order: placed } = await order(shop());
  // As when somebody comes back to the tab; else it takes a quarter of a minute.
  await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
  await page.getByRole('link', { name: '1 new order' }).click();
  await rows.nth(1).locator(`a[href="/admin/orders/${placed.id}"]`).waitFor();
  await page.getByRole('link', { name: '1 new order' }).waitFor({ state: 'detached' });
});

test('The palette leads to a page by its name and to an order by its number, by keyboard and by hand.', async () => {
  const { order: placed } = await order(shop());
  const { page, context } = await visit();
  await signInAsOwner(context.request, shop().url);
  await page.goto('/admin/discounts');
  await hydrated(page);
  await page.keyboard.press('Control+k');
  const field = page.getByRole('combobox', { name: 'Page, order number' });
  await expect.poll(() => page.evaluate("document.activeElement?.getAttribute('role')")).toBe('combobox');
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.keyboard.type('bre');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/admin\/breaks$/);
  await field.waitFor({ state: 'detached' });

  await page.getByRole('button', { name: 'Go to' }).click();
  await field.fill(placed.number.toLowerCase().replace('-', ''));
  await page.getByRole('option', { name: placed.number, exact: false }).first().waitFor();
  await page.getByRole('option', { name: 'Ada Lovelace' }).click();
  await page.waitForURL(new RegExp(`/admin/orders/${placed.id}$`));
  await field.waitFor({ state: 'detached' });

  await page.keyboard.press('Control+k');
  await field.waitFor();
  await page.keyboard.press('Escape');
  await field.waitFor({ state: 'detached' });
  expect(page.url()).toContain(placed.id);
});

test('On a phone, and without a script, the list can be read, searched and left again.', async () => {
  const { page, context } = await visit({ ...phone, javaScriptEnabled: false, refusals: [/\/assets\//] });
  await signInAsOwner(context.request, shop().url);
  await page.goto('/admin/orders?view=unpaid');
  await page.getByRole('cell', { name: 'Partly paid' }).first().waitFor();
  await page.getByLabel('Search').fill('nobody@example.com');
  await page.getByRole('button', { name: 'Apply' }).tap();
  await page.getByText('No orders fit').waitFor();
  await page.getByRole('main').getByRole('link', { name: 'Clear filters' }).last().tap();
  await page.getByRole('cell', { name: 'Partly paid' }).first().waitFor();

  const { page: scripted, context: other } = await visit(phone);
  await signInAsOwner(other.request, shop().url);
  await scripted.goto('/admin/orders?status=refunded&min=x');
  await scripted.getByText('“x” is no amount.').waitFor();
  expect(await accessibilityProblems(scripted)).toEqual([]);
  const widths = await scripted.evaluate('[document.documentElement.scrollWidth, innerWidth]');
  expect(widths).toEqual([390, 390]);
});
