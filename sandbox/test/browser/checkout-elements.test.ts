import { describe, expect, test } from 'vitest';
import type { ApiObject } from './support/setting.ts';
import { useShop } from './support/shop.ts';
import {
  accessibilityFaults,
  challengeFrame,
  paymentFrame,
  resultAfterPay,
  typeCard,
} from './support/visit.ts';

const shop = useShop();

const item = {
  'line_items[0][price_data][currency]': 'usd',
  'line_items[0][price_data][unit_amount]': '2400',
  'line_items[0][price_data][product_data][name]': 'Linen towel',
  'line_items[0][quantity]': '2',
};

async function open(
  session: Record<string, string> = {},
  page: Record<string, string> = {},
): Promise<ApiObject> {
  const created = await shop.setting.api('POST', '/v1/checkout/sessions', {
    mode: 'payment',
    ui_mode: 'elements',
    return_url: `${shop.setting.merchant.url}/returned?session={CHECKOUT_SESSION_ID}`,
    ...item,
    ...session,
  });
  expect(created.error).toBeUndefined();
  const query = new URLSearchParams({ secret: created.client_secret, ...page });
  await shop.page.goto(`${shop.setting.merchant.url}/checkout?${query}`);
  return created;
}

const emailInput = () =>
  shop.page.frameLocator('iframe[title="Secure email input frame"]').locator('[name="email"]');
const run = (script: string): Promise<ApiObject> => shop.page.evaluate(script);
const statusOf = async ({ id }: ApiObject) =>
  (await shop.setting.api('GET', `/v1/checkout/sessions/${id}`)).payment_status;

