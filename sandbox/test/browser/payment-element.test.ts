import { describe, expect, test } from 'vitest';
import { pressSlowly } from './support/press-slowly.ts';
import { useShop } from './support/shop.ts';
import { challengeFrame, paymentFrame, result, resultAfterPay, typeCard } from './support/visit.ts';

const shop = useShop();

describe('the Payment Element on a page with a strict policy', () => {
  test('pays, and the card is seen by nobody but the sandbox', async () => {
    const intent = await shop.open();
    await typeCard(shop.page, '4242424242424242');
    const { paymentIntent } = await resultAfterPay(shop.page);
    expect(paymentIntent).toMatchObject({ id: intent.id, status: 'succeeded', amount: 4800 });
    expect(await shop.statusOf(intent.id)).toBe('succeeded');
    expect(shop.visit.cardReceivers).toEqual([
      `${shop.setting.sandboxUrl}/v1/payment_intents/${intent.id}/confirm`,
    ]);
    await shop.visit.expectClean();
  });

  test('reports a decline as an error and takes another card afterwards', async () => {
    await shop.open();
    await typeCard(shop.page, '4000000000000002');
    const { error } = await resultAfterPay(shop.page);
    expect(error).toMatchObject({
      type: 'card_error',
      code: 'card_declined',
      decline_code: 'generic_decline',
    });
    expect(error.payment_intent.status).toBe('requires_payment_method');
    await typeCard(shop.page, '4242424242424242');
    expect((await resultAfterPay(shop.page)).paymentIntent.status).toBe('succeeded');
    await shop.visit.expectClean();
  });

  test('shows the bank of a 3-D Secure card in a dialog that Escape does not close', async () => {
    await shop.open();
    await typeCard(shop.page, '4000002760003184');
    await shop.page.getByRole('button', { name: 'Pay' }).click();
    const complete = challengeFrame(shop.page).getByRole('button', { name: 'Complete authentication' });
    await complete.waitFor();
    await shop.page.keyboard.press('Escape');
    await shop.page.keyboard.press('Escape');
    await shop.page.getByRole('dialog', { name: '3D Secure authentication' }).waitFor();
    await complete.click();
    expect((await result(shop.page)).paymentIntent.status).toBe('succeeded');
    expect(await shop.page.locator('dialog').count()).toBe(0);
    await shop.visit.expectClean();
  });

  test('reports a failed 3-D Secure authentication and pays on the next try', async () => {
    await shop.open();
    await typeCard(shop.page, '4000002760003184');
    await shop.page.getByRole('button', { name: 'Pay' }).click();
    await challengeFrame(shop.page).getByRole('button', { name: 'Fail authentication' }).click();
    expect((await result(shop.page)).error.code).toBe('payment_intent_authentication_failure');
    await typeCard(shop.page, '4242424242424242');
    expect((await resultAfterPay(shop.page)).paymentIntent.status).toBe('succeeded');
    await shop.visit.expectClean();
  });

  test('counts a closed 3-D Secure dialog as a failed authentication', async () => {
    const intent = await shop.open();
    await typeCard(shop.page, '4000002760003184');
    await shop.page.getByRole('button', { name: 'Pay' }).click();
    await challengeFrame(shop.page).getByRole('button', { name: 'Complete authentication' }).waitFor();
    await shop.page.getByRole('button', { name: 'Cancel authentication' }).click();
    expect((await result(shop.page)).error.code).toBe('payment_intent_authentication_failure');
    expect(await shop.statusOf(intent.id)).toBe('requires_payment_method');
  });

  test('goes to the return address when redirects are always wanted', async () => {
    const intent = await shop.open({ redirect: 'always' });
    await typeCard(shop.page, '4242424242424242');
    await shop.page.getByRole('button', { name: 'Pay' }).click();
    await shop.page.waitForURL('**/returned?**');
    expect(Object.fromEntries(new URL(shop.page.url()).searchParams)).toEqual({
      order: '17',
      payment_intent: intent.id,
      payment_intent_client_secret: intent.client_secret,
      redirect_status: 'succeeded',
    });
    await shop.visit.expectClean();
  });

  test('stays on the page with an error when the card is declined, even when redirects are always wanted', async () => {
    await shop.open({ redirect: 'always' });
    await typeCard(shop.page, '4000000000009995');
    expect((await resultAfterPay(shop.page)).error.decline_code).toBe('insufficient_funds');
  });

  test('names what is missing before anything is sent', async () => {
    const intent = await shop.open();
    await paymentFrame(shop.page).locator('[name="number"]').fill('4242 4242');
    const { error } = await resultAfterPay(shop.page);
    expect(error).toMatchObject({ type: 'validation_error', code: 'incomplete_number' });
    const number = paymentFrame(shop.page).getByLabel('Card number');
    expect(await number.getAttribute('aria-invalid')).toBe('true');
    expect(await number.evaluate((node) => node === document.activeElement)).toBe(true);
    expect(await shop.statusOf(intent.id)).toBe('requires_payment_method');
  });

  test('lets no press of Pay go astray because the form grows under it', async () => {
    await shop.open();
    const frame = paymentFrame(shop.page);
    await frame.locator('[name="number"]').fill('4242 4242');
    // Leaving the field says what is wrong with it, which takes room.
    await pressSlowly(shop.page, shop.page.getByRole('button', { name: 'Pay' }));
    expect((await result(shop.page)).error.code).toBe('incomplete_number');
    await frame.getByText('Your card number is incomplete').waitFor();
  });

  test('reports a lost connection as such and never as a decline, and the next try pays', async () => {
    await shop.open();
    await typeCard(shop.page, '4242424242424242');
    await shop.page.route('**/confirm', (route) => route.abort(), { times: 1 });
    expect((await resultAfterPay(shop.page)).error.type).toBe('api_connection_error');
    expect((await resultAfterPay(shop.page)).paymentIntent.status).toBe('succeeded');
  });

  test('says kindly that only test cards work when another number is typed', async () => {
    await shop.open();
    await typeCard(shop.page, '4111111111111111');
    expect((await resultAfterPay(shop.page)).error.decline_code).toBe('test_mode_live_card');
    await paymentFrame(shop.page).getByText('only test cards work here').waitFor();
  });

  test('tells the page when the form is complete, without what was typed', async () => {
    await shop.open();
    await typeCard(shop.page, '4242424242424242');
    await expect
      .poll(async () => ((await shop.page.evaluate('window.events')) as unknown[]).at(-1))
      .toEqual({
        elementType: 'payment',
        empty: false,
        complete: true,
        collapsed: false,
        value: { type: 'card' },
      });
  });

  test('collects first and pays later when the intent is made after submit', async () => {
    await shop.open({ kind: 'deferred' });
    await typeCard(shop.page, '4242424242424242');
    expect((await resultAfterPay(shop.page)).paymentIntent.status).toBe('succeeded');
    await shop.visit.expectClean();
  });

  test('refuses to pay a deferred intent before submit', async () => {
    await shop.open({ kind: 'deferred', unsubmitted: '' });
    await typeCard(shop.page, '4242424242424242');
    expect((await resultAfterPay(shop.page)).thrown).toMatch(/^IntegrationError: elements\.submit\(\)/);
  });

  test('hides what the shop already knows and then insists on being told it', async () => {
    const options = JSON.stringify({
      fields: { billingDetails: { address: { country: 'never', postalCode: 'never' } } },
    });
    await shop.open({ options });
    const frame = paymentFrame(shop.page);
    await frame.locator('[name="number"]').fill('4242424242424242');
    expect(await frame.locator('[name="country"]').isVisible()).toBe(false);
    await frame.locator('[name="expiry"]').fill('1234');
    await frame.locator('[name="cvc"]').fill('123');
    expect((await resultAfterPay(shop.page)).thrown).toMatch(/^IntegrationError: You specified "never"/);
  });

  test('reports an intent that is already paid as a load error', async () => {
    const intent = await shop.setting.createIntent();
    await shop.setting.api('POST', `/v1/payment_intents/${intent.id}/confirm`, {
      payment_method: 'pm_card_visa',
      return_url: 'http://127.0.0.1/returned',
    });
    await shop.page.goto(`${shop.setting.merchant.url}/direct?secret=${intent.client_secret}`);
    expect((await result(shop.page)).loaderror.code).toBe('payment_intent_unexpected_state');
  });
});
