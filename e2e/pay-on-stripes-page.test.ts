import { expect, test } from 'vitest';
import {
  cards,
  checkoutReady,
  chooseStripesPage,
  fillCard,
  newBuyer,
  pay,
  payButton,
  startCheckout,
} from './pages/checkout.ts';
import { leaveHostedPage, payOnHostedPage } from './pages/hosted-page.ts';
import { orderBecomes } from './pages/order-page.ts';
import { chargesFor, delayWebhooks } from './support/sandbox.ts';
import { orderIdOf, placedOrderId, readOrder } from './support/shop-books.ts';
import { useShop } from './support/visitors.ts';

const { shop, visit } = useShop();

test('A purchase on Stripe’s page ends on the order, which becomes paid by itself.', async () => {
  const { page } = await visit();
  await startCheckout(page, 'olive-soap');
  await chooseStripesPage(page);
  await page.getByRole('button', { name: 'Continue to payment · $12.48' }).click();
  await delayWebhooks(shop(), 1_500);
  await payOnHostedPage(page);

  await page.waitForURL('**/payment/success?**');
  await orderBecomes(page, 'confirming');
  await orderBecomes(page, 'paid');
  await delayWebhooks(shop(), 0);
  const order = await readOrder(page);
  expect(order.payments).toMatchObject([{ flow: 'hosted', attempt: 1, status: 'succeeded' }]);
  expect(order.timeline.find(({ type }) => type === 'order.paid')?.eventId).toMatch(/^evt_/);
  expect(await chargesFor(shop(), order)).toHaveLength(1);
  await page
    .getByRole('banner')
    .getByRole('link', { name: /^Cart 0 items/ })
    .waitFor();
});

test('Whoever leaves Stripe’s page is told that nothing was charged and pays the same order there later.', async () => {
  const { page } = await visit();
  await startCheckout(page, 'olive-soap');
  await chooseStripesPage(page);
  await pay(page);
  await leaveHostedPage(page);

  await orderBecomes(page, 'unpaid');
  await page.getByText('Nothing has been charged yet.').waitFor();
  await page.getByText(/^You came back from Stripe’s page without paying/).waitFor();
  await page
    .getByRole('banner')
    .getByRole('link', { name: /^Cart 1 item/ })
    .waitFor();
  const left = orderIdOf(page);
  await page.getByRole('link', { name: 'Pay now' }).click();
  await checkoutReady(page);
  await pay(page);
  await payOnHostedPage(page);
  await orderBecomes(page, 'paid');

  expect(orderIdOf(page)).toBe(left);
  const order = await readOrder(page);
  expect(order.payments.filter(({ status }) => status === 'succeeded')).toHaveLength(1);
  expect(await chargesFor(shop(), order)).toHaveLength(1);
});

test('Whoever leaves Stripe’s page can pay the same order by card on ours; the page left behind takes no money.', async () => {
  const { page, openTab } = await visit({ refusals: [/\/c\/pay\//] });
  await startCheckout(page, 'olive-soap');
  await chooseStripesPage(page);
  await pay(page);
  await page.waitForURL('**/c/pay/**');
  const hostedPage = page.url();
  await leaveHostedPage(page);
  const left = orderIdOf(page);
  await page.getByRole('link', { name: 'Pay now' }).click();
  await checkoutReady(page);
  await page.getByLabel('Pay by card here').check();
  await fillCard(page);
  await pay(page);
  await orderBecomes(page, 'paid');

  expect(orderIdOf(page)).toBe(left);
  const order = await readOrder(page);
  expect(order.payments).toMatchObject([
    { attempt: 1, flow: 'hosted', status: 'canceled' },
    { attempt: 2, flow: 'elements', status: 'succeeded' },
  ]);
  const late = await openTab();
  await late.goto(hostedPage);
  await late.getByRole('heading').first().waitFor();
  expect(await late.getByRole('button', { name: /^Pay / }).count()).toBe(0);
  expect(await chargesFor(shop(), order)).toHaveLength(1);
});

test('The browser’s Back from Stripe’s page finds the checkout filled in and pays the same order.', async () => {
  const { page } = await visit();
  const buyer = newBuyer();
  await startCheckout(page, 'olive-soap', buyer);
  await chooseStripesPage(page);
  await pay(page);
  await page.waitForURL('**/c/pay/**');
  const first = await placedOrderId(page.context());
  await page.goBack();
  await checkoutReady(page);
  expect(await page.getByLabel('Email').inputValue()).toBe(buyer.email);
  expect(await page.getByLabel('ZIP code').inputValue()).toBe('97201');
  await payButton(page).waitFor();
  await chooseStripesPage(page);
  await pay(page);
  await payOnHostedPage(page);
  await orderBecomes(page, 'paid');
  expect(orderIdOf(page)).toBe(first);
});

test('A card that is declined on Stripe’s page can be followed by a good one there.', async () => {
  const { page } = await visit({ refusals: [/\/c\/pay\/.*|\/v1\/payment_pages/] });
  await startCheckout(page, 'olive-soap');
  await chooseStripesPage(page);
  await pay(page);
  await payOnHostedPage(page, cards.declines);
  await page
    .getByRole('alert')
    .filter({ hasText: /declined/ })
    .waitFor();
  await payOnHostedPage(page);
  await orderBecomes(page, 'paid');
  expect(await chargesFor(shop(), await readOrder(page))).toHaveLength(1);
});
