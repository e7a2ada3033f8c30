import { describe, expect, test } from 'vitest';
import { fillCard, useHostedPage } from './support/hosted-page.ts';
import { pressSlowly } from './support/press-slowly.ts';
import { accessibilityFaults, challengeFrame, visit } from './support/visit.ts';

const hosted = useHostedPage();
const pay = () => hosted.page.getByRole('button', { name: 'Pay $48.00' });

describe('the hosted Checkout page', () => {
  test('shows the order, takes a card and goes to the success address with the session id', async () => {
    const session = await hosted.open();
    await hosted.page.getByText('Stoneware mug').waitFor();
    expect(await hosted.page.getByTestId('total').textContent()).toBe('$48.00');
    await hosted.fill('4242424242424242');
    await pay().click();
    await hosted.page.waitForURL(`**/success?session=${session.id}`);
    expect(await hosted.read(session)).toMatchObject({
      status: 'complete',
      payment_status: 'paid',
      customer_details: { email: 'ada@example.com', name: 'Ada Lovelace' },
    });
    await hosted.customer.expectClean();
  });

  test('keeps everything after a decline and takes another card', async () => {
    const session = await hosted.open();
    await hosted.fill('4000000000000002');
    await pay().click();
    await hosted.page.getByRole('alert').filter({ hasText: 'Your card was declined.' }).waitFor();
    expect(await hosted.page.getByLabel('Cardholder name').inputValue()).toBe('Ada Lovelace');
    await hosted.page.getByLabel('Card number').fill('4242424242424242');
    await pay().click();
    await hosted.page.waitForURL('**/success?**');
    expect((await hosted.read(session)).payment_status).toBe('paid');
    await hosted.customer.expectClean();
  });

  test('lets no press of Pay go astray because a message takes room', async () => {
    await hosted.open();
    await hosted.fill('4242424242424242');
    await hosted.page.getByLabel('Email').fill('ada@example');
    await pressSlowly(hosted.page, pay());
    await hosted.page.locator('#email[aria-invalid="true"]:focus').waitFor();
  });

  test('puts a wrong security code at its field', async () => {
    await hosted.open();
    await hosted.fill('4000000000000127');
    await pay().click();
    await hosted.page.locator('#cardCvc[aria-invalid="true"]').waitFor();
  });

  test('shows the bank of a 3-D Secure card and pays when it is passed', async () => {
    await hosted.open();
    await hosted.fill('4000002760003184');
    await pay().click();
    await challengeFrame(hosted.page).getByRole('button', { name: 'Complete authentication' }).click();
    await hosted.page.waitForURL('**/success?**');
    await hosted.customer.expectClean();
  });

  test('stays open when 3-D Secure fails', async () => {
    const session = await hosted.open();
    await hosted.fill('4000002760003184');
    await pay().click();
    await challengeFrame(hosted.page).getByRole('button', { name: 'Fail authentication' }).click();
    await hosted.page.getByText('Your bank could not confirm it was you.').waitFor();
    expect((await hosted.read(session)).status).toBe('open');
  });

  test('a double click pays once', async () => {
    const session = await hosted.open();
    await hosted.fill('4242424242424242');
    await pay().dblclick();
    await hosted.page.waitForURL('**/success?**');
    const { payment_intent: intent } = await hosted.read(session);
    const { data } = await hosted.setting.api('GET', '/v1/charges', { payment_intent: intent });
    expect(data).toHaveLength(1);
  });

  test('a second tab of a paid session says so and charges nothing', async () => {
    const session = await hosted.open();
    const second = await hosted.page.context().newPage();
    await second.goto(session.url);
    await hosted.fill('4242424242424242');
    await pay().click();
    await hosted.page.waitForURL('**/success?**');
    await second.reload();
    await second.getByRole('heading', { name: 'This payment is done' }).waitFor();
  });

  test('goes back to the shop without paying', async () => {
    const session = await hosted.open();
    await hosted.page.locator(`a[href$="${session.cancel_url}"]`).click();
    await hosted.page.waitForURL('**/cart');
    expect((await hosted.read(session)).status).toBe('open');
  });

  test('names what is missing and moves the focus there', async () => {
    await hosted.open();
    await pay().click();
    const email = hosted.page.getByLabel('Email');
    expect(await email.getAttribute('aria-invalid')).toBe('true');
    expect(await email.evaluate((node) => node === document.activeElement)).toBe(true);
  });

  test('asks how the session stands when the answer to a payment is lost', async () => {
    await hosted.open();
    await hosted.fill('4242424242424242');
    await hosted.page.route(
      '**/confirm',
      async (route) => {
        await route.fetch();
        await route.abort();
      },
      { times: 1 },
    );
    await pay().click();
    await hosted.page.waitForURL('**/success?**');
  });

  test('has no accessibility faults, at first and with its messages shown', async () => {
    await hosted.open();
    expect(await accessibilityFaults(hosted.page)).toEqual([]);
    await pay().click();
    expect(await accessibilityFaults(hosted.page)).toEqual([]);
  });

  test('coming back to a paid session shows that it is done', async () => {
    await hosted.open();
    await hosted.fill('4242424242424242');
    await pay().click();
    await hosted.page.waitForURL('**/success?**');
    await hosted.page.goBack();
    await hosted.page.getByRole('heading', { name: 'This payment is done' }).waitFor();
  });

  test('two tabs that pay one session at the same moment charge once, and both end at the shop', async () => {
    await hosted.setting.api('POST', '/_sandbox/settings', { latency_ms: '300' });
    const session = await hosted.open();
    const first = hosted.page;
    await hosted.fill('4242424242424242');
    const second = await first.context().newPage();
    await second.goto(session.url);
    await fillCard(second, '4242424242424242');
    await Promise.all([first, second].map((tab) => tab.getByRole('button', { name: 'Pay $48.00' }).click()));
    await Promise.all([first, second].map((tab) => tab.waitForURL('**/success?**')));
    await hosted.setting.api('POST', '/_sandbox/settings', { latency_ms: '0' });
    const { payment_intent: intent } = await hosted.read(session);
    expect((await hosted.setting.api('GET', '/v1/charges', { payment_intent: intent })).data).toHaveLength(1);
  });

  test('an expired session says so', async () => {
    const session = await hosted.createSession();
    await hosted.setting.api('POST', `/v1/checkout/sessions/${session.id}/expire`);
    await hosted.page.goto(session.url);
    await hosted.page.getByRole('heading', { name: 'This checkout has expired' }).waitFor();
  });

  test('offers a bank debit in euro, whose payment is confirmed later', async () => {
    const session = await hosted.open({ 'line_items[0][price_data][currency]': 'eur' });
    const { page } = hosted;
    await page.getByLabel('Email').fill('ada@example.com');
    await page.getByRole('radio', { name: 'SEPA Direct Debit' }).check();
    await page.getByLabel('Account holder').fill('Ada Lovelace');
    await page.getByLabel('IBAN').fill('AT61 1904 3002 3457 3201');
    await page.getByRole('button', { name: 'Pay €48.00' }).click();
    await page.waitForURL('**/success?**');
    expect(await hosted.read(session)).toMatchObject({ status: 'complete', payment_status: 'unpaid' });
  });

  test('can be paid on a phone with the keyboard alone', async () => {
    const session = await hosted.createSession();
    const phone = await visit(hosted.setting.browser, { ...hosted.setting, width: 375 });
    await phone.page.goto(session.url);
    await phone.page.getByLabel('Email').focus();
    const keys = phone.page.keyboard;
    await keys.type('ada@example.com');
    await keys.press('Tab');
    // A complete number and a complete date move on by themselves.
    await keys.type('4242424242424242123' + '4123');
    await keys.press('Tab');
    await keys.type('Ada Lovelace');
    await keys.press('Tab');
    await keys.press('Tab');
    await keys.type('94107');
    await keys.press('Enter');
    await phone.page.waitForURL('**/success?**');
    expect(await phone.page.evaluate('document.documentElement.scrollWidth <= 375')).toBe(true);
    await phone.expectClean();
    await phone.close();
  });
});

