import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type ApiObject, prepareSetting, type Setting } from './support/setting.ts';
import { accessibilityFaults, challengeFrame, type Visit, visit } from './support/visit.ts';

let setting: Setting;
let customer: Visit;

beforeAll(async () => {
  setting = await prepareSetting();
});
afterAll(() => setting.close());
beforeEach(async () => {
  customer = await visit(setting.browser, setting);
});
afterEach(() => customer.close());

async function createSession(more: Record<string, string> = {}): Promise<ApiObject> {
  return setting.api('POST', '/v1/checkout/sessions', {
    mode: 'payment',
    success_url: `${setting.merchant.url}/success?session={CHECKOUT_SESSION_ID}`,
    cancel_url: `${setting.merchant.url}/cart`,
    'line_items[0][price_data][currency]': 'usd',
    'line_items[0][price_data][unit_amount]': '2400',
    'line_items[0][price_data][product_data][name]': 'Stoneware mug',
    'line_items[0][quantity]': '2',
    ...more,
  });
}

async function open(more: Record<string, string> = {}): Promise<ApiObject> {
  const session = await createSession(more);
  await customer.page.goto(session.url);
  return session;
}

async function fill(number: string): Promise<void> {
  const { page } = customer;
  await page.getByLabel('Email').fill('ada@example.com');
  await page.getByLabel('Card number').fill(number);
  await page.getByLabel('Expiration date').fill('12 / 34');
  await page.getByLabel('CVC').fill('123');
  await page.getByLabel('Cardholder name').fill('Ada Lovelace');
  await page.getByLabel('ZIP code').fill('94107');
}

const pay = () => customer.page.getByRole('button', { name: 'Pay $48.00' });
const read = (session: ApiObject) => setting.api('GET', `/v1/checkout/sessions/${session.id}`);

