import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { addThisProduct, addToCart, drawerOf, hydrated } from './pages/catalogue.ts';
import {
  cardForm,
  cards,
  checkoutReady,
  chooseStripesPage,
  fillAddress,
  fillCard,
  openCheckout,
  pay,
} from './pages/checkout.ts';
import { leaveHostedPage, payOnHostedPage } from './pages/hosted-page.ts';
import { orderBecomes } from './pages/order-page.ts';
import { orderIdOf } from './support/shop-books.ts';
import { useShop } from './support/visitors.ts';

const { visit } = useShop();
const phone = { viewport: { width: 375, height: 812 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 };
const declines = [/\/v1\/payment_intents\/\w+\/confirm/, /\/nowhere$/];

test('On a phone a visitor searches, filters, buys and sees the order paid.', async () => {
  const { page } = await visit(phone);
  await page.goto('/');
  await hydrated(page);
  await page.getByRole('main').getByRole('searchbox', { name: 'Search products' }).fill('soap');
  await page.waitForURL('**/?q=soap');
  await page.getByRole('button', { name: /^Filters/ }).tap();
  const sheet = page.getByRole('dialog', { name: 'Filters' });
  await sheet.getByLabel('In stock only').tap();
  await page.waitForURL('**/?q=soap&in_stock=1');
  await sheet.getByRole('button', { name: /^Show \d+ products?$/ }).tap();
  await page.getByRole('link', { name: 'Olive oil soap' }).tap();
  await page.getByRole('heading', { level: 1, name: 'Olive oil soap' }).waitFor();
  await addThisProduct(page);
  await drawerOf(page)
    .getByRole('link', { name: /^Checkout · / })
    .tap();
  await checkoutReady(page);
  const bar = page.getByRole('button', { name: /^Order summary/ });
  expect(await bar.getAttribute('aria-expanded')).toBe('false');
  await bar.tap();
  await page.getByText('120 g, unscented').and(page.locator(':visible')).waitFor();
  await bar.tap();
  await fillAddress(page);
  await fillCard(page);
  // The total never leaves the screen while there is a field to fill in.
  await bar.getByText('$12.48').and(page.locator(':visible')).waitFor();
  expect(await isOnScreen(page, bar)).toBe(true);
  await page.getByRole('button', { name: 'Pay $12.48' }).tap();
  await orderBecomes(page, 'paid');
});

test('On a phone a purchase on Stripe’s page works as well.', async () => {
  const { page } = await visit(phone);
  await addToCart(page, 'olive-soap');
  await openCheckout(page);
  await fillAddress(page);
  await chooseStripesPage(page);
  await pay(page);
  await payOnHostedPage(page);
  await orderBecomes(page, 'paid');
});

test('No page scrolls sideways on the narrowest screen.', async () => {
  const { page } = await visit({ ...phone, viewport: { width: 320, height: 640 }, refusals: declines });
  await page.goto('/');
  await fitsTheScreen(page);
  await page.goto('/?q=a-very-long-search-for-something-that-nobody-sells-anywhere-in-the-world&in_stock=1');
  await fitsTheScreen(page);
  await page.goto('/products/bath-towels');
  await fitsTheScreen(page);
  await addToCart(page, 'bath-towels');
  await fitsTheScreen(page);
  await page.goto('/cart');
  await page.getByRole('link', { name: 'Checkout', exact: true }).waitFor();
  await fitsTheScreen(page);
  await openCheckout(page);
  await cardForm(page).getByLabel('Card number').waitFor();
  await fitsTheScreen(page);
  await page.getByRole('button', { name: /^Order summary/ }).tap();
  await fitsTheScreen(page);
  await page.getByRole('button', { name: /^Order summary/ }).tap();
  await pay(page);
  await page.getByRole('alert', { name: 'There is a problem' }).waitFor();
  await fitsTheScreen(page);
  await fillAddress(page, {
    email: 'somebody.with.a.very.long.name.indeed@a-very-long-company-name.example.com',
    firstName: 'Wolfeschlegelsteinhausenbergerdorff',
    lastName: 'Hubert-Blaine-Wolfe-Schlegelstein-Hausenberger-Dorff',
  });
  await fillCard(page, cards.declines);
  await pay(page);
  await page.getByRole('alert').filter({ hasText: 'declined' }).waitFor();
  await fitsTheScreen(page);
  await chooseStripesPage(page);
  await pay(page);
  await leaveHostedPage(page);
  await page.getByRole('link', { name: /Pay now|Try again/ }).waitFor();
  await fitsTheScreen(page);
  const id = orderIdOf(page);
  await page.goto(`/checkout?order=${id}`);
  await checkoutReady(page);
  await fitsTheScreen(page);
  await page.getByLabel('Pay by card here').check();
  await fillCard(page);
  await pay(page);
  await orderBecomes(page, 'paid');
  await fitsTheScreen(page);
  for (const address of ['/nowhere', '/checkout-complete', '/payment/cancel', '/cart', '/checkout']) {
    await page.goto(address);
    await fitsTheScreen(page);
  }
});

async function isOnScreen(page: Page, locator: ReturnType<Page['getByRole']>): Promise<boolean> {
  const box = await locator.boundingBox();
  return box !== null && box.y >= 0 && box.y + box.height <= page.viewportSize()!.height;
}

/** The page is as wide as the screen. A phone's browser would zoom out to show a wider one. */
async function fitsTheScreen(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).first().waitFor({ state: 'attached' });
  const width = await page.locator('html').evaluate((root) => (root as { scrollWidth: number }).scrollWidth);
  expect({ page: page.url(), width }).toEqual({ page: page.url(), width: page.viewportSize()!.width });
}
