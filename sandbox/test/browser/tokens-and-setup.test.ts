import { describe, expect, test } from 'vitest';
import type { ApiObject } from './support/setting.ts';
import { useShop } from './support/shop.ts';
import { challengeFrame, paymentFrame, resultAfterPay, typeCard } from './support/visit.ts';

const shop = useShop();

const run = (script: string): Promise<ApiObject> => shop.page.evaluate(script);

async function typeCardElement(number = '5555555555554444'): Promise<void> {
  const frame = shop.page.frameLocator('#card iframe');
  await frame.locator('[name="cardnumber"]').fill(number);
  await frame.locator('[name="exp-date"]').fill('1234');
  await frame.locator('[name="cvc"]').fill('123');
  await frame.locator('[name="postal"]').fill('94107');
}

async function openSetup(parameters: Record<string, string> = {}): Promise<ApiObject> {
  const intent = await shop.setting.api('POST', '/v1/setup_intents', {});
  expect(intent.error).toBeUndefined();
  const query = new URLSearchParams({ kind: 'setup', secret: intent.client_secret, ...parameters });
  await shop.page.goto(`${shop.setting.merchant.url}/direct?${query}`);
  return intent;
}

describe('tokens', () => {
  test('a card Element becomes a token with the postal code, and the token a payment', async () => {
    const intent = await shop.open({ kind: 'card' });
    await typeCardElement();
    const { token } = await run(`stripe.createToken(card, { name: 'Ada' })`);
    expect(token).toMatchObject({
      object: 'token',
      type: 'card',
      card: { brand: 'MasterCard', last4: '4444', name: 'Ada', address_zip: '94107' },
    });
    const script = `stripe.confirmCardPayment('${intent.client_secret}', { payment_method: { card: { token: '${token.id}' } } })`;
    expect((await run(script)).paymentIntent.status).toBe('succeeded');
    await shop.visit.expectClean();
  });

  test('an incomplete card is an error that resolves', async () => {
    await shop.open({ kind: 'card' });
    expect((await run('stripe.createToken(card)')).error).toMatchObject({
      type: 'validation_error',
      code: 'incomplete_number',
    });
  });

  test('tokens the sandbox does not build are refused by the API, and never made up', async () => {
    await shop.open({ kind: 'split' });
    const { error } = await run(`stripe.createToken('pii', { personal_id_number: '1' })`);
    expect(error.code).toBe('sandbox_not_built');
    await shop.page.frameLocator('#cardCvc iframe').locator('[name="cvc"]').fill('123');
    expect((await run(`stripe.createToken('cvc_update', securityCode)`)).error.code).toBe(
      'sandbox_not_built',
    );
  });
});

describe('confirmation tokens', () => {
  test('the Payment Element makes one, and it confirms the payment', async () => {
    const intent = await shop.open({ kind: 'deferred' });
    await typeCard(shop.page, '4242424242424242');
    await run('elements.submit()');
    const { confirmationToken } = await run(
      `stripe.createConfirmationToken({ elements, params: { return_url: 'https://shop.test/', payment_method_data: { billing_details: { name: 'Ada' } } } })`,
    );
    expect(confirmationToken).toMatchObject({
      object: 'confirmation_token',
      payment_method_preview: { card: { last4: '4242' }, billing_details: { name: 'Ada' } },
    });
    const script = `stripe.confirmPayment({ clientSecret: '${intent.client_secret}', redirect: 'if_required', confirmParams: { confirmation_token: '${confirmationToken.id}' } })`;
    expect((await run(script)).paymentIntent.status).toBe('succeeded');
    await shop.visit.expectClean();
  });
});

