import { expect, test } from 'vitest';
import { call, cart, newKey, order } from '../server/test/support/shop.ts';
import { accessibilityProblems } from './support/accessibility.ts';
import { signInAsOwner } from './support/back-office.ts';
import { useShop } from './support/visitors.ts';

const { shop, visit } = useShop();
const still = { reducedMotion: 'reduce' } as const;
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

test.each([
  ['At a desk', {}],
  ['On a phone', phone],
])(
  '%s a transfer is recorded, a piece comes back and is on the shelf again, its event is looked at and the books are taken along.',
  async (_, screen) => {
    const number = await orderedByTransfer();
    const { page, context } = await visit({ ...still, ...screen });
    await signInAsOwner(context.request, shop().url);
    await page.goto(`/admin/orders?q=${number}`);
    await page.getByRole('row').getByRole('link', { name: number }).click();
    await page.getByText('To be sent').waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Record a bank transfer' }).click();
    const transfer = page.getByRole('dialog', { name: 'Record a bank transfer' });
    await transfer.getByLabel('reference of the booking').fill(`statement for ${number}`);
    expect(await accessibilityProblems(page)).toEqual([]);
    await transfer.getByRole('button', { name: 'Record it' }).click();
    await page.getByText('To be sent').waitFor();

    await page.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Refund' }).click();
    const refund = page.getByRole('dialog', { name: 'Refund' });
    await refund.getByLabel('Some of the items').check();
    await refund.getByLabel('Stoneware mug').selectOption('1');
    await refund.getByLabel('Put these items back in stock').check();
    await refund.getByLabel('Reason').selectOption('Something arrived damaged or was missing.');
    expect(await accessibilityProblems(page)).toEqual([]);
    await refund.getByRole('button', { name: 'Refund $25.92' }).click();
    await page.getByText('1 refunded, 1 back in stock').waitFor();

    await page.goto(`/admin/events?object=${number}`);
    await page.getByRole('link', { name: 'transfer.received' }).click();
    await page.getByRole('heading', { name: 'What it changed' }).waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.goto(`/admin/ledger?order=${number}`);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Export these as CSV' }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/\.csv$/);
  },
);

/** Two mugs that somebody wants to pay by bank transfer. */
async function orderedByTransfer(): Promise<string> {
  const placed = await order(shop(), cart([{ productId: 'prod_stoneware-mug', quantity: 2 }]));
  const { id, number } = placed.order;
  const body = { paymentMethod: 'bank-transfer', flow: 'transfer' };
  const options = { body, token: placed.accessToken, key: newKey() };
  const { status } = await call(shop(), 'POST', `/api/orders/${id}/pay`, options);
  expect(status).toBe(201);
  return number;
}
