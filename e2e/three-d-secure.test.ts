import { expect, test } from 'vitest';
import { cards, challenge, fillCard, pay, payButton, startCheckout } from './pages/checkout.ts';
import { orderBecomes } from './pages/order-page.ts';
import { chargesFor } from './support/sandbox.ts';
import { readOrder } from './support/shop-books.ts';
import { useShop } from './support/visitors.ts';

const { shop, visit } = useShop();
const refused = 'Your bank could not confirm it was you. Try again or use another card.';

test('A card that asks for 3-D Secure is charged once the bank has been answered.', async () => {
  const { page } = await visit();
  await startCheckout(page, 'olive-soap');
  await fillCard(page, cards.asksForAuthentication);
  await pay(page);
  const answer = challenge(page).getByRole('button', { name: 'Complete authentication' });
  await answer.waitFor();
  await page.getByRole('button', { name: 'Waiting for your bank…' }).waitFor();
  await page
    .getByRole('status')
    .filter({ hasText: 'Your bank may ask you to confirm in its app.' })
    .waitFor();
  await answer.click();
  await orderBecomes(page, 'paid');
  expect(await chargesFor(shop(), await readOrder(page))).toHaveLength(1);
});

test('Failing the bank’s question charges nothing, says why, and the same order can be paid with another card.', async () => {
  const { page } = await visit();
  await startCheckout(page, 'olive-soap');
  await fillCard(page, cards.asksForAuthentication);
  await pay(page);
  await challenge(page).getByRole('button', { name: 'Fail authentication' }).click();
  await page.getByRole('alert').filter({ hasText: refused }).waitFor();
  await payButton(page).waitFor();
  await fillCard(page);
  await pay(page);
  await orderBecomes(page, 'paid');
  const order = await readOrder(page);
  expect(order.payments.at(-1)).toMatchObject({ status: 'succeeded', card: { last4: '4242' } });
  expect(await chargesFor(shop(), order)).toHaveLength(1);
});

test('Closing the bank’s dialog leaves the payment open to be tried again.', async () => {
  const { page } = await visit();
  await startCheckout(page, 'olive-soap');
  await fillCard(page, cards.asksForAuthentication);
  await pay(page);
  await challenge(page).getByRole('button', { name: 'Complete authentication' }).waitFor();
  await page.getByRole('button', { name: 'Cancel authentication' }).click();
  await page.getByRole('alert').filter({ hasText: refused }).waitFor();
  await payButton(page).waitFor();
  await pay(page);
  await challenge(page).getByRole('button', { name: 'Complete authentication' }).click();
  await orderBecomes(page, 'paid');
  expect(await chargesFor(shop(), await readOrder(page))).toHaveLength(1);
});
