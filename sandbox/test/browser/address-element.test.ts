import type { FrameLocator } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { ApiObject } from './support/setting.ts';
import { useShop } from './support/shop.ts';
import { accessibilityFaults, paymentFrame, resultAfterPay, typeCard } from './support/visit.ts';

const shop = useShop();

const addressFrame = (mode = 'shipping'): FrameLocator =>
  shop.page.frameLocator(
    `#address-${mode} iframe[title="Secure address input frame"][src*="elements-inner-address"]`,
  );
const emailInput = () =>
  shop.page.frameLocator('iframe[title="Secure email input frame"]').locator('[name="email"]');

async function open(parameters: Record<string, string> = {}): Promise<ApiObject> {
  const intent = await shop.open({ kind: 'details', ...parameters });
  await paymentFrame(shop.page).locator('[name="number"]').waitFor();
  await emailInput().waitFor();
  return intent;
}

async function typeAddress(mode = 'shipping'): Promise<void> {
  const frame = addressFrame(mode);
  await frame.locator('[name="name"]').fill('Ada Lovelace');
  await frame.locator('[name="country"]').selectOption('US');
  await frame.locator('[name="addressLine1"]').fill('510 Townsend St');
  await frame.locator('[name="locality"]').fill('San Francisco');
  await frame.locator('[name="administrativeArea"]').selectOption('CA');
  await frame.locator('[name="postalCode"]').fill('94103');
}

async function lastChange(elementType: string): Promise<ApiObject> {
  const events = (await shop.page.evaluate('window.events')) as ApiObject[];
  return events.findLast((event) => event.elementType === elementType);
}

const townsend = {
  line1: '510 Townsend St',
  line2: null,
  city: 'San Francisco',
  state: 'CA',
  postal_code: '94103',
  country: 'US',
};

