import { expect, test } from 'vitest';
import { cards, checkoutReady, fillCard, newBuyer, pay, payButton, startCheckout } from './pages/checkout.ts';
import { orderBecomes } from './pages/order-page.ts';
import { chargesFor } from './support/sandbox.ts';
import { readOrder } from './support/shop-books.ts';
import { useShop } from './support/visitors.ts';

const { shop, visit } = useShop();

/** A declined card is answered with an error by Stripe, which browsers write to their console. */
const declines = [/\/v1\/payment_intents\/\w+\/confirm/];

test.each([
  {
    kind: 'without funds',
    card: cards.hasNoFunds,
    message: 'This card does not have enough funds for $12.48. Try another card.',
  },
  {
    kind: 'that is declined',
    card: cards.declines,
    message:
      'This card was declined and you have not been charged. Try another card or contact your card issuer.',
  },
])(
  'A card $kind is named as such, everything typed stays, and a good card pays the same order.',
  async ({ card, message }) => {
    const { page } = await visit({ refusals: declines });
    const buyer = newBuyer();
    await startCheckout(page, 'olive-soap', buyer);
    await fillCard(page, card);
    await pay(page);

    const alert = page.getByRole('alert').filter({ hasText: message });
    await alert.waitFor();
    expect(await alert.textContent()).toBe(message);
    await alert.and(page.locator(':focus')).waitFor();
    await payButton(page).waitFor();
    expect(await page.getByLabel('Email').inputValue()).toBe(buyer.email);
    expect(await page.getByLabel('Address', { exact: true }).inputValue()).toBe('12 Orchard Lane');
    expect(await page.getByLabel('State').inputValue()).toBe('OR');

    await fillCard(page);
    await pay(page);
    await orderBecomes(page, 'paid');
    const order = await readOrder(page);
    expect(order.payments.map(({ attempt }) => attempt)).toEqual([1, 2]);
    expect(order.payments[1]).toMatchObject({ status: 'succeeded', card: { last4: '4242' } });
    expect(await chargesFor(shop(), order)).toHaveLength(1);
  },
);

test('After a decline the order’s own page says so and leads back to paying it.', async () => {
  const { page } = await visit({ refusals: declines });
  await startCheckout(page, 'olive-soap');
  await fillCard(page, cards.declines);
  await pay(page);
  await page.getByRole('alert').filter({ hasText: 'declined' }).waitFor();
  await page.goto('/cart');
  await page.getByRole('link', { name: 'See the order' }).click();
  await orderBecomes(page, 'failed');
  await page.getByText('This card was declined and you have not been charged.').first().waitFor();

  await page.getByRole('link', { name: 'Try again' }).click();
  await page.getByRole('heading', { level: 1, name: 'Pay for your order' }).waitFor();
  await checkoutReady(page);
  await fillCard(page);
  await pay(page);
  await orderBecomes(page, 'paid');
});

test('After three declines the message points to the other way to pay.', async () => {
  const { page } = await visit({ refusals: declines });
  await startCheckout(page, 'olive-soap');
  await fillCard(page, cards.declines);
  for (let press = 1; press < 3; press++) {
    await pay(page);
    await page
      .getByRole('alert')
      .filter({ hasText: /issuer\.$/ })
      .waitFor();
    await payButton(page).waitFor();
  }
  await pay(page);
  await page
    .getByRole('alert')
    .filter({ hasText: 'You can also choose another way to pay above.' })
    .waitFor();
});
