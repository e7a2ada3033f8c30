import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import {
  checkoutReady,
  chooseStripesPage,
  fillCard,
  pay,
  payButton,
  startCheckout,
} from './pages/checkout.ts';
import { leaveHostedPage } from './pages/hosted-page.ts';
import { markPage, orderBecomes, wasReloaded } from './pages/order-page.ts';
import { accessibilityProblems } from './support/accessibility.ts';
import { asOperator, operatorSettings } from './support/operator.ts';
import { chargesFor } from './support/sandbox.ts';
import { orderIdOf, readOrder } from './support/shop-books.ts';
import { useShop } from './support/visitors.ts';

const { shop, visit } = useShop({
  env: {
    ...operatorSettings,
    BANK_TRANSFER_ACCOUNT: 'DE89370400440532013000',
    BANK_TRANSFER_HOLDER: 'Larkhouse Goods',
    BANK_TRANSFER_BIC: 'COBADEFFXXX',
  },
});
/** Nothing moves, so that every look at a page is the same. */
const still = { reducedMotion: 'reduce' } as const;

test('A deposit with one card and the rest with another make the order paid, and a part that is too small is explained at its field.', async () => {
  const { page } = await visit({ ...still, refusals: [/\/api\/orders\/\w+\/pay$/] });
  await startCheckout(page, 'stoneware-mug');
  await chooseStripesPage(page);
  await pay(page);
  await leaveHostedPage(page);
  await page.getByRole('link', { name: 'Pay now' }).click();
  await checkoutReady(page);
  await page.getByLabel('Pay by card here').check();
  await fillCard(page);

  await page.getByRole('button', { name: 'Pay another amount' }).click();
  const amount = page.getByLabel('Amount to pay now (USD)');
  await amount.fill('0.10');
  await pay(page);
  await page.getByText('is below the smallest amount that can be paid').waitFor();
  await expect.poll(() => page.evaluate('document.activeElement?.id')).toBe('part_amount');
  expect(await accessibilityProblems(page)).toEqual([]);

  await amount.fill('10');
  await page.getByText('$21.92 stays due.').waitFor();
  await page.getByRole('button', { name: 'Pay $10.00' }).click();
  await orderBecomes(page, 'partlyPaid');
  await page.getByText('We have received $10.00 of $31.92; $21.92 is still due.').waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);

  await page.getByRole('link', { name: 'Pay the rest · $21.92' }).click();
  await checkoutReady(page);
  await page.getByLabel('Pay by card here').check();
  await fillCard(page, '5555555555554444');
  await page.getByRole('button', { name: 'Pay $21.92' }).click();
  await orderBecomes(page, 'paid');
  for (const card of ['Visa ending 4242', 'Mastercard ending 4444'])
    await page.getByText(card, { exact: true }).waitFor();
  const order = await readOrder(page);
  expect(order).toMatchObject({ status: 'paid', received: { amount: 3_192 }, due: { amount: 0 } });
  expect(await chargesFor(shop(), order)).toHaveLength(2);
});

test('A refund appears on the open page by itself, and invoice and credit note are there as PDF.', async () => {
  const { page } = await visit(still);
  await startCheckout(page, 'olive-soap');
  await fillCard(page);
  await payButton(page).waitFor();
  await pay(page);
  await orderBecomes(page, 'paid');
  await markPage(page);
  await isPdf(page, 'Invoice (PDF)');

  const refund = { amount: 500, reason: 'One soap was broken.' };
  await asOperator(shop(), `/orders/${orderIdOf(page)}/refunds`, refund);
  await page.getByRole('heading', { level: 1, name: '$5.00 refunded' }).waitFor();
  await page.getByText('One soap was broken.', { exact: true }).waitFor();
  await isPdf(page, 'Credit note (PDF) of $5.00');
  expect(await wasReloaded(page)).toBe(false);
  expect(await accessibilityProblems(page)).toEqual([]);
});

test('Who chooses a bank transfer gets the bank details, and sees the order paid when the shop records the money.', async () => {
  const { page, context } = await visit(still);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await startCheckout(page, 'stoneware-mug');
  await page.getByLabel('Bank transfer').check();
  await page.getByRole('button', { name: 'Place order and get bank details' }).click();
  await orderBecomes(page, 'awaitingTransfer');
  await markPage(page);
  const details = page.getByRole('region', { name: 'Where to send the money' });
  const { number } = await readOrder(page);
  for (const text of ['$31.92', 'Larkhouse Goods', 'DE89 3704 0044 0532 0130 00', 'COBADEFFXXX', number])
    await details.getByText(text, { exact: true }).waitFor();
  await details.getByRole('button', { name: 'Copy: iban' }).click();
  expect(await page.evaluate('navigator.clipboard.readText()')).toBe('DE89370400440532013000');
  await page.getByRole('link', { name: 'Pay by card instead' }).waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);

  const receipt = { amount: 3_192, bankReference: 'statement 7, line 3' };
  await asOperator(shop(), `/orders/${orderIdOf(page)}/transfers`, receipt);
  await orderBecomes(page, 'paid');
  await page.getByText('Bank transfer', { exact: true }).waitFor();
  expect(await wasReloaded(page)).toBe(false);
});

async function isPdf(page: Page, name: string): Promise<void> {
  const address = await page.getByRole('link', { name }).getAttribute('href');
  const answer = await page.context().request.get(address!);
  expect(answer.status()).toBe(200);
  expect((await answer.body()).subarray(0, 5).toString()).toBe('%PDF-');
}
