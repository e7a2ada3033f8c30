import { describe, expect, test } from 'vitest';
import type { ApiObject } from './support/setting.ts';
import { useShop } from './support/shop.ts';
import { accessibilityFaults, challengeFrame, result } from './support/visit.ts';

const shop = useShop();

const frame = () => shop.page.frameLocator('iframe[name="embedded-checkout"]');

async function createSession(given: Record<string, string> = {}): Promise<ApiObject> {
  return shop.setting.api('POST', '/v1/checkout/sessions', {
    mode: 'payment',
    ui_mode: 'embedded_page',
    'line_items[0][price_data][currency]': 'usd',
    'line_items[0][price_data][unit_amount]': '2400',
    'line_items[0][price_data][product_data][name]': 'Linen towel',
    'line_items[0][quantity]': '2',
    ...given,
  });
}

const returning = () => ({
  return_url: `${shop.setting.merchant.url}/returned?session={CHECKOUT_SESSION_ID}`,
});

async function open(session: ApiObject, callback = false): Promise<void> {
  expect(session.error).toBeUndefined();
  const query = new URLSearchParams({ secret: session.client_secret, ...(callback ? { callback: '' } : {}) });
  await shop.page.goto(`${shop.setting.merchant.url}/embedded?${query}`);
}

async function pay(number: string): Promise<void> {
  await frame().locator('[name="email"]').fill('ada@example.com');
  await frame().locator('[name="cardNumber"]').fill(number);
  await frame().locator('[name="cardExpiry"]').fill('1234');
  await frame().locator('[name="cardCvc"]').fill('123');
  await frame().locator('[name="billingName"]').fill('Ada Lovelace');
  await frame().locator('[name="billingPostalCode"]').fill('94107');
  await frame().locator('button[type="submit"]').click();
}

const statusOf = async ({ id }: ApiObject) =>
  (await shop.setting.api('GET', `/v1/checkout/sessions/${id}`)).payment_status;

describe('Checkout in a frame of the shop', () => {
  test('sends the customer to the return address after payment', async () => {
    const session = await createSession(returning());
    await open(session);
    await pay('4242424242424242');
    await shop.page.waitForURL(`**/returned?session=${session.id}`);
    expect(await statusOf(session)).toBe('paid');
    await shop.visit.expectClean();
  });

  test('asks 3-D Secure over the whole page and goes on afterwards', async () => {
    const session = await createSession(returning());
    await open(session);
    await pay('4000000000003220');
    await challengeFrame(shop.page).getByRole('button', { name: 'Complete authentication' }).click();
    await shop.page.waitForURL(`**/returned?session=${session.id}`);
    expect(await statusOf(session)).toBe('paid');
  });

  test('tells the shop and stays where the session redirects nobody', async () => {
    const session = await createSession({ redirect_on_completion: 'never' });
    await open(session, true);
    await pay('4242424242424242');
    expect(await result(shop.page)).toBe('complete');
    await frame().getByRole('heading', { name: 'Payment complete' }).waitFor();
    expect(await statusOf(session)).toBe('paid');
  });

  test('is as high as its content, and has no accessibility faults', async () => {
    await open(await createSession(returning()));
    await frame().locator('[name="email"]').waitFor();
    const content = () =>
      frame()
        .locator('body')
        .evaluate((node: HTMLElement) => node.offsetHeight);
    const height = () => shop.page.locator('iframe').evaluate((node) => node.clientHeight);
    await expect.poll(async () => (await height()) - (await content())).toBe(0);
    expect(await accessibilityFaults(shop.page)).toEqual([]);
  });

  test('is taken away by the shop', async () => {
    await open(await createSession(returning()));
    await frame().locator('[name="email"]').waitFor();
    await shop.page.evaluate('close()');
    await expect.poll(() => shop.page.locator('iframe').count()).toBe(0);
  });

  test('a session that was not made for a frame cannot be framed', async () => {
    const session = await createSession({
      ui_mode: 'hosted_page',
      success_url: `${shop.setting.merchant.url}/returned`,
    });
    const page = await fetch(`${shop.setting.sandboxUrl}/c/pay/${session.id}?embedded=1`);
    expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  });
});