describe('the hosted Checkout page', () => {
  test('shows the order, takes a card and goes to the success address with the session id', async () => {
    const session = await open();
    await customer.page.getByText('Stoneware mug').waitFor();
    expect(await customer.page.getByTestId('total').textContent()).toBe('$48.00');
    await fill('4242424242424242');
    await pay().click();
    await customer.page.waitForURL(`**/success?session=${session.id}`);
    expect(await read(session)).toMatchObject({
      status: 'complete',
      payment_status: 'paid',
      customer_details: { email: 'ada@example.com', name: 'Ada Lovelace' },
    });
    await customer.expectClean();
  });

  test('keeps everything after a decline and takes another card', async () => {
    const session = await open();
    await fill('4000000000000002');
    await pay().click();
    await customer.page.getByRole('alert').filter({ hasText: 'Your card was declined.' }).waitFor();
    expect(await customer.page.getByLabel('Cardholder name').inputValue()).toBe('Ada Lovelace');
    await customer.page.getByLabel('Card number').fill('4242424242424242');
    await pay().click();
    await customer.page.waitForURL('**/success?**');
    expect((await read(session)).payment_status).toBe('paid');
    await customer.expectClean();
  });

  test('puts a wrong security code at its field', async () => {
    await open();
    await fill('4000000000000127');
    await pay().click();
    await customer.page.locator('#cardCvc[aria-invalid="true"]').waitFor();
  });

  test('shows the bank of a 3-D Secure card and pays when it is passed', async () => {
    await open();
    await fill('4000002760003184');
    await pay().click();
    await challengeFrame(customer.page).getByRole('button', { name: 'Complete authentication' }).click();
    await customer.page.waitForURL('**/success?**');
    await customer.expectClean();
  });

  test('stays open when 3-D Secure fails', async () => {
    const session = await open();
    await fill('4000002760003184');
    await pay().click();
    await challengeFrame(customer.page).getByRole('button', { name: 'Fail authentication' }).click();
    await customer.page.getByText('Your bank could not confirm it was you.').waitFor();
    expect((await read(session)).status).toBe('open');
  });

  test('a double click pays once', async () => {
    const session = await open();
    await fill('4242424242424242');
    await pay().dblclick();
    await customer.page.waitForURL('**/success?**');
    const { payment_intent: intent } = await read(session);
    const { data } = await setting.api('GET', '/v1/charges', { payment_intent: intent });
    expect(data).toHaveLength(1);
  });

  test('a second tab of a paid session says so and charges nothing', async () => {
    const session = await open();
    const second = await customer.page.context().newPage();
    await second.goto(session.url);
    await fill('4242424242424242');
    await pay().click();
    await customer.page.waitForURL('**/success?**');
    await second.reload();
    await second.getByRole('heading', { name: 'This payment is done' }).waitFor();
  });

  test('goes back to the shop without paying', async () => {
    const session = await open();
    await customer.page.locator(`a[href$="${session.cancel_url}"]`).click();
    await customer.page.waitForURL('**/cart');
    expect((await read(session)).status).toBe('open');
  });

  test('names what is missing and moves the focus there', async () => {
    await open();
    await pay().click();
    const email = customer.page.getByLabel('Email');
    expect(await email.getAttribute('aria-invalid')).toBe('true');
    expect(await email.evaluate((node) => node === document.activeElement)).toBe(true);
  });

  test('asks how the session stands when the answer to a payment is lost', async () => {
    await open();
    await fill('4242424242424242');
    await customer.page.route(
      '**/confirm',
      async (route) => {
        await route.fetch();
        await route.abort();
      },
      { times: 1 },
    );
    await pay().click();
    await customer.page.waitForURL('**/success?**');
  });

  test('has no accessibility faults, at first and with its messages shown', async () => {
    await open();
    expect(await accessibilityFaults(customer.page)).toEqual([]);
    await pay().click();
    expect(await accessibilityFaults(customer.page)).toEqual([]);
  });

  test('coming back to a paid session shows that it is done', async () => {
    await open();
    await fill('4242424242424242');
    await pay().click();
    await customer.page.waitForURL('**/success?**');
    await customer.page.goBack();
    await customer.page.getByRole('heading', { name: 'This payment is done' }).waitFor();
  });

  test('two tabs that pay one session at the same moment charge once, and both end at the shop', async () => {
    await setting.api('POST', '/_sandbox/settings', { latency_ms: '300' });
    const session = await open();
    const first = customer.page;
    await fill('4242424242424242');
    customer.page = await first.context().newPage();
    await customer.page.goto(session.url);
    await fill('4242424242424242');
    const second = customer.page;
    await Promise.all([first, second].map((tab) => tab.getByRole('button', { name: 'Pay $48.00' }).click()));
    await Promise.all([first, second].map((tab) => tab.waitForURL('**/success?**')));
    await setting.api('POST', '/_sandbox/settings', { latency_ms: '0' });
    const { payment_intent: intent } = await read(session);
    expect((await setting.api('GET', '/v1/charges', { payment_intent: intent })).data).toHaveLength(1);
  });

  test('an expired session says so', async () => {
    const session = await createSession();
    await setting.api('POST', `/v1/checkout/sessions/${session.id}/expire`);
    await customer.page.goto(session.url);
    await customer.page.getByRole('heading', { name: 'This checkout has expired' }).waitFor();
  });

  test('offers a bank debit in euro, whose payment is confirmed later', async () => {
    const session = await open({ 'line_items[0][price_data][currency]': 'eur' });
    const { page } = customer;
    await page.getByLabel('Email').fill('ada@example.com');
    await page.getByRole('radio', { name: 'SEPA Direct Debit' }).check();
    await page.getByLabel('Account holder').fill('Ada Lovelace');
    await page.getByLabel('IBAN').fill('AT61 1904 3002 3457 3201');
    await page.getByRole('button', { name: 'Pay €48.00' }).click();
    await page.waitForURL('**/success?**');
    expect(await read(session)).toMatchObject({ status: 'complete', payment_status: 'unpaid' });
  });

  test('can be paid on a phone with the keyboard alone', async () => {
    const session = await createSession();
    const phone = await visit(setting.browser, { ...setting, width: 375 });
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
    const intent = await setting.createIntent();
    await setting.api('POST', `/v1/payment_intents/${intent.id}/confirm`, {
      payment_method: 'pm_card_visa',
      return_url: 'http://127.0.0.1/returned',
    });
    await customer.page.goto(`${setting.sandboxUrl}/payments/${intent.id}`);
    await customer.page.getByRole('cell', { name: 'payment_intent.succeeded' }).waitFor();
    await customer.page.getByText('visa •••• 4242').waitFor();
    await customer.page.getByText('no endpoint').first().waitFor();
    await customer.expectClean();
  });

  test('the page of a payment shows what became of its webhooks', async () => {
    const endpoint = {
      url: `${setting.merchant.url}/webhook`,
      'enabled_events[0]': 'payment_intent.created',
    };
    await setting.api('POST', '/v1/webhook_endpoints', endpoint);
    const intent = await setting.createIntent();
    await customer.page.goto(`${setting.sandboxUrl}/payments/${intent.id}`);
    await customer.page.getByText('delivered · 200').waitFor();
  });

  test('the overview links to the latest payment and lists the test cards', async () => {
    const intent = await setting.createIntent();
    await customer.page.goto(setting.sandboxUrl);
    await customer.page.getByRole('link', { name: intent.id }).click();
    await customer.page.waitForURL(`**/payments/${intent.id}`);
    await customer.expectClean();
  });

  test('an unknown payment and an unknown session are not found', async () => {
    const statuses = ['/payments/pi_none', '/c/pay/cs_test_none', '/3ds/pi_none'].map(
      async (path) => (await fetch(setting.sandboxUrl + path, { signal: AbortSignal.timeout(5_000) })).status,
    );
    expect(await Promise.all(statuses)).toEqual([404, 404, 404]);
  });
});
