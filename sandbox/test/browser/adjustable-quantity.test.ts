import { describe, expect, test } from 'vitest';
import { useHostedPage } from './support/hosted-page.ts';
import { accessibilityFaults, visit } from './support/visit.ts';

const hosted = useHostedPage();

/** Two mugs for $24.00 each, of which there may be one to five, and a spoon for $3.00 that may be left out. */
const order = {
  'line_items[0][adjustable_quantity][enabled]': 'true',
  'line_items[0][adjustable_quantity][minimum]': '1',
  'line_items[0][adjustable_quantity][maximum]': '5',
  'line_items[1][price_data][currency]': 'usd',
  'line_items[1][price_data][unit_amount]': '300',
  'line_items[1][price_data][product_data][name]': 'Spoon',
  'line_items[1][quantity]': '1',
  'line_items[1][adjustable_quantity][enabled]': 'true',
};

const total = (text: string) => hosted.page.getByTestId('total').filter({ hasText: text }).waitFor();
const mugs = () => hosted.page.getByRole('spinbutton', { name: 'Quantity of Stoneware mug' });
const more = () => hosted.page.getByRole('button', { name: 'One more of Stoneware mug' });

describe('quantities on the hosted page', () => {
  test('presses in a row count all, and what is typed in the form stays', async () => {
    const session = await hosted.open(order);
    const { page } = hosted;
    await hosted.fill('4242424242424242');
    await more().click();
    await more().click();
    await total('$99.00');
    await expect.poll(() => mugs().inputValue()).toBe('4');
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Pay $99.00' }).click();
    await page.waitForURL('**/success?**');
    expect(await hosted.read(session)).toMatchObject({ amount_total: 9900, payment_status: 'paid' });
    await hosted.customer.expectClean();
  });

  test('nothing is paid while a new price is under way', async () => {
    const session = await hosted.open(order);
    const { page } = hosted;
    await hosted.fill('4242424242424242');
    await more().click();
    // By force: Playwright would wait until the button takes presses again.
    await page.getByTestId('hosted-payment-submit-button').click({ force: true });
    await total('$75.00');
    expect(await hosted.read(session)).toMatchObject({ status: 'open' });
    await page.getByRole('button', { name: 'Pay $75.00' }).click();
    await page.waitForURL('**/success?**');
    expect(await hosted.read(session)).toMatchObject({ amount_total: 7500 });
  });

  test('a keyboard types a quantity, is told of the limits, and keeps its place', async () => {
    await hosted.open(order);
    const { page } = hosted;
    await mugs().focus();
    await page.keyboard.press('Control+A');
    await page.keyboard.type('9');
    await page.keyboard.press('Enter');
    await page.getByText('Enter a number from 1 to 5.').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.keyboard.press('Control+A');
    await page.keyboard.type('5');
    await page.keyboard.press('Enter');
    await total('$123.00');
    await expect.poll(() => mugs().evaluate((node) => node === document.activeElement)).toBe(true);
    expect(await more().getAttribute('aria-disabled')).toBe('true');
    await page.keyboard.press('ArrowDown');
    await total('$99.00');
  });

  test('with a quantity that is not allowed nothing is paid, and a step leads back', async () => {
    const session = await hosted.open(order);
    const { page } = hosted;
    await hosted.fill('4242424242424242');
    await mugs().fill('9');
    await page.getByRole('button', { name: 'Pay $51.00' }).click();
    await expect.poll(() => mugs().evaluate((node) => node === document.activeElement)).toBe(true);
    expect(await hosted.read(session)).toMatchObject({ status: 'open' });
    await page.getByRole('button', { name: 'One less of Stoneware mug' }).click();
    await total('$123.00');
  });

  test('a line is taken out of the order, and the last one cannot be', async () => {
    const session = await hosted.open(order);
    const { page } = hosted;
    await page.getByRole('button', { name: 'Remove Spoon' }).click();
    await total('$48.00');
    await page.locator('.name', { hasText: 'Spoon' }).waitFor({ state: 'detached' });
    expect(await page.getByRole('button', { name: /Remove/ }).count()).toBe(0);
    const { data } = await hosted.setting.api('GET', `/v1/checkout/sessions/${session.id}/line_items`);
    expect(data).toHaveLength(1);
  });

  test('what the server refuses is said at the line, which shows the old quantity again', async () => {
    await hosted.open({ ...order, 'line_items[0][price_data][unit_amount]': '20000000' });
    await more().click();
    await more().click();
    await more().click();
    await hosted.page.getByText(/must be no more than/).waitFor();
    expect(await mugs().inputValue()).toBe('2');
  });

  test('fits a phone', async () => {
    const session = await hosted.createSession(order);
    const phone = await visit(hosted.setting.browser, { ...hosted.setting, width: 375 });
    await phone.page.goto(session.url);
    const button = phone.page.getByRole('button', { name: 'One more of Stoneware mug' });
    const box = await button.boundingBox();
    expect(Math.min(box!.width, box!.height)).toBeGreaterThanOrEqual(42);
    await button.click();
    await phone.page.getByTestId('total').filter({ hasText: '$75.00' }).waitFor();
    expect(await phone.page.evaluate('document.documentElement.scrollWidth <= 375')).toBe(true);
    await phone.close();
  });
});
