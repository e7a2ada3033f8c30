import { describe, expect, test } from 'vitest';
import { useShop } from './support/shop.ts';
import {
  accessibilityFaults,
  challengeFrame,
  paymentFrame,
  result,
  resultAfterPay,
  typeCard,
} from './support/visit.ts';

const shop = useShop();

describe('the life of a Payment Element', () => {
  const states = () => shop.page.evaluate('window.states');

  test('the shop hears loading, focus, Escape and blur, once each and not between fields', async () => {
    await shop.open();
    const frame = paymentFrame(shop.page);
    await frame.locator('[name="number"]').focus();
    await frame.locator('[name="cvc"]').focus();
    await shop.page.keyboard.press('Escape');
    await shop.page.getByRole('button', { name: 'Pay' }).focus();
    await expect.poll(states).toEqual(['loaderstart', 'focus', 'escape', 'blur']);
  });

  test('takes the colours of the shop at first and when they change', async () => {
    await shop.open();
    const color = () =>
      paymentFrame(shop.page)
        .locator(':root')
        .evaluate((node) => getComputedStyle(node).getPropertyValue('--colorPrimary'));
    await paymentFrame(shop.page).locator('[name="number"]').waitFor();
    expect(await color()).toBe('#1f5f4a');
    await shop.page.evaluate(`elements.update({ appearance: { variables: { colorPrimary: '#aa0000' } } })`);
    await expect.poll(color).toBe('#aa0000');
  });

  test('grows with its messages so that nothing is cut off', async () => {
    await shop.open();
    await paymentFrame(shop.page).locator('[name="number"]').waitFor();
    await resultAfterPay(shop.page);
    const content = () =>
      paymentFrame(shop.page)
        .locator('.payment')
        .evaluate((node) => node.getBoundingClientRect().height);
    const frame = () => shop.page.locator('#payment iframe').evaluate((node) => node.clientHeight);
    await expect.poll(async () => (await frame()) - (await content())).toBeCloseTo(0, -0.5);
  });

  test('corrects a digit in the middle of a number without losing the caret', async () => {
    await shop.open();
    const number = paymentFrame(shop.page).locator('[name="number"]');
    await number.fill('4242424242424241');
    await number.evaluate((node: HTMLInputElement) => node.setSelectionRange(6, 6));
    await shop.page.keyboard.press('Backspace');
    await shop.page.keyboard.type('5');
    expect(await number.inputValue()).toBe('4242 5242 4242 4241');
    expect(await number.evaluate((node: HTMLInputElement) => node.selectionStart)).toBe(6);
  });

  test('collapses, opens again and can be unmounted, mounted and destroyed', async () => {
    await shop.open();
    const number = paymentFrame(shop.page).locator('[name="number"]');
    await number.waitFor();
    await shop.page.evaluate('void element.collapse()');
    await number.waitFor({ state: 'hidden' });
    await paymentFrame(shop.page).getByTestId('card').click();
    await number.waitFor();
    await shop.page.evaluate(`element.unmount(); element.mount('#payment')`);
    await number.waitFor();
    await shop.page.evaluate('element.destroy()');
    expect(await shop.page.locator('iframe').count()).toBe(0);
    await expect(shop.page.evaluate(`element.mount('#payment')`)).rejects.toThrow('already been destroyed');
  });

  test('a frame does not listen to a message that does not name its channel', async () => {
    await shop.open();
    await typeCard(shop.page, '4242424242424242');
    await shop.page.evaluate(() => {
      const frame = document.querySelector('iframe')!.contentWindow!;
      frame.postMessage({ channel: 'guess', message: { kind: 'command', command: 'clear' } }, '*');
      frame.postMessage({ message: { kind: 'command', command: 'clear' } }, '*');
      frame.postMessage('clear', '*');
    });
    expect((await resultAfterPay(shop.page)).paymentIntent.status).toBe('succeeded');
    await shop.visit.expectClean();
  });

  test('Enter in a card field submits the form of the shop', async () => {
    await shop.open();
    await typeCard(shop.page, '4242424242424242');
    await shop.page.keyboard.press('Enter');
    expect((await result(shop.page)).paymentIntent.status).toBe('succeeded');
  });

  test('has no accessibility faults, with its messages shown and with the bank’s dialog open', async () => {
    await shop.open();
    await paymentFrame(shop.page).locator('[name="number"]').waitFor();
    await resultAfterPay(shop.page);
    expect(await accessibilityFaults(shop.page)).toEqual([]);
    await typeCard(shop.page, '4000002760003184');
    await shop.page.getByRole('button', { name: 'Pay' }).click();
    await challengeFrame(shop.page).getByRole('button', { name: 'Complete authentication' }).waitFor();
    expect(await accessibilityFaults(shop.page)).toEqual([]);
  });
});