describe('the Address Element', () => {
  test('tells the shop the address, and when it is complete', async () => {
    await open();
    await addressFrame().locator('[name="name"]').fill('Ada');
    await expect.poll(() => lastChange('address')).toMatchObject({ empty: false, complete: false });
    await typeAddress();
    const value = { name: 'Ada Lovelace', address: townsend };
    await expect
      .poll(() => lastChange('address'))
      .toEqual({
        elementType: 'address',
        elementMode: 'shipping',
        empty: false,
        complete: true,
        isNewAddress: true,
        value,
      });
    expect(await shop.page.evaluate('address.getValue()')).toEqual({
      complete: true,
      isNewAddress: true,
      value,
    });
  });

  test('a shipping address and the e-mail address become part of the payment', async () => {
    const intent = await open();
    await typeAddress();
    await emailInput().fill('ada@example.com');
    await typeCard(shop.page, '4242424242424242');
    expect((await resultAfterPay(shop.page)).paymentIntent.status).toBe('succeeded');
    const paid = await shop.setting.api('GET', `/v1/payment_intents/${intent.id}`, {
      'expand[0]': 'payment_method',
    });
    expect(paid.shipping).toMatchObject({ name: 'Ada Lovelace', address: townsend });
    expect(paid.payment_method.billing_details).toMatchObject({
      email: 'ada@example.com',
      address: { postal_code: '94107', line1: null },
    });
    await shop.visit.expectClean();
  });

  test('a billing address is asked once: the Payment Element leaves its own fields out', async () => {
    const intent = await open({ modes: 'billing' });
    const payment = paymentFrame(shop.page);
    await payment.locator('[name="postalCode"]').waitFor({ state: 'hidden' });
    expect(await payment.locator('[name="country"]').isHidden()).toBe(true);
    await typeAddress('billing');
    await emailInput().fill('ada@example.com');
    await payment.locator('[name="number"]').fill('4242424242424242');
    await payment.locator('[name="expiry"]').fill('1234');
    await payment.locator('[name="cvc"]').fill('123');
    expect((await resultAfterPay(shop.page)).paymentIntent.status).toBe('succeeded');
    const paid = await shop.setting.api('GET', `/v1/payment_intents/${intent.id}`, {
      'expand[0]': 'payment_method',
    });
    expect(paid.shipping).toBeNull();
    expect(paid.payment_method.billing_details).toMatchObject({ name: 'Ada Lovelace', address: townsend });
  });

  test('both modes can stand beside each other, and each is found by its mode', async () => {
    await open({ modes: 'shipping billing' });
    const found = (mode: string) =>
      shop.page.evaluate(`elements.getElement('address', { mode: '${mode}' }) === address`);
    expect(await found('billing')).toBe(true);
    expect(await found('shipping')).toBe(false);
    const again = shop.page.evaluate(`elements.create('address', { mode: 'billing' })`);
    await expect(again).rejects.toThrow('Can only create one Element of type address');
  });

  test('a payment without an address is not sent, and the focus goes to what is missing first', async () => {
    const intent = await open();
    const { error } = await resultAfterPay(shop.page);
    expect(error).toMatchObject({ type: 'validation_error' });
    await expect
      .poll(() => emailInput().evaluate((node) => node === document.activeElement && document.hasFocus()))
      .toBe(true);
    expect(await addressFrame().locator('.field.invalid').count()).toBe(5);
    expect(await shop.statusOf(intent.id)).toBe('requires_payment_method');
    expect(await accessibilityFaults(shop.page)).toEqual([]);
  });

  test('each country has its own fields', async () => {
    await open();
    const frame = addressFrame();
    const label = (name: string) => frame.locator(`[data-field="${name}"] label`).textContent();
    expect(await label('postalCode')).toBe('ZIP code');
    await frame.locator('[name="country"]').selectOption('DE');
    expect(await frame.locator('[name="administrativeArea"]').isHidden()).toBe(true);
    expect(await label('postalCode')).toBe('Postal code');
    await frame.locator('[name="country"]').selectOption('HK');
    expect(await frame.locator('[name="postalCode"]').isHidden()).toBe(true);
    await frame.locator('[name="country"]').selectOption('CA');
    await frame.locator('select[name="administrativeArea"]').selectOption('QC');
    await frame.locator('[name="postalCode"]').fill('1');
    await frame.locator('[name="name"]').focus();
    expect(await frame.locator('[data-field="postalCode"] .Error').textContent()).toBe(
      'Your Postal code is incomplete.',
    );
  });

  test('defaults, allowed countries, a split name and a phone number', async () => {
    const address = {
      allowedCountries: ['US', 'DE'],
      blockPoBox: true,
      display: { name: 'split' },
      fields: { phone: 'always' },
      defaultValues: {
        firstName: 'Grace',
        lastName: 'Hopper',
        phone: '+49 30 1234567',
        address: { line1: 'PO Box 12', city: 'Berlin', postal_code: '10115', country: 'DE' },
      },
    };
    await open({ address: JSON.stringify(address) });
    const frame = addressFrame();
    expect(await frame.locator('[name="country"] option').allTextContents()).toEqual([
      'Germany',
      'United States',
    ]);
    expect(await shop.page.evaluate('address.getValue()')).toMatchObject({
      complete: false,
      value: { name: 'Grace Hopper', firstName: 'Grace', lastName: 'Hopper', phone: '+49301234567' },
    });
    await frame.locator('[name="addressLine1"]').fill('Invalidenstr. 116');
    expect(await shop.page.evaluate('address.getValue()')).toMatchObject({ complete: true });
    await frame.locator('[name="phone"]').fill('');
    expect(await shop.page.evaluate('address.getValue()')).toMatchObject({ complete: false });
    await shop.page.evaluate(`void address.update({ validation: { phone: { required: 'never' } } })`);
    await expect.poll(() => shop.page.evaluate('address.getValue()')).toMatchObject({ complete: true });
  });
});

describe('the Link Authentication Element', () => {
  test('tells the e-mail address and has no Link account behind it', async () => {
    await open();
    await emailInput().fill('ada@');
    await shop.page.getByRole('button', { name: 'Pay' }).focus();
    await expect.poll(() => lastChange('linkAuthentication')).toMatchObject({ complete: false });
    await emailInput().fill('ada@example.com');
    await expect
      .poll(() => lastChange('linkAuthentication'))
      .toEqual({
        elementType: 'linkAuthentication',
        empty: false,
        complete: true,
        value: { email: 'ada@example.com' },
      });
  });
});

describe('the Express Checkout Element', () => {
  test('is ready with no wallet to offer, and shows nothing', async () => {
    await open();
    const ready = await shop.page.evaluate(`new Promise((resolve) => {
      const express = elements.create('expressCheckout');
      express.on('ready', (event) => resolve(event.elementType + ' ' + event.availablePaymentMethods));
      const node = document.body.appendChild(document.createElement('div'));
      node.id = 'express';
      express.mount(node);
    })`);
    expect(ready).toBe('expressCheckout undefined');
    expect(await shop.page.locator('#express').evaluate((node) => node.clientHeight)).toBe(0);
  });
});
