import { expect, test } from 'vitest';
import { addToCart, hydrated } from './pages/catalogue.ts';
import { accessibilityProblems } from './support/accessibility.ts';
import { signInAsOwner } from './support/back-office.ts';
import { makePollDue } from './support/shop-books.ts';
import { useShop } from './support/visitors.ts';

const { shop, visit } = useShop({ env: { HOLD_MINUTES: '90' } });
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true } as const;
const still = { reducedMotion: 'reduce' } as const;

test('The owner changes the shop’s name and a shipping price, and a customer sees both.', async () => {
  const { page, context } = await visit(still);
  await signInAsOwner(context.request, shop().url);
  await page.goto('/admin/settings');
  await hydrated(page);
  await page.getByLabel('Name', { exact: true }).fill('');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Enter a name.').waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByLabel('Name', { exact: true }).fill('Finch & Co');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved. Every page').waitFor();

  await page.getByRole('link', { name: 'Delivery & tax' }).click();
  await page.getByRole('button', { name: 'Change United States' }).click();
  await page.getByLabel('Shipping (USD)').fill('7.77');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved: United States.').waitFor();
  await page.goto('/admin/settings/payments');
  await page.getByText('Set by HOLD_MINUTES in the environment of the server.').waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);

  const { page: customer } = await visit(still);
  await customer.goto('/');
  await customer.getByRole('link', { name: 'Finch & Co' }).first().waitFor();
  await addToCart(customer, 'olive-soap');
  await customer.goto('/checkout');
  await customer.getByText('$7.77').first().waitFor();
});

test('On a phone: a lost webhook, and the order is paid by the poll; then the shop’s health.', async () => {
  const { page, context } = await visit({ ...phone, ...still });
  await signInAsOwner(context.request, shop().url);
  await page.goto('/admin/lab');
  await hydrated(page);
  await page.getByRole('button', { name: 'Lose the webhook: run it' }).click();
  await page.getByRole('heading', { name: 'What happened, step by step' }).waitFor();
  await makePollDue(shop());
  await page.getByText('Nothing was lost').waitFor();
  await page.getByText(/Fetched payment_intent\.succeeded from Stripe’s list/).waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole('button', { name: 'Clear all' }).click();
  await page.getByText('None: everything works as it should.').waitFor();

  await page.goto('/admin/settings/health');
  await page.getByRole('button', { name: 'Check now' }).click();
  await page.getByText('is sent all').waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
});

test('Every mail that the shop writes can be looked at, and is accessible where it is read.', async () => {
  const { page, context } = await visit({ ...phone, ...still });
  await signInAsOwner(context.request, shop().url);
  await page.goto('/admin/settings/mails');
  const links = await page.getByRole('navigation', { name: 'E-mails' }).getByRole('link').all();
  const addresses = await Promise.all(links.map((link) => link.getAttribute('href')));
  expect(addresses.length).toBeGreaterThan(10);
  // No script may run in the mail's frame, and axe would wait there for ever: the page is looked at without it, the mails elsewhere.
  const mail = page.locator('iframe[title^="The mail"]');
  await page.evaluate("document.querySelector('iframe').remove()");
  expect(await accessibilityProblems(page)).toEqual([]);
  const { page: reader } = await visit({ ...phone, ...still });
  const texts = new Map<string, string>();
  for (const address of addresses) {
    await page.goto(address!);
    const content = await (await context.request.get((await mail.getAttribute('src'))!)).text();
    texts.set(address!, content);
    await reader.setContent(content);
    expect(await accessibilityProblems(reader), address!).toEqual([]);
  }
  expect(texts.get('/admin/settings/mails?kind=paid')).toContain('Your order is paid.');
});
