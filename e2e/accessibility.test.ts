import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { addToCart, hydrated } from './pages/catalogue.ts';
import {
  cardForm,
  cards,
  challenge,
  chooseStripesPage,
  fillAddress,
  fillCard,
  openCheckout,
  pay,
  payButton,
  startCheckout,
} from './pages/checkout.ts';
import { leaveHostedPage } from './pages/hosted-page.ts';
import { orderBecomes } from './pages/order-page.ts';
import { accessibilityProblems } from './support/accessibility.ts';
import { letHoldEnd, orderIdOf } from './support/shop-books.ts';
import { useShop } from './support/visitors.ts';

const { shop, visit } = useShop();
const declines = [/\/v1\/payment_intents\/\w+\/confirm/];
/** Nothing moves, so that every look at a page is the same. */
const still = { reducedMotion: 'reduce' } as const;
const phone = { ...still, viewport: { width: 375, height: 812 }, hasTouch: true };

test('The catalogue, its filters and its empty results meet WCAG 2.2 AA, on a desk and on a phone.', async () => {
  const { page } = await visit(still);
  await page.goto('/');
  await isAccessible(page);
  await page.goto('/?q=nothing+is+called+this&in_stock=1');
  await isAccessible(page);
  const { page: small } = await visit(phone);
  await small.goto('/?category=bath');
  await hydrated(small);
  await isAccessible(small);
  await small.getByRole('button', { name: /^Filters/ }).click();
  await small.getByRole('dialog', { name: 'Filters' }).waitFor();
  await isAccessible(small);
});

test('Product, drawer, cart and a missing page meet WCAG 2.2 AA.', async () => {
  const { page } = await visit({ ...still, refusals: [/\/nowhere$/] });
  await page.goto('/products/hand-wash');
  await isAccessible(page);
  await addToCart(page, 'hand-wash');
  await isAccessible(page);
  await page.goto('/cart');
  await page.getByRole('link', { name: 'Checkout', exact: true }).waitFor();
  await isAccessible(page);
  await page.getByRole('button', { name: 'Remove Hand wash' }).click();
  await page.getByText('Your cart is empty.').waitFor();
  await isAccessible(page);
  await page.goto('/nowhere');
  await isAccessible(page);
});

test('The checkout meets WCAG 2.2 AA when empty, filled in, wrong, declined, and during 3-D Secure.', async () => {
  const { page } = await visit({ ...still, refusals: declines });
  await page.goto('/checkout');
  await page.getByRole('heading', { level: 1, name: 'Your cart is empty' }).waitFor();
  await isAccessible(page);
  await addToCart(page, 'olive-soap');
  await openCheckout(page);
  await cardForm(page).getByLabel('Card number').waitFor();
  await isAccessible(page);
  await pay(page);
  await page.getByRole('alert', { name: 'There is a problem' }).waitFor();
  await isAccessible(page);
  await fillAddress(page);
  await fillCard(page, cards.declines);
  await pay(page);
  await page.getByRole('alert').filter({ hasText: 'declined' }).waitFor();
  await isAccessible(page);
  await fillCard(page, cards.asksForAuthentication);
  await pay(page);
  await challenge(page).getByRole('button', { name: 'Complete authentication' }).waitFor();
  await isAccessible(page);
});

test('The checkout meets WCAG 2.2 AA on a phone, with its summary and the billing address open.', async () => {
  const { page } = await visit(phone);
  await addToCart(page, 'olive-soap');
  await openCheckout(page);
  await page.getByRole('button', { name: /^Order summary/ }).click();
  await page.getByLabel('Billing address same as delivery').uncheck();
  await page.getByRole('group', { name: 'Billing address' }).waitFor();
  await isAccessible(page);
});

test('The order meets WCAG 2.2 AA when paid, on the return page and on its own.', async () => {
  const { page } = await visit(still);
  await startCheckout(page, 'olive-soap');
  await fillCard(page);
  await pay(page);
  await orderBecomes(page, 'paid');
  await isAccessible(page);
  await page.goto(`/orders/${orderIdOf(page)}`);
  await orderBecomes(page, 'paid');
  await isAccessible(page);
});

test('The order meets WCAG 2.2 AA while it waits for payment, is confirmed, and when cancelled, failed and expired.', async () => {
  const { page } = await visit({ ...still, refusals: declines });
  await startCheckout(page, 'olive-soap');
  await chooseStripesPage(page);
  await pay(page);
  await leaveHostedPage(page);
  await orderBecomes(page, 'unpaid');
  await isAccessible(page);
  const id = orderIdOf(page);
  // Where the checkout leads when it got no answer to Pay.
  await page.goto(`/orders/${id}?confirming=1`);
  await orderBecomes(page, 'confirming');
  await isAccessible(page);
  await page.goto(`/orders/${id}`);
  await page.getByRole('link', { name: 'Pay now' }).click();
  await page.getByRole('heading', { level: 1, name: 'Pay for your order' }).waitFor();
  await isAccessible(page);
  await page.goBack();
  await page.getByRole('button', { name: 'Cancel order' }).click();
  await orderBecomes(page, 'canceled');
  await isAccessible(page);

  await page.goto('/checkout');
  await payButton(page).waitFor();
  await fillCard(page, cards.declines);
  await pay(page);
  await page.getByRole('alert').filter({ hasText: 'declined' }).waitFor();
  await page.goto('/cart');
  await page.getByRole('link', { name: 'See the order' }).click();
  await orderBecomes(page, 'failed');
  await isAccessible(page);
  await letHoldEnd(shop(), orderIdOf(page));
  await orderBecomes(page, 'expired');
  await isAccessible(page);
});

test('Return pages without an order meet WCAG 2.2 AA and lead on.', async () => {
  const { page } = await visit(still);
  for (const address of ['/checkout-complete', '/payment/cancel']) {
    await page.goto(address);
    await page.getByRole('link', { name: 'Continue shopping' }).waitFor();
    await isAccessible(page);
  }
});

async function isAccessible(page: Page): Promise<void> {
  expect(await accessibilityProblems(page)).toEqual([]);
}
