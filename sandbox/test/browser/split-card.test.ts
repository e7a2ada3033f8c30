import type { FrameLocator } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { ApiObject } from './support/setting.ts';
import { useShop } from './support/shop.ts';
import { accessibilityFaults, resultAfterPay } from './support/visit.ts';

const shop = useShop();

const frame = (name: string): FrameLocator => shop.page.frameLocator(`#${name} iframe`);
const number = () => frame('cardNumber').locator('[name="cardnumber"]');
const expiry = () => frame('cardExpiry').locator('[name="exp-date"]');
const securityCode = () => frame('cardCvc').locator('[name="cvc"]');
const classesOf = async (name: string) =>
  ((await shop.page.locator(`#${name}`).getAttribute('class')) ?? '').split(' ').sort();

async function lastChange(elementType: string): Promise<ApiObject> {
  const events = (await shop.page.evaluate('window.events')) as ApiObject[];
  return events.findLast((event) => event.elementType === elementType);
}

async function open(parameters: Record<string, string> = {}): Promise<void> {
  await shop.open({ kind: 'split', ...parameters });
  await expect.poll(() => shop.page.evaluate('window.states.length')).toBe(3);
}

describe('a card split over three Elements', () => {
  test('each tells that it is ready and is marked as empty', async () => {
    await open();
    const states = (await shop.page.evaluate('window.states')) as string[];
    expect(states.toSorted()).toEqual(['cardCvc ready', 'cardExpiry ready', 'cardNumber ready']);
    expect(await classesOf('cardExpiry')).toEqual(['StripeElement', 'StripeElement--empty', 'box']);
  });

  test('the number tells its brand and the others tell none', async () => {
    await open();
    await number().fill('37828224');
    await expect
      .poll(() => lastChange('cardNumber'))
      .toEqual({
        elementType: 'cardNumber',
        empty: false,
        complete: false,
        brand: 'amex',
      });
    await expiry().fill('1234');
    await expect
      .poll(() => lastChange('cardExpiry'))
      .toEqual({
        elementType: 'cardExpiry',
        empty: false,
        complete: true,
      });
  });

  test('the security code grows to four digits for American Express', async () => {
    await open();
    await securityCode().fill('1234');
    await number().fill('4242424242424242');
    await securityCode().fill('1234');
    expect(await securityCode().inputValue()).toBe('123');
    await number().fill('378282246310005');
    await expect.poll(() => lastChange('cardCvc')).toMatchObject({ complete: false });
    await securityCode().fill('1234');
    await expect.poll(() => lastChange('cardCvc')).toMatchObject({ complete: true });
  });

  test('a wrong number is an error of the shop’s to show, and the place is marked', async () => {
    await open();
    await number().fill('4242424242424241');
    await expect
      .poll(() => lastChange('cardNumber'))
      .toMatchObject({
        complete: false,
        error: { type: 'validation_error', code: 'invalid_number', message: 'Your card number is invalid.' },
      });
    expect(await classesOf('cardNumber')).toEqual(
      expect.arrayContaining(['StripeElement--focus', 'StripeElement--invalid']),
    );
    await number().fill('4242424242424242');
    await expect
      .poll(() => classesOf('cardNumber'))
      .toEqual(expect.arrayContaining(['StripeElement--complete', 'StripeElement--focus']));
    expect((await lastChange('cardNumber')).error).toBeUndefined();
  });

  test('a label of the shop focuses its Element, and the shop can focus, blur and clear one', async () => {
    await open();
    const focused = (name: string) => expect.poll(() => classesOf(name)).toContain('StripeElement--focus');
    await shop.page.locator('label[for="cardExpiry"]').click();
    await focused('cardExpiry');
    await shop.page.evaluate('securityCode.focus()');
    await focused('cardCvc');
    expect(await classesOf('cardExpiry')).not.toContain('StripeElement--focus');
    await shop.page.evaluate('securityCode.blur()');
    await expect.poll(() => classesOf('cardCvc')).not.toContain('StripeElement--focus');
    await expiry().fill('1234');
    await shop.page.evaluate('expiry.clear()');
    await expect.poll(() => classesOf('cardExpiry')).toContain('StripeElement--empty');
    expect(await expiry().inputValue()).toBe('');
  });

  test('style, placeholder and disabled can be given later', async () => {
    const style = { base: { color: 'rgb(1, 2, 3)', '::placeholder': { color: 'rgb(4, 5, 6)' } } };
    await open({ style: JSON.stringify(style) });
    const color = () => number().evaluate((node) => getComputedStyle(node).color);
    expect(await color()).toBe('rgb(1, 2, 3)');
    await shop.page.evaluate(
      `void card.update({ disabled: true, placeholder: 'Card', style: { base: { color: 'rgb(7, 8, 9)' } } })`,
    );
    await expect.poll(color).toBe('rgb(7, 8, 9)');
    expect(await number().isDisabled()).toBe(true);
    expect(await number().getAttribute('placeholder')).toBe('Card');
  });

  test('one of each kind can exist, and a destroyed one makes room for another', async () => {
    await open();
    const create = (): Promise<string> =>
      shop.page.evaluate(
        `(() => { try { elements.create('cardCvc').mount('#cardCvc'); return 'made' } catch (error) { return error.message } })()`,
      );
    expect(await create()).toBe('Can only create one Element of type cardCvc.');
    await shop.page.evaluate('securityCode.destroy()');
    expect(await classesOf('cardCvc')).toEqual(['box']);
    expect(await create()).toBe('made');
    await number().fill('4242424242424242');
    await expiry().fill('1234');
    await securityCode().fill('123');
    expect((await resultAfterPay(shop.page)).paymentIntent.status).toBe('succeeded');
    await shop.visit.expectClean();
  });

  test('a payment method is made from any of the three', async () => {
    await open();
    await number().fill('5555555555554444');
    await expiry().fill('1234');
    await securityCode().fill('123');
    const script = `stripe.createPaymentMethod({ type: 'card', card: expiry, billing_details: { name: 'Ada' } })`;
    const { paymentMethod } = (await shop.page.evaluate(script)) as ApiObject;
    expect(paymentMethod).toMatchObject({ card: { last4: '4444' }, billing_details: { name: 'Ada' } });
    await shop.visit.expectClean();
  });

  test('has no accessibility faults', async () => {
    await open();
    await resultAfterPay(shop.page);
    expect(await accessibilityFaults(shop.page)).toEqual([]);
  });
});
