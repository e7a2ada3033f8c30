import { text } from 'node:stream/consumers';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { openBreak } from '../server/src/db/books.ts';
import { openDatabase } from '../server/src/db/dialect.ts';
import { declined, intentOf, orderWithPayment, pay } from '../server/test/support/customer.ts';
import { sign } from '../server/test/support/events.ts';
import { accessibilityProblems } from './support/accessibility.ts';
import { signInAsOwner } from './support/back-office.ts';
import { useShop } from './support/visitors.ts';

const { shop, visit } = useShop();
const still = { reducedMotion: 'reduce' } as const;
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

type StripeEvent = { id: string; type: string; data: { object: { id: string; metadata: object } } };

/** Somebody buys a mug. Returns the event that says so, once the shop has it. */
async function purchase(): Promise<StripeEvent> {
  const at = { url: shop().url, sandbox: { url: shop().sandboxUrl } };
  const { payment } = await orderWithPayment(at);
  await pay(at, payment);
  const intent = intentOf(payment);
  const find = async (): Promise<StripeEvent | undefined> => {
    const answer = await fetch(`${shop().sandboxUrl}/v1/events?type=payment_intent.succeeded`, {
      headers: { authorization: 'Bearer sk_test_owner' },
      signal: AbortSignal.timeout(10_000),
    });
    const { data } = (await answer.json()) as { data: StripeEvent[] };
    return data.find((event) => event.data.object.id === intent);
  };
  await expect.poll(find).toBeDefined();
  return (await find())!;
}

/** Delivers an event that names an order which this shop does not have: it waits. */
async function deliverOrphan(known: StripeEvent): Promise<string> {
  const metadata = { ...known.data.object.metadata, paydesk_order: 'ord_gone', paydesk_payment: 'pay_gone' };
  const object = { ...known.data.object, id: 'pi_gone', latest_charge: 'ch_gone', metadata };
  const body = JSON.stringify({ ...known, id: 'evt_gone', data: { object } });
  const answer = await fetch(`${shop().url}/api/webhooks/stripe`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'stripe-signature': sign(body, { secret: shop().webhookSecret }),
    },
    body,
    signal: AbortSignal.timeout(10_000),
  });
  expect(answer.status).toBe(200);
  return 'evt_gone';
}

async function plantBreak(): Promise<void> {
  const database = openDatabase(shop().databaseUrl);
  try {
    await database.transaction((tx) =>
      openBreak(tx, {
        id: 'brk_planted',
        kind: 'charge_differs',
        object_id: 'ch_planted',
        order_id: null,
        amount: 250,
        currency: 'usd',
        detail: 'we booked 31.92 USD, the provider took 34.42 USD',
        opened_at: Date.now(),
      }),
    );
  } finally {
    await database.close();
  }
}

/** The file that the link on the ledger's page brings. */
async function exportedLines(page: Page): Promise<string[]> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Export as CSV' }).click(),
  ]);
  return (await text(await download.createReadStream())).split('\r\n');
}

test('An operator replays an event, gives up one that waits, closes a break and exports the ledger; the log has it all.', async () => {
  const { page, context } = await visit(still);
  await signInAsOwner(context.request, shop().url);
  const known = await purchase();
  await deliverOrphan(known);
  await plantBreak();

  await page.goto('/admin/events?type=payment_intent.succeeded');
  const rows = page.getByRole('region', { name: 'Events' }).getByRole('row');
  expect(await rows.count()).toBe(3);
  await page.goto(`/admin/events?object=${known.id}`);
  await page.getByRole('link', { name: 'payment_intent.succeeded' }).click();
  await page.getByText('Payment succeeded, order paid.').waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole('button', { name: 'Replay' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Replay', exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
  await expect
    .poll(async () => {
      await page.reload();
      return await page.getByText('once more: no effect: the payment is succeeded already').count();
    })
    .toBe(1);

  await page.goto('/admin/events?state=waiting');
  await page.getByRole('link', { name: 'payment_intent.succeeded' }).click();
  await page.getByRole('button', { name: 'Give up' }).click();
  await dialog.getByRole('button', { name: 'Give up', exact: true }).click();
  await dialog.getByText('Say why').waitFor();
  await dialog.getByLabel('Reason').fill('Its order was never restored.');
  await dialog.getByRole('button', { name: 'Give up', exact: true }).click();
  await page.getByText('Given up by Olivia Owner: Its order was never restored.').waitFor();

  await page.goto('/admin/breaks');
  await page.getByText('Compare the payment at the provider with the order').waitFor();
  await page.getByRole('button', { name: /^Close: Another amount was booked/ }).click();
  await dialog.getByLabel('What was done about it').fill('The customer was refunded.');
  await dialog.getByRole('button', { name: 'Close', exact: true }).click();
  await page.getByText('Our books and the provider’s agree').waitFor();
  await page.getByRole('link', { name: 'Closed' }).click();
  await page.getByText('“The customer was refunded.”').waitFor();

  await page.goto('/admin/ledger');
  await page.getByRole('button', { name: 'Compare now' }).click();
  await page.getByText('Agrees').waitFor();
  const lines = await exportedLines(page);
  expect(lines[0]).toContain('time,journal,about,order,account,debit,credit,currency');
  expect(lines[1]).toMatch(/,receipt,pay_\w+,[\w-]{9},sales,,24\.00,USD$/);

  await page.goto('/admin/actions');
  for (const words of [
    'Replay an event',
    'Give up an event',
    'Close a break',
    'Its order was never restored.',
  ])
    await page.getByRole('region', { name: 'Actions' }).getByText(words, { exact: true }).first().waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
});

test('On a phone these pages fit and are accessible, and a mail is given up in the outbox.', async () => {
  const { page, context } = await visit({ ...still, ...phone });
  await signInAsOwner(context.request, shop().url);
  const at = { url: shop().url, sandbox: { url: shop().sandboxUrl } };
  const { placed, payment } = await orderWithPayment(at);
  await pay(at, payment, declined);
  // It waits ten minutes, in case the customer tries again.
  const button = page.getByRole('button', { name: `Give up mail.payment_failed:${placed.order.id}` });
  await expect
    .poll(async () => {
      await page.goto('/admin/effects?state=waiting&kind=mail.payment_failed');
      return await button.count();
    })
    .toBe(1);
  expect(await accessibilityProblems(page)).toEqual([]);
  await button.click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Reason').fill('Told by telephone.');
  await dialog.getByRole('button', { name: 'Give up', exact: true }).click();
  await button.waitFor({ state: 'detached' });
  for (const path of ['effects', 'events', 'actions', 'breaks', 'ledger']) {
    await page.goto(`/admin/${path}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect([path, await page.evaluate('document.documentElement.scrollWidth - innerWidth')]).toEqual([
      path,
      0,
    ]);
  }
  expect(await accessibilityProblems(page)).toEqual([]);
});
