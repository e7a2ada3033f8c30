import type { FrameLocator, Page } from 'playwright-core';
import { addToCart, drawerOf, hydrated } from './catalogue.ts';

/** Stripe's published test cards, by what they do. Source: docs.stripe.com/testing. */
export const cards = {
  succeeds: '4242424242424242',
  declines: '4000000000000002',
  hasNoFunds: '4000000000009995',
  asksForAuthentication: '4000002760003184',
} as const;

export type Buyer = { email: string; firstName: string; lastName: string };

let buyers = 0;

/** Somebody who has not bought here before, so that limits per e-mail never meet between tests. */
export function newBuyer(): Buyer {
  buyers += 1;
  return { email: `ada.${process.pid}.${buyers}@example.com`, firstName: 'Ada', lastName: 'Byron' };
}

export async function openCheckout(page: Page): Promise<void> {
  await page.goto('/checkout');
  await checkoutReady(page);
}

/** Waits for what a person waits for before typing: the total stands on the button. */
export async function checkoutReady(page: Page): Promise<void> {
  await hydrated(page);
  await payButton(page).waitFor();
}

export async function fillAddress(page: Page, buyer: Buyer = newBuyer()): Promise<void> {
  await page.getByLabel('Email').fill(buyer.email);
  await page.getByLabel('First name').fill(buyer.firstName);
  await page.getByLabel('Last name').fill(buyer.lastName);
  await page.getByLabel('Address', { exact: true }).fill('12 Orchard Lane');
  await page.getByLabel('City').fill('Portland');
  await page.getByLabel('State').selectOption({ label: 'Oregon' });
  await page.getByLabel('ZIP code').fill('97201');
}

export async function fillCard(page: Page, number: string = cards.succeeds): Promise<void> {
  const form = cardForm(page);
  await form.getByLabel('Card number').fill(number);
  await form.getByLabel('Expiration date').fill('1234');
  await form.getByLabel('Security code').fill('123');
}

/** The Payment Element: a frame of Stripe's, which the shop's page cannot read. */
export function cardForm(page: Page): FrameLocator {
  return page.frameLocator('iframe[title="Secure payment input frame"]');
}

/** Only while it carries an amount: not while the total is being asked for, nor while a payment runs. */
export function payButton(page: Page) {
  return page.getByRole('button', { name: /^(Pay|Continue to payment ·) \$[\d,.]+$/ });
}

export async function pay(page: Page): Promise<void> {
  await payButton(page).click();
}

/** From a product to a checkout with contact and address filled in: the card or Stripe's page comes next. */
export async function startCheckout(page: Page, slug: string, buyer?: Buyer): Promise<void> {
  await addToCart(page, slug);
  await drawerOf(page)
    .getByRole('link', { name: /^Checkout · / })
    .click();
  await checkoutReady(page);
  await fillAddress(page, buyer);
}

/** Where the Payment Element was not wanted: the other way to pay. */
export async function chooseStripesPage(page: Page): Promise<void> {
  await page.getByLabel('Pay on Stripe’s page').check();
}

/** The bank's question, in a frame over the page. */
export function challenge(page: Page): FrameLocator {
  return page.frameLocator('iframe[title="3D Secure authentication"]');
}