describe('setup intents', () => {
  test('the Payment Element sets a card up', async () => {
    const intent = await openSetup();
    await typeCard(shop.page, '4242424242424242');
    const { setupIntent } = await resultAfterPay(shop.page);
    expect(setupIntent).toMatchObject({ id: intent.id, status: 'succeeded' });
    const { setupIntent: read } = await run(`stripe.retrieveSetupIntent('${intent.client_secret}')`);
    expect(read.status).toBe('succeeded');
    await shop.visit.expectClean();
  });

  test('after 3-D Secure the customer is sent on with the setup intent in the address', async () => {
    const intent = await openSetup({ redirect: 'always' });
    await typeCard(shop.page, '4000002500003155');
    await shop.page.getByRole('button', { name: 'Pay' }).click();
    const bank = challengeFrame(shop.page);
    expect(await bank.locator('dl').textContent()).toContain('3155');
    await bank.getByRole('button', { name: 'Complete authentication' }).click();
    await shop.page.waitForURL('**/returned?**');
    const query = new URL(shop.page.url()).searchParams;
    expect(Object.fromEntries(query)).toEqual({
      order: '17',
      setup_intent: intent.id,
      setup_intent_client_secret: intent.client_secret,
      redirect_status: 'succeeded',
    });
  });

  test('a failed authentication is an error of the setup', async () => {
    await openSetup();
    await typeCard(shop.page, '4000002500003155');
    const pressed = resultAfterPay(shop.page);
    await challengeFrame(shop.page).getByRole('button', { name: 'Fail authentication' }).click();
    const { error } = await pressed;
    expect(error).toMatchObject({
      code: 'setup_intent_authentication_failure',
      setup_intent: { status: 'requires_payment_method' },
    });
    expect(error.message).toMatch(/^We are unable to authenticate/);
  });

  test('a card Element sets a card up, and a declined one says why', async () => {
    await openSetup({ kind: 'card' });
    await typeCardElement('4000000000000002');
    expect((await resultAfterPay(shop.page)).error).toMatchObject({
      type: 'card_error',
      code: 'card_declined',
    });
    await typeCardElement('4242424242424242');
    expect((await resultAfterPay(shop.page)).setupIntent.status).toBe('succeeded');
    await shop.visit.expectClean();
  });

  test('without an intent at first', async () => {
    const mode = JSON.stringify({ mode: 'setup', currency: 'usd' });
    await openSetup({ kind: 'deferred', mode });
    await typeCard(shop.page, '4242424242424242');
    expect((await resultAfterPay(shop.page)).setupIntent.status).toBe('succeeded');
  });

  test('a payment’s secret is refused, and so is a finished setup', async () => {
    const intent = await openSetup();
    await paymentFrame(shop.page).locator('[name="number"]').waitFor();
    const wrong = run(`stripe.retrieveSetupIntent('pi_1_secret_2')`);
    await expect(wrong).rejects.toThrow('SetupIntent client secret of the form seti_');
    const nothing = run(`stripe.handleNextAction({ clientSecret: '${intent.client_secret}' })`);
    await expect(nothing).rejects.toThrow('The SetupIntent supplied is not in the requires_action state');
  });
});

describe('payments that the server confirms by hand', () => {
  test('handleCardAction brings the payment back to be confirmed', async () => {
    await shop.open({ kind: 'card' });
    await typeCardElement('4000002760003184');
    const { paymentMethod } = await run(`stripe.createPaymentMethod({ type: 'card', card })`);
    const intent = await shop.setting.api('POST', '/v1/payment_intents', {
      amount: '4800',
      currency: 'usd',
      payment_method: paymentMethod.id,
      confirmation_method: 'manual',
      confirm: 'true',
      use_stripe_sdk: 'true',
      'automatic_payment_methods[enabled]': 'true',
      'automatic_payment_methods[allow_redirects]': 'never',
    });
    expect(intent.status).toBe('requires_action');
    const handled = run(`stripe.handleCardAction('${intent.client_secret}')`);
    await challengeFrame(shop.page).getByRole('button', { name: 'Complete authentication' }).click();
    expect((await handled).paymentIntent.status).toBe('requires_confirmation');
  });
});
