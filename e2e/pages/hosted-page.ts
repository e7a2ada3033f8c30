import type { Page } from 'playwright-core';
import { cards } from './checkout.ts';

/** Pays on Stripe's own page, which must be open. */
export async function payOnHostedPage(page: Page, number: string = cards.succeeds): Promise<void> {
  await page.waitForURL('**/c/pay/**');
  await page.getByLabel('Card number').fill(number);
  await page.getByLabel('Expiration date').fill('1234');
  await page.getByLabel('CVC').fill('123');
  await page.getByLabel('Cardholder name').fill('Ada Byron');
  await page.getByLabel('ZIP code').fill('97201');
  await page.getByRole('button', { name: /^Pay / }).click();
}

/** The arrow at the top, for those who change their mind. */
export async function leaveHostedPage(page: Page): Promise<void> {
  await page.waitForURL('**/c/pay/**');
  await page.locator('a[href*="/payment/cancel"]').first().click();
  await page.waitForURL('**/payment/cancel**');
}