describe('the sandbox’s own pages', () => {
  test('the page of a payment shows its charges and events', async () => {
    const intent = await hosted.setting.createIntent();
    await hosted.setting.api('POST', `/v1/payment_intents/${intent.id}/confirm`, {
      payment_method: 'pm_card_visa',
      return_url: 'http://127.0.0.1/returned',
    });
    await hosted.page.goto(`${hosted.setting.sandboxUrl}/payments/${intent.id}`);
    await hosted.page.getByRole('cell', { name: 'payment_intent.succeeded' }).waitFor();
    await hosted.page.getByText('visa •••• 4242').waitFor();
    await hosted.page.getByText('no endpoint').first().waitFor();
    await hosted.customer.expectClean();
  });

  test('the page of a payment shows what became of its webhooks', async () => {
    const endpoint = {
      url: `${hosted.setting.merchant.url}/webhook`,
      'enabled_events[0]': 'payment_intent.created',
    };
    await hosted.setting.api('POST', '/v1/webhook_endpoints', endpoint);
    const intent = await hosted.setting.createIntent();
    await hosted.page.goto(`${hosted.setting.sandboxUrl}/payments/${intent.id}`);
    await hosted.page.getByText('delivered · 200').waitFor();
  });

  test('the overview links to the latest payment and lists the test cards', async () => {
    const intent = await hosted.setting.createIntent();
    await hosted.page.goto(hosted.setting.sandboxUrl);
    await hosted.page.getByRole('link', { name: intent.id }).click();
    await hosted.page.waitForURL(`**/payments/${intent.id}`);
    await hosted.customer.expectClean();
  });

  test('an unknown payment and an unknown session are not found', async () => {
    const statuses = ['/payments/pi_none', '/c/pay/cs_test_none', '/3ds/pi_none'].map(
      async (path) =>
        (await fetch(hosted.setting.sandboxUrl + path, { signal: AbortSignal.timeout(5_000) })).status,
    );
    expect(await Promise.all(statuses)).toEqual([404, 404, 404]);
  });
});
