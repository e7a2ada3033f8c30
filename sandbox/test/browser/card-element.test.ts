import { describe, expect, test } from 'vitest';
import type { ApiObject } from './support/setting.ts';
import { useShop } from './support/shop.ts';
import { resultAfterPay } from './support/visit.ts';

const shop = useShop();

async function fillCardElement(): Promise<void> {
  const frame = shop.page.frameLocator('#card iframe');
  await frame.locator('[name="cardnumber"]').fill('5555555555554444');
  await frame.locator('[name="exp-date"]').fill('1234');
  await frame.locator('[name="cvc"]').fill('123');
  await frame.locator('[name="postal"]').fill('94107');
}

describe('card Elements without the Payment Element', () => {
  test('the Card Element pays', async () => {
    await shop.open({ kind: 'card' });
    await fillCardElement();
    expect((await resultAfterPay(shop.page)).paymentIntent.status).toBe('succeeded');
    expect(((await shop.page.evaluate('window.events')) as ApiObject[]).at(-1)).toMatchObject({
      elementType: 'card',
      brand: 'mastercard',
      complete: true,
    });
    const classes = await shop.page.locator('#card').getAttribute('class');
    expect(classes?.split(' ')).toEqual(expect.arrayContaining(['StripeElement', 'StripeElement--complete']));
    await shop.visit.expectClean();
  });

  test('split fields find each other and pay together', async () => {
    await shop.open({ kind: 'split' });
    await shop.page.frameLocator('#cardNumber iframe').locator('[name="cardnumber"]').fill('378282246310005');
    await shop.page.frameLocator('#cardExpiry iframe').locator('[name="exp-date"]').fill('1234');
    await shop.page.frameLocator('#cardCvc iframe').locator('[name="cvc"]').fill('1234');
    expect((await resultAfterPay(shop.page)).paymentIntent.status).toBe('succeeded');
    await shop.visit.expectClean();
  });

  test('split fields report the part that is missing', async () => {
    await shop.open({ kind: 'split' });
    await shop.page
      .frameLocator('#cardNumber iframe')
      .locator('[name="cardnumber"]')
      .fill('4242424242424242');
    await shop.page.frameLocator('#cardExpiry iframe').locator('[name="exp-date"]').fill('1234');
    expect((await resultAfterPay(shop.page)).error.code).toBe('incomplete_cvc');
  });
});

describe('what a mistaken shop is told', () => {
  const thrown = (script: string) =>
    shop.page.evaluate(
      `(() => { try { ${script} } catch (error) { return error.name + ': ' + error.message } })()`,
    );

  test('an Element that the sandbox does not have is refused by name', async () => {
    await shop.open();
    expect(await thrown(`stripe.elements().create('iban')`)).toMatch(
      /^IntegrationError: A valid Element name/,
    );
  });

  test('a live key and a secret key are refused', async () => {
    await shop.open();
    expect(await thrown(`Stripe('pk_live_x')`)).toMatch(/^IntegrationError/);
    expect(await thrown(`Stripe('sk_test_x')`)).toMatch(
      /^IntegrationError: You should not use your secret key/,
    );
  });

  test('a payment method is made from the token of a test card', async () => {
    await shop.open();
    const script = `stripe.createPaymentMethod({ type: 'card', card: { token: 'tok_visa' } })`;
    const answer = (await shop.page.evaluate(script)) as ApiObject;
    expect(answer.paymentMethod.card.last4).toBe('4242');
  });
});
