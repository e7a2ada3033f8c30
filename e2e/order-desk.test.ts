import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { cards, fillCard, pay, payButton, startCheckout } from './pages/checkout.ts';
import { markPage, orderBecomes, wasReloaded } from './pages/order-page.ts';
import { accessibilityProblems } from './support/accessibility.ts';
import { signInAsOwner } from './support/back-office.ts';
import { orderIdOf, placedOrderId } from './support/shop-books.ts';
import { useShop } from './support/visitors.ts';

const { shop, visit } = useShop();
/** Nothing moves, so that every look at a page is the same. */
const still = { reducedMotion: 'reduce' } as const;
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

test('An operator refunds an item, sends the rest, notes it and sends a mail again; the customer sees what is theirs.', async () => {
  const { page: customer } = await visit(still);
  await buy(customer);
  const id = orderIdOf(customer);
  const { page, context } = await visit(still);
  await signInAsOwner(context.request, shop().url);
  await page.goto(`/admin/orders/${id}`);
  await markPage(page);
  expect(await accessibilityProblems(page)).toEqual([]);

  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Refund' }).click();
  const refund = page.getByRole('dialog', { name: 'Refund' });
  await refund.getByLabel('Some of the items').check();
  await refund.getByLabel('Olive oil soap').selectOption('1');
  await refund.getByLabel('Put these items back in stock').check();
  await refund.getByRole('button', { name: 'Refund $6.48' }).click();
  await refund.getByText('Say why; the customer reads it.').waitFor();
  await refund.getByLabel('Reason').selectOption('Something arrived damaged or was missing.');
  await refund.getByText('gets $6.48 back on Visa ending 4242').waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await refund.getByRole('button', { name: 'Refund $6.48' }).click();
  await page.getByText('1 refunded, 1 back in stock').waitFor();
  await page.getByText('Partly refunded').first().waitFor();

  await page.getByRole('button', { name: 'Mark as sent' }).click();
  const parcel = page.getByRole('dialog', { name: 'Mark as sent' });
  await parcel.getByLabel('Carrier').fill('UPS');
  await parcel.getByLabel('Tracking number').fill('1Z999');
  await parcel.getByLabel('Address to follow it').fill('https://www.ups.com/track?tracknum=1Z999');
  await parcel.getByRole('button', { name: 'Mark as sent', exact: true }).click();
  await page.getByText('The order is on its way: UPS, tracking number 1Z999.').waitFor();

  await page.getByLabel('Only operators read these.').fill('The soap broke on its way.');
  await page.getByRole('button', { name: 'Add the note' }).click();
  await page.getByText('The soap broke on its way.').and(page.locator('p')).waitFor();

  await page.getByRole('button', { name: 'Send again: On its way' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Send again', exact: true }).click();
  await page.getByText('sent again by Olivia Owner').waitFor();
  expect(await wasReloaded(page)).toBe(false);

  // Not reloaded either: the customer's page heard of it all by itself.
  await customer.getByRole('heading', { level: 1, name: '$6.48 refunded' }).waitFor();
  await customer.getByRole('link', { name: 'Follow the parcel at UPS' }).waitFor();
  expect(await customer.content()).not.toContain('The soap broke');
  expect(await accessibilityProblems(customer)).toEqual([]);
});

test('On a phone the page tells by itself why a payment fails, and the order can be cancelled there.', async () => {
  const { page: customer, context: theirs } = await visit({
    ...still,
    refusals: [/payment_intents.*confirm/],
  });
  await startCheckout(customer, 'olive-soap');
  await fillCard(customer, cards.hasNoFunds);
  await payButton(customer).waitFor();
  await pay(customer);
  await customer.getByRole('alert').filter({ hasText: 'does not have enough funds' }).waitFor();
  const { page, context } = await visit({ ...still, ...phone });
  await signInAsOwner(context.request, shop().url);
  await page.goto(`/admin/orders/${await placedOrderId(theirs)}`);
  await markPage(page);
  await page.getByText('insufficient_funds').first().waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);

  await page.getByRole('button', { name: 'More', exact: true }).tap();
  await page.getByRole('menuitem', { name: 'Cancel the order' }).tap();
  const dialog = page.getByRole('dialog', { name: 'Cancel the order' });
  expect(await accessibilityProblems(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Cancel the order', exact: true }).tap();
  await page.getByText('The shop cancelled the order.').first().waitFor();
  await page.getByText('back on the shelf', { exact: true }).waitFor();
  expect(await wasReloaded(page)).toBe(false);
});

async function buy(page: Page): Promise<void> {
  await startCheckout(page, 'olive-soap');
  await fillCard(page);
  await payButton(page).waitFor();
  await pay(page);
  await orderBecomes(page, 'paid');
}
