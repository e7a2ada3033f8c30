import { expect, test } from 'vitest';
import { addToCart, drawerOf, hydrated } from './pages/catalogue.ts';
import { fillCard, openCheckout, pay, startCheckout } from './pages/checkout.ts';
import { orderBecomes } from './pages/order-page.ts';
import { chargesFor } from './support/sandbox.ts';
import { readOrder, setPrice, setStock } from './support/shop-books.ts';
import { useShop } from './support/visitors.ts';

const { shop, visit } = useShop();
const placing = [/\/api\/orders$/];

test('A product that sells out between cart and checkout is named, and the rest can be bought.', async () => {
  const { page } = await visit();
  await addToCart(page, 'olive-soap');
  await addToCart(page, 'bath-brush');
  await setStock(shop(), 'bath-brush', 0);
  await page.goto('/cart');
  await page.getByText('Sold out. Remove it to go on.').waitFor();
  await page.getByText('Remove what is sold out to go on.').waitFor();
  expect(await page.getByRole('link', { name: 'Checkout', exact: true }).count()).toBe(0);
  await page.getByRole('button', { name: 'Remove Bath brush' }).click();
  await page.getByText('Bath brush removed.').waitFor();
  await page.getByRole('link', { name: 'Checkout', exact: true }).waitFor();
});

test('A product that sells out while the checkout is open is not ordered, and the page says which.', async () => {
  const { page } = await visit({ refusals: placing });
  await startCheckout(page, 'table-clock');
  await fillCard(page);
  await setStock(shop(), 'table-clock', 0);
  await pay(page);
  await page
    .getByRole('alert')
    .filter({ hasText: /sold out|no longer available|not enough/i })
    .waitFor();
  await page.waitForURL('**/checkout');
});

test('A quantity that is no longer there is lowered, with a notice, on page and in the total.', async () => {
  const { page } = await visit();
  await addToCart(page, 'pepper-mill', 3);
  await setStock(shop(), 'pepper-mill', 2);
  await page.goto('/cart');
  await page.getByText('Only 2 left. We changed your quantity from 3 to 2.').waitFor();
  expect(await page.getByRole('textbox', { name: 'Quantity of Pepper mill' }).inputValue()).toBe('2');
  await page.getByRole('region', { name: 'Summary' }).getByText('$96.00').first().waitFor();
});

test('A product page says how few are left and refuses more than that.', async () => {
  const { page } = await visit();
  await setStock(shop(), 'lantern', 2);
  await page.goto('/products/lantern');
  await hydrated(page);
  await page.getByText('Only 2 left', { exact: true }).waitFor();
  await setStock(shop(), 'lantern', 0);
  await page.getByRole('button', { name: 'Add to cart' }).first().click();
  await page.getByRole('alert').filter({ hasText: 'This has just been sold out.' }).waitFor();
  expect(await drawerOf(page).count()).toBe(0);
  await page.reload();
  await page.getByText('Sold out', { exact: true }).waitFor();
  expect(await page.getByRole('button', { name: 'Add to cart' }).count()).toBe(0);
});

test('A price that rises while the checkout is open is shown first and charged only after another press.', async () => {
  const { page } = await visit();
  await startCheckout(page, 'notebook');
  await fillCard(page);
  const before = await page.getByRole('button', { name: /^Pay \$/ }).textContent();
  await setPrice(shop(), 'notebook', 10_000);
  await pay(page);
  const told = page.getByText('The total is $108.00 now. Check it, then press Pay again.');
  await told.waitFor();
  expect(before).not.toBe('Pay $108.00');
  await page.getByRole('button', { name: 'Pay $108.00' }).click();
  await orderBecomes(page, 'paid');
  const order = await readOrder(page);
  expect(order.total.amount).toBe(10_800);
  expect(await chargesFor(shop(), order)).toHaveLength(1);
});

test('A new country changes shipping and tax, says so, and the button carries the new total.', async () => {
  const { page } = await visit();
  await startCheckout(page, 'olive-soap');
  await page.getByLabel('Country or region').selectOption('DE');
  // $6.00 and $9.00 shipping, 19 % on both.
  await page.getByRole('button', { name: 'Pay $17.85' }).waitFor();
  const summary = page.getByRole('complementary', { name: 'Order summary' });
  await summary.getByRole('status').filter({ hasText: '$17.85' }).waitFor();
});

test('A discount code that does not work says why and leaves the total alone.', async () => {
  const { page } = await visit();
  await addToCart(page, 'olive-soap');
  await openCheckout(page);
  const summary = page.getByRole('complementary', { name: 'Order summary' });
  await summary.getByRole('button', { name: 'Add discount code' }).click();
  for (const [code, message] of [
    ['NOSUCHCODE', 'We do not know this code. Check its spelling.'],
    ['SPRING26', /This code ended on/],
    ['FIVEOFF', 'Add $24.00 more to use this code'],
  ] as const) {
    await summary.getByLabel('Discount code').fill(code);
    await summary.getByRole('button', { name: 'Apply discount code' }).click();
    await summary.getByText(message).waitFor();
    expect(await summary.getByLabel('Discount code').inputValue()).toBe(code);
    await page.getByRole('button', { name: 'Pay $12.48' }).waitFor();
  }
  await page.waitForURL('**/checkout');
});

test('A discount code that was typed but not applied is applied before anything is paid.', async () => {
  const { page } = await visit();
  await startCheckout(page, 'olive-soap');
  await fillCard(page);
  const summary = page.getByRole('complementary', { name: 'Order summary' });
  await summary.getByRole('button', { name: 'Add discount code' }).click();
  await summary.getByLabel('Discount code').fill('welcome10');
  await pay(page);
  await page.getByText('We applied your discount code first. Check the new total, then press Pay.').waitFor();
  await page.getByRole('button', { name: 'Pay $11.83' }).click();
  await orderBecomes(page, 'paid');
  expect((await readOrder(page)).discount.amount).toBe(60);
});

test('A code from the address is applied, and can be removed.', async () => {
  const { page } = await visit();
  await addToCart(page, 'olive-soap');
  await page.goto('/cart?code=WELCOME10');
  await page.getByText('Discount (WELCOME10)').waitFor();
  await page.getByRole('button', { name: 'Remove discount code WELCOME10' }).click();
  await page.getByRole('button', { name: 'Add discount code' }).waitFor();
});
