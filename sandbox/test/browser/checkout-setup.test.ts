import { describe, expect, test } from 'vitest';
import { fillCard } from './support/hosted-page.ts';
import type { ApiObject } from './support/setting.ts';
import { useShop } from './support/shop.ts';
import {
  accessibilityFaults,
  challengeFrame,
  paymentFrame,
  resultAfterPay,
  typeCard,
  visit,
} from './support/visit.ts';

const shop = useShop();

async function create(given: Record<string, string> = {}): Promise<ApiObject> {
  const session = await shop.setting.api('POST', '/v1/checkout/sessions', {
    mode: 'setup',
    currency: 'usd',
    ...given,
  });
  expect(session.error).toBeUndefined();
  return session;
}

const hosted = (given: Record<string, string> = {}) =>
  create({
    success_url: `${shop.setting.merchant.url}/saved?session={CHECKOUT_SESSION_ID}`,
    cancel_url: `${shop.setting.merchant.url}/account`,
    ...given,
  });

const returning = () => ({
  return_url: `${shop.setting.merchant.url}/returned?session={CHECKOUT_SESSION_ID}`,
});

async function savedBy({ id }: ApiObject): Promise<ApiObject> {
  const session = await shop.setting.api('GET', `/v1/checkout/sessions/${id}`, {
    'expand[0]': 'setup_intent.payment_method',
  });
  return { status: session.status, last4: session.setup_intent.payment_method?.card.last4 };
}

describe('the hosted page in setup mode', () => {
  test('saves a card without a word of amounts, after it was refused', async () => {
    const session = await hosted();
    const { page } = shop;
    await page.goto(session.url);
    await page.getByText('You pay nothing now.').waitFor();
    expect(await page.locator('body').textContent()).not.toMatch(/Total|\$/);
    expect(await accessibilityFaults(page)).toEqual([]);
    await fillCard(page, '4000000000000002');
    await page.getByRole('button', { name: 'Save card' }).click();
    await page.getByText('Your card was declined.').waitFor();
    await page.getByLabel('Card number').fill('4242424242424242');
    await page.getByRole('button', { name: 'Save card' }).click();
    await page.waitForURL(`**/saved?session=${session.id}`);
    expect(await savedBy(session)).toEqual({ status: 'complete', last4: '4242' });
    await page.goto(`${shop.setting.sandboxUrl}/c/pay/${session.id}`);
    await page.getByRole('heading', { name: 'Card saved' }).waitFor();
    await shop.visit.expectClean();
  });

  test('asks 3-D Secure, tells of a failed one, and takes the next', async () => {
    const session = await hosted();
    const { page } = shop;
    await page.goto(session.url);
    await fillCard(page, '4000000000003220');
    await page.getByRole('button', { name: 'Save card' }).click();
    await challengeFrame(page).getByRole('button', { name: 'Fail authentication' }).click();
    await page.getByText('Your bank could not confirm it was you.').waitFor();
    await page.getByRole('button', { name: 'Save card' }).click();
    await challengeFrame(page).getByRole('heading', { name: 'Confirm this card' }).waitFor();
    await challengeFrame(page).getByRole('button', { name: 'Complete authentication' }).click();
    await page.waitForURL(`**/saved?session=${session.id}`);
    expect(await savedBy(session)).toEqual({ status: 'complete', last4: '3220' });
  });

  test('fits a phone, and says when it has expired', async () => {
    const session = await hosted();
    const phone = await visit(shop.setting.browser, { ...shop.setting, width: 375 });
    await phone.page.goto(session.url);
    expect(await phone.page.evaluate('document.documentElement.scrollWidth <= 375')).toBe(true);
    await shop.setting.api('POST', `/v1/checkout/sessions/${session.id}/expire`);
    await phone.page.reload();
    await phone.page.getByText('Nothing was saved.').waitFor();
    await phone.close();
  });
});

describe('setup mode on the shop’s own page', () => {
  test('in a frame, a card is saved and the customer returns', async () => {
    const session = await create({ ui_mode: 'embedded_page', ...returning() });
    const { page } = shop;
    await page.goto(`${shop.setting.merchant.url}/embedded?secret=${session.client_secret}`);
    const frame = page.frameLocator('iframe[name="embedded-checkout"]');
    await frame.locator('[name="email"]').fill('ada@example.com');
    await frame.locator('[name="cardNumber"]').fill('4000000000003220');
    await frame.locator('[name="cardExpiry"]').fill('1234');
    await frame.locator('[name="cardCvc"]').fill('123');
    await frame.locator('[name="billingName"]').fill('Ada Lovelace');
    await frame.locator('[name="billingPostalCode"]').fill('94107');
    await frame.getByRole('button', { name: 'Save card' }).click();
    await challengeFrame(page).getByRole('button', { name: 'Complete authentication' }).click();
    await page.waitForURL(`**/returned?session=${session.id}`);
    expect(await savedBy(session)).toEqual({ status: 'complete', last4: '3220' });
    await shop.visit.expectClean();
  });

  test('with Elements, a card is saved after a failed authentication and a refusal', async () => {
    const session = await create({ ui_mode: 'elements', ...returning() });
    const { page } = shop;
    await page.goto(`${shop.setting.merchant.url}/checkout?secret=${session.client_secret}`);
    const email = page.frameLocator('iframe[title="Secure email input frame"]').locator('[name="email"]');
    await email.fill('ada@example.com');
    await typeCard(page, '4000000000003220');
    const pressed = resultAfterPay(page);
    await challengeFrame(page).getByRole('button', { name: 'Fail authentication' }).click();
    expect(await pressed).toMatchObject({ type: 'error', error: { code: 'paymentFailed' } });
    await paymentFrame(page).locator('[name="number"]').fill('4000000000009995');
    expect(await resultAfterPay(page)).toMatchObject({
      error: { paymentFailed: { declineCode: 'insufficient_funds' } },
    });
    await paymentFrame(page).locator('[name="number"]').fill('4242424242424242');
    expect(await resultAfterPay(page)).toMatchObject({
      type: 'success',
      session: { status: { type: 'complete', paymentStatus: 'no_payment_required' } },
    });
    expect(await savedBy(session)).toEqual({ status: 'complete', last4: '4242' });
    await shop.visit.expectClean();
  });
});

test('the dashboard shows a session of setup mode', async () => {
  const session = await hosted();
  await shop.page.goto(`${shop.setting.sandboxUrl}/sessions`);
  await shop.page.getByRole('link', { name: session.id.slice(0, 18) }).click();
  await shop.page.getByRole('heading', { name: 'Saving a payment method' }).waitFor();
  await shop.page.getByText(session.setup_intent).waitFor();
  await shop.visit.expectClean();
});
