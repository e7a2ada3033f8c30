import { describe, expect, test } from 'vitest';
import { useShop } from './support/shop.ts';
import { paymentFrame, result, resultAfterPay, typeCard } from './support/visit.ts';

const shop = useShop();

const mode = (given: object): Record<string, string> => ({ kind: 'deferred', mode: JSON.stringify(given) });
const thrown = (script: string) =>
  shop.page.evaluate(
    `(async () => { try { ${script} } catch (error) { return error.name + ': ' + error.message } })()`,
  );

describe('elements() with a mode, before there is an intent', () => {
  test('a payment for another amount than the Elements were made for is refused', async () => {
    const intent = await shop.open(mode({ mode: 'payment', amount: 4900, currency: 'usd' }));
    await typeCard(shop.page, '4242424242424242');
    expect((await resultAfterPay(shop.page)).error).toMatchObject({
      type: 'invalid_request_error',
      message: 'The provided amount (4900) does not match the expected amount (4800).',
    });
    expect(await shop.statusOf(intent.id)).toBe('requires_payment_method');
    await shop.page.evaluate('elements.update({ amount: 4800 })');
    expect((await resultAfterPay(shop.page)).paymentIntent.status).toBe('succeeded');
    await shop.visit.expectClean();
  });

  test('a payment method can be made from it after submit(), and a change asks for submit() again', async () => {
    await shop.open({ kind: 'deferred' });
    await typeCard(shop.page, '4242424242424242');
    const create = `return (await stripe.createPaymentMethod({ elements, params: { billing_details: { name: 'Ada' } } })).paymentMethod`;
    expect(await thrown(create)).toMatch(/^IntegrationError: elements.submit\(\) must be called/);
    expect(await shop.page.evaluate('elements.submit()')).toEqual({ selectedPaymentMethod: 'card' });
    expect(await thrown(create)).toMatchObject({ card: { last4: '4242' }, billing_details: { name: 'Ada' } });
    await paymentFrame(shop.page).locator('[name="cvc"]').fill('1');
    await expect.poll(() => thrown(create)).toMatch(/^IntegrationError: elements.submit/);
  });

  test('an update that is no amount, and a secret of the other kind, are mistakes of the shop', async () => {
    await shop.open(mode({ mode: 'setup', currency: 'usd' }));
    await typeCard(shop.page, '4242424242424242');
    expect((await resultAfterPay(shop.page)).thrown).toMatch(
      /^IntegrationError: elements\(\) was created with mode setup/,
    );
    expect(await thrown(`await elements.update({ mode: 'payment' })`)).toMatch(
      /^IntegrationError: .* needs a/,
    );
    expect(await thrown(`await elements.update({ clientSecret: 'pi_1_secret_2' })`)).toMatch(
      /^IntegrationError/,
    );
    expect(await thrown(`stripe.elements({ mode: 'payment', currency: 'usd' })`)).toMatch(
      /amount in minor units/,
    );
    expect(await thrown(`stripe.elements({ customerSessionClientSecret: 'cuss_1' })`)).toMatch(
      /does not build/,
    );
    expect(await thrown(`return (await elements.fetchUpdates()).error`)).toBeUndefined();
  });

  test('a shop that wants no cards is told that the sandbox’s Payment Element has nothing else', async () => {
    await shop.open(
      mode({ mode: 'payment', amount: 4800, currency: 'eur', allowedPaymentMethodTypes: ['ideal'] }),
    );
    expect((await result(shop.page)).loaderror).toMatchObject({ code: 'sandbox_not_built' });
  });
});

describe('what stripe.js has and the sandbox has not', () => {
  test('is refused by name', async () => {
    await shop.open();
    expect(await thrown(`stripe.confirmKlarnaPayment('x')`)).toBe(
      'IntegrationError: The sandbox does not build stripe.confirmKlarnaPayment().',
    );
    expect(await thrown(`Stripe('pk_test_x', { stripeAccount: 'acct_1' })`)).toMatch(/^IntegrationError/);
  });
});
