import { afterEach, expect, test } from 'vitest';
import { fillCard, pay, startCheckout } from './pages/checkout.ts';
import { markPage, orderBecomes, wasReloaded } from './pages/order-page.ts';
import { delayWebhooks } from './support/sandbox.ts';
import { orderIdOf, readOrder } from './support/shop-books.ts';
import { useShop } from './support/visitors.ts';

const { shop, visit } = useShop({ sandboxParameters: ['--retry-scale', '3600'] });

afterEach(() => delayWebhooks(shop(), 0));

test('While Stripe’s word is late the order says that the payment is being confirmed, never that it failed.', async () => {
  const { page, openTab } = await visit();
  await startCheckout(page, 'olive-soap');
  await fillCard(page);
  await delayWebhooks(shop(), 4_000);
  await pay(page);
  await orderBecomes(page, 'confirming');
  await markPage(page);
  await page.getByText(/^This usually takes a few seconds\./).waitFor();
  expect(
    await page
      .getByRole('main')
      .getByText(/declined|did not go through|waiting for payment/i)
      .count(),
  ).toBe(0);
  expect(await page.getByRole('link', { name: /Pay now|Try again/ }).count()).toBe(0);

  // The order's own address, as a bookmark or in another tab, offers no second payment either.
  const bookmark = await openTab();
  await bookmark.goto(`/orders/${orderIdOf(page)}`);
  await bookmark.getByRole('heading', { level: 1 }).waitFor();
  expect((await readOrder(page)).status).not.toBe('paid');

  await Promise.all([orderBecomes(page, 'paid'), orderBecomes(bookmark, 'paid')]);
  expect(await wasReloaded(page)).toBe(false);
  await page
    .getByRole('status')
    .filter({ hasText: /^Thank you/ })
    .waitFor({ state: 'attached' });
});

test('A shop that is down when Stripe calls learns of the payment by the repeated webhook.', async () => {
  const { page } = await visit({ refusals: [/\/api\/orders\//] });
  await startCheckout(page, 'olive-soap');
  await fillCard(page);
  await delayWebhooks(shop(), 1_500);
  await pay(page);
  await orderBecomes(page, 'confirming');
  await shop().kill9();
  await shop().restart();
  await orderBecomes(page, 'paid');
  const order = await readOrder(page);
  expect(order.timeline.find(({ type }) => type === 'order.paid')?.eventId).toMatch(/^evt_/);
});

test('Without the live stream the page asks by itself and still becomes paid.', async () => {
  const { page } = await visit({ refusals: [/\/api\/orders\/\w+\/events$/] });
  await page.route('**/api/orders/*/events', (route) => route.abort());
  await startCheckout(page, 'olive-soap');
  await fillCard(page);
  await delayWebhooks(shop(), 1_500);
  await pay(page);
  await orderBecomes(page, 'confirming');
  await orderBecomes(page, 'paid');
});

test('When the answer to Pay is lost, the page shows the order as being confirmed and then as paid.', async () => {
  const { page } = await visit({ refusals: [/\/v1\/payment_intents\/\w+\/confirm/] });
  await startCheckout(page, 'olive-soap');
  await fillCard(page);
  await delayWebhooks(shop(), 3_000);
  await page.route(/\/v1\/payment_intents\/\w+\/confirm/, async (route) => {
    await route.fetch();
    await route.abort('connectionreset');
  });
  await pay(page);
  await page.waitForURL('**/orders/*?confirming=1');
  await orderBecomes(page, 'confirming');
  await orderBecomes(page, 'paid');
});
