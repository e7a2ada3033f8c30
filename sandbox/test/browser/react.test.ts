import { describe, expect, test } from 'vitest';
import { useShop } from './support/shop.ts';
import { challengeFrame, result, resultAfterPay, typeCard } from './support/visit.ts';

const shop = useShop();

async function open(kind: string): Promise<void> {
  const intent = await shop.setting.createIntent();
  await shop.page.goto(`${shop.setting.merchant.url}/react?secret=${intent.client_secret}&kind=${kind}`);
  await shop.page.locator('form[data-ready]').waitFor();
}

describe('the published React package, in strict mode and unmodified', () => {
  test('<PaymentElement> pays after a decline', async () => {
    await open('payment');
    await typeCard(shop.page, '4000000000000002');
    expect((await resultAfterPay(shop.page)).error.code).toBe('card_declined');
    await typeCard(shop.page, '4242424242424242');
    expect((await resultAfterPay(shop.page)).paymentIntent.status).toBe('succeeded');
    await shop.visit.expectClean();
  });

  test('<PaymentElement> goes through 3-D Secure', async () => {
    await open('payment');
    await typeCard(shop.page, '4000000000003220');
    await shop.page.getByRole('button', { name: 'Pay' }).click();
    await challengeFrame(shop.page).getByRole('button', { name: 'Complete authentication' }).click();
    expect((await result(shop.page)).paymentIntent.status).toBe('succeeded');
    await shop.visit.expectClean();
  });

  test('<CardElement> pays', async () => {
    await open('card');
    const frame = shop.page.frameLocator('iframe[name^="__privateStripeFrame"]');
    await frame.locator('[name="cardnumber"]').fill('4242424242424242');
    await frame.locator('[name="exp-date"]').fill('1234');
    await frame.locator('[name="cvc"]').fill('123');
    await frame.locator('[name="postal"]').fill('94107');
    expect((await resultAfterPay(shop.page)).paymentIntent.status).toBe('succeeded');
    await shop.visit.expectClean();
  });

  test('split card Elements pay', async () => {
    await open('split');
    const field = (title: string) => shop.page.frameLocator(`iframe[title="Secure ${title} input frame"]`);
    await field('card number').locator('[name="cardnumber"]').fill('4242424242424242');
    await field('expiration date').locator('[name="exp-date"]').fill('1234');
    await field('CVC').locator('[name="cvc"]').fill('123');
    expect((await resultAfterPay(shop.page)).paymentIntent.status).toBe('succeeded');
    await shop.visit.expectClean();
  });

  test('<AddressElement>, <LinkAuthenticationElement> and <ExpressCheckoutElement> stand beside it', async () => {
    await open('details');
    const body = (name: string) => shop.page.locator('body').getAttribute(`data-${name}`);
    await expect.poll(() => body('wallets')).toBe('undefined');
    const frame = shop.page.frameLocator('iframe[title="Secure address input frame"]');
    await frame.locator('[name="name"]').fill('Ada Lovelace');
    await frame.locator('[name="country"]').selectOption('DE');
    await frame.locator('[name="addressLine1"]').fill('Torstr. 1');
    await frame.locator('[name="locality"]').fill('Berlin');
    await frame.locator('[name="postalCode"]').fill('10119');
    await expect.poll(() => body('address')).toBe('true Berlin');
    await typeCard(shop.page, '4242424242424242');
    const { paymentIntent } = await resultAfterPay(shop.page);
    expect(paymentIntent).toMatchObject({ status: 'succeeded', shipping: { address: { city: 'Berlin' } } });
    await shop.visit.expectClean();
  });
});