describe('the Elements of a Checkout Session', () => {
  test('the shop sees the order in words and in minor units', async () => {
    await open();
    await shop.page.locator('#total').waitFor();
    const session = await run('({ ...checkout })');
    expect(session).toMatchObject({
      currency: 'usd',
      minorUnitsAmountDivisor: 100,
      status: { type: 'open' },
      canConfirm: false,
      total: { total: { minorUnitsAmount: 4800, amount: '$48.00' } },
      lineItems: [{ name: 'Linen towel', quantity: 2, unitAmount: { minorUnitsAmount: 2400 } }],
    });
  });

  test('a card pays after it was declined, and the shop hears when it can confirm', async () => {
    const session = await open();
    await emailInput().fill('ada@example.com');
    await typeCard(shop.page, '4000000000009995');
    await expect.poll(() => shop.page.locator('#can-confirm').textContent()).toBe('true');
    expect(await resultAfterPay(shop.page)).toEqual({
      type: 'error',
      error: {
        message: 'Your card has insufficient funds.',
        code: 'paymentFailed',
        paymentFailed: { declineCode: 'insufficient_funds' },
      },
    });
    expect(await run('checkout.lastPaymentError')).toEqual({ message: 'Your card has insufficient funds.' });
    await typeCard(shop.page, '4242424242424242');
    const paid = await resultAfterPay(shop.page);
    expect(paid.session.status).toEqual({ type: 'complete', paymentStatus: 'paid' });
    const after = await shop.setting.api('GET', `/v1/checkout/sessions/${session.id}`);
    expect(after.customer_details).toMatchObject({
      email: 'ada@example.com',
      address: { country: 'US', postal_code: '94107' },
    });
    await shop.visit.expectClean();
  });

  test('3-D Secure is asked over the page, and then the customer is sent to the shop’s return address', async () => {
    const session = await open({}, { redirect: 'always' });
    await emailInput().fill('ada@example.com');
    await typeCard(shop.page, '4000000000003220');
    await shop.page.getByRole('button', { name: 'Pay' }).click();
    await challengeFrame(shop.page).getByRole('button', { name: 'Complete authentication' }).click();
    await shop.page.waitForURL(`**/returned?session=${session.id}`);
    expect(await statusOf(session)).toBe('paid');
    await shop.visit.expectClean();
  });

  test('a failed authentication is a refusal and leaves the session open', async () => {
    const session = await open();
    await emailInput().fill('ada@example.com');
    await typeCard(shop.page, '4000000000003220');
    const pressed = resultAfterPay(shop.page);
    await challengeFrame(shop.page).getByRole('button', { name: 'Fail authentication' }).click();
    expect(await pressed).toMatchObject({ type: 'error', error: { code: 'paymentFailed' } });
    expect(await statusOf(session)).toBe('unpaid');
  });

  test('addresses of both kinds reach the session, in the countries it ships to', async () => {
    const session = await open(
      { 'shipping_address_collection[allowed_countries][0]': 'DE' },
      { parts: 'contact shipping billing express currency payment' },
    );
    await emailInput().fill('ada@example.com');
    const frame = (index: number) =>
      shop.page.frameLocator('iframe[title="Secure address input frame"]').nth(index);
    for (const index of [0, 1]) {
      await frame(index).locator('[name="name"]').fill('Ada Lovelace');
      if (index === 1) await frame(index).locator('[name="country"]').selectOption('DE');
      await frame(index).locator('[name="addressLine1"]').fill(`Torstr. ${index}`);
      await frame(index).locator('[name="locality"]').fill('Berlin');
      await frame(index).locator('[name="postalCode"]').fill('10119');
    }
    expect(await frame(0).locator('[name="country"] option').allTextContents()).toEqual(['Germany']);
    const payment = paymentFrame(shop.page);
    await payment.locator('[name="number"]').fill('4242424242424242');
    await payment.locator('[name="expiry"]').fill('1234');
    await payment.locator('[name="cvc"]').fill('123');
    expect((await resultAfterPay(shop.page)).type).toBe('success');
    const after = await shop.setting.api('GET', `/v1/checkout/sessions/${session.id}`);
    expect(after.customer_details).toMatchObject({ name: 'Ada Lovelace', address: { line1: 'Torstr. 1' } });
    expect(after.collected_information.shipping_details).toMatchObject({ address: { line1: 'Torstr. 0' } });
    await shop.visit.expectClean();
  });

  test('incomplete Elements are shown and reported by name', async () => {
    await open();
    await emailInput().waitFor();
    await paymentFrame(shop.page).locator('[name="number"]').waitFor();
    expect(await run('checkout.validateElements()')).toMatchObject({
      type: 'error',
      error: {
        code: 'validation_error',
        validation_errors: [{ element: 'contactDetails' }, { element: 'payment' }],
      },
    });
    expect(await accessibilityFaults(shop.page)).toEqual([]);
  });

  test('the shop can enter the customer’s details itself', async () => {
    await open({}, { parts: 'payment' });
    await shop.page.locator('#total').waitFor();
    expect(await run(`checkout.updateEmail('ada@')`)).toMatchObject({ error: { code: 'incompleteEmail' } });
    expect(await run(`checkout.updateEmail('ada@example')`)).toMatchObject({
      error: { code: 'invalidEmail' },
    });
    expect(await run(`checkout.updateEmail('ada@example.com')`)).toMatchObject({
      type: 'success',
      session: { email: 'ada@example.com' },
    });
    const address = `{ name: 'Ada', address: { country: 'DE', line1: 'Torstr. 1' } }`;
    expect(await run(`checkout.updateBillingAddress(${address})`)).toMatchObject({ type: 'success' });
    expect(await run(`checkout.updateShippingAddress({ address: {} })`)).toMatchObject({ type: 'error' });
    expect(await run(`checkout.updatePhoneNumber('+4930123')`)).toMatchObject({
      session: { phoneNumber: '+4930123', billingAddress: { name: 'Ada' } },
    });
  });

  test('quantities that nobody made adjustable, and foreign shipping options, are refused', async () => {
    await open();
    await shop.page.locator('#total').waitFor();
    const change = `checkout.updateLineItemQuantity({ lineItem: checkout.lineItems[0].id, quantity: 3 })`;
    expect(await run(change)).toEqual({
      type: 'error',
      error: { message: 'The quantity of this item cannot be changed.', code: null },
    });
    expect(await run(`checkout.updateShippingOption('shr_x')`)).toMatchObject({ type: 'error' });
    expect(await run(`checkout.applyPromotionCode('NOPE')`)).toMatchObject({ type: 'error' });
  });

  test('a quantity that the shop made adjustable changes the total', async () => {
    const rules = 'line_items[0][adjustable_quantity]';
    await open({ [`${rules}[enabled]`]: 'true', [`${rules}[maximum]`]: '3' });
    await shop.page.locator('#total').waitFor();
    expect(await run('checkout.lineItems[0]')).toMatchObject({
      adjustableQuantity: { minimum: 0, maximum: 3 },
      isRemovable: false,
    });
    const change = (quantity: number) =>
      run(`checkout.updateLineItemQuantity({ lineItem: checkout.lineItems[0].id, quantity: ${quantity} })`);
    expect(await change(3)).toMatchObject({ type: 'success', session: { lineItems: [{ quantity: 3 }] } });
    await expect.poll(() => shop.page.locator('#total').textContent()).toBe('$72.00');
    expect(await change(4)).toMatchObject({ type: 'error', error: { code: null } });
  });

  test('a promotion code changes the total, and is taken away again', async () => {
    const coupon = await shop.setting.api('POST', '/v1/coupons', { percent_off: '25', duration: 'once' });
    await shop.setting.api('POST', '/v1/promotion_codes', {
      'promotion[type]': 'coupon',
      'promotion[coupon]': coupon.id,
      code: 'QUARTER',
    });
    await open({ allow_promotion_codes: 'true' });
    await shop.page.locator('#total').waitFor();
    expect(await run(`checkout.applyPromotionCode('WRONG')`)).toMatchObject({
      error: { code: 'invalidCode' },
    });
    expect(await run(`checkout.applyPromotionCode('QUARTER')`)).toMatchObject({
      type: 'success',
      session: { discountAmounts: [{ promotionCode: 'QUARTER', minorUnitsAmount: 1200, percentOff: 25 }] },
    });
    await expect.poll(() => shop.page.locator('#total').textContent()).toBe('$36.00');
    await run('checkout.removePromotionCode()');
    await expect.poll(() => shop.page.locator('#total').textContent()).toBe('$48.00');
  });

  test('a way of shipping can be chosen', async () => {
    const option = (index: number, name: string, amount: string) => ({
      [`shipping_options[${index}][shipping_rate_data][display_name]`]: name,
      [`shipping_options[${index}][shipping_rate_data][type]`]: 'fixed_amount',
      [`shipping_options[${index}][shipping_rate_data][fixed_amount][amount]`]: amount,
      [`shipping_options[${index}][shipping_rate_data][fixed_amount][currency]`]: 'usd',
    });
    await open({ ...option(0, 'Post', '500'), ...option(1, 'Courier', '1500') });
    await expect.poll(() => shop.page.locator('#total').textContent()).toBe('$53.00');
    await run('checkout.updateShippingOption(checkout.shippingOptions[1].id)');
    await expect.poll(() => shop.page.locator('#total').textContent()).toBe('$63.00');
    expect(await run('checkout.shipping')).toMatchObject({ shippingOption: { displayName: 'Courier' } });
  });

  test('a wrong client secret is told to the shop', async () => {
    await shop.page.goto(`${shop.setting.merchant.url}/checkout?secret=cs_test_x_secret_y`);
    expect(await shop.page.locator('#problem').textContent()).toMatch(/cs_test_x/);
  });

  test('without React: appearance, changes on the shop’s server, and a secret that never came', async () => {
    const session = await open();
    await shop.page.goto(`${shop.setting.merchant.url}/direct?kind=split`);
    await run(`(async () => {
      window.sdk = stripe.initCheckoutElementsSdk({
        clientSecret: '${session.client_secret}',
        defaultValues: { email: 'ada@example.com', billingAddress: { address: { country: 'DE' } } },
      });
      document.querySelector('#root').append(Object.assign(document.createElement('div'), { id: 'payment' }));
      sdk.createPaymentElement().mount('#payment');
      window.actions = (await sdk.loadActions()).actions;
    })()`);
    const root = paymentFrame(shop.page).locator(':root');
    expect(await paymentFrame(shop.page).locator('[name="country"]').inputValue()).toBe('DE');
    expect(await run('actions.getSession().email')).toBe('ada@example.com');
    await run(`sdk.changeAppearance({ variables: { colorPrimary: '#aa0000' } })`);
    const color = () => root.evaluate((node) => getComputedStyle(node).getPropertyValue('--colorPrimary'));
    await expect.poll(color).toBe('#aa0000');
    expect(await run('sdk.getPaymentElement() !== null && sdk.getContactDetailsElement() === null')).toBe(
      true,
    );
    expect(await run('actions.runServerUpdate(async () => {})')).toMatchObject({ type: 'success' });
    expect(await run(`actions.runServerUpdate(async () => { throw new Error('No stock') })`)).toEqual({
      type: 'error',
      error: { message: 'No stock', code: null },
    });
    const late = `stripe.initCheckoutElementsSdk({ clientSecret: Promise.reject(new Error('offline')) }).loadActions()`;
    expect(await run(late)).toEqual({ type: 'error', error: { message: 'offline', code: null } });
  });
});
