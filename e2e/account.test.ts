import type { APIRequestContext, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { oneTimeCode } from '../server/test/support/one-time-code.ts';
import { fillCard, pay, startCheckout } from './pages/checkout.ts';
import { orderBecomes } from './pages/order-page.ts';
import { accessibilityProblems } from './support/accessibility.ts';
import { endSecondSteps, readOrder } from './support/shop-books.ts';
import { useShop } from './support/visitors.ts';

const { shop, visit } = useShop();
const phone = { viewport: { width: 375, height: 812 }, isMobile: true, hasTouch: true };
const password = 'a few words to remember';
/** What the shop answers to somebody who is not signed in, or mistyped. */
const refusals = [/\/api\/auth\/sign-in\/email$/];

test('Who bought as a guest makes an account, confirms the address by mail, and finds the order there.', async () => {
  const { page, context } = await visit({ refusals });
  await startCheckout(page, 'olive-soap');
  await fillCard(page);
  await pay(page);
  await orderBecomes(page, 'paid');
  const order = await readOrder(page);

  await page.getByRole('link', { name: 'Account', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole('link', { name: 'Create an account' }).click();
  await signUp(page, 'Ada Lovelace', order.contact.email);
  await page.getByText(`We have sent a link to ${order.contact.email}`).waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);

  await page.goto(await mailedLink(context.request, order.contact.email, /Confirm your e-mail/));
  await page.getByRole('heading', { level: 1, name: 'Hello, Ada Lovelace' }).waitFor();
  const row = page.getByRole('listitem').filter({ hasText: order.number });
  await row.getByText('Paid', { exact: true }).waitFor();
  await row.getByRole('link', { name: 'Invoice of order' }).waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await row.getByRole('link', { name: order.number, exact: true }).click();
  await orderBecomes(page, 'paid');

  await page.goto('/products/stoneware-mug');
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await page.goto('/checkout');
  const known = { Email: order.contact.email, 'First name': order.contact.firstName, City: 'Portland' };
  for (const [label, value] of Object.entries(known))
    expect(await page.getByLabel(label, { exact: true }).inputValue()).toBe(value);

  await page.goto('/account');
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await page.waitForURL((url) => url.pathname !== '/account');
  await page.goto('/sign-in?next=/account');
  await signIn(page, order.contact.email, 'not the password at all');
  await page.getByText('The e-mail address or the password is not right.').waitFor();
  await signIn(page, order.contact.email, password);
  await page.getByRole('heading', { level: 1, name: 'Hello, Ada Lovelace' }).waitFor();
});

test('On a phone a forgotten password is chosen anew by a mailed link, which works once.', async () => {
  const { page, context } = await visit({
    ...phone,
    refusals: [/\/api\/auth\/(reset-password|two-factor\/verify-totp)$/],
  });
  const address = 'grace@example.com';
  await page.goto('/sign-up');
  await signUp(page, 'Grace Hopper', address);
  await page.getByText('Look into your mail').waitFor();
  await page.goto(await mailedLink(context.request, address, /Confirm your e-mail/));
  await page.getByRole('heading', { level: 1, name: 'Hello, Grace Hopper' }).waitFor();
  await page.getByText('Your orders will be here.').waitFor();
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(375);
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();

  await page.goto('/forgot-password');
  await page.getByLabel('Email').fill(address);
  await page.getByRole('button', { name: 'Send link' }).click();
  await page.getByText('If there is an account for').waitFor();
  const link = await mailedLink(context.request, address, /Choose a new password/);
  await page.goto(link);
  await page.getByLabel('New password').fill('some other words instead');
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole('button', { name: 'Save password' }).click();
  await page.getByRole('link', { name: 'Sign in' }).click();
  await signIn(page, address, 'some other words instead');
  await page.getByRole('heading', { level: 1, name: 'Hello, Grace Hopper' }).waitFor();

  await page.getByLabel('Your password').fill('some other words instead');
  await page.getByRole('button', { name: 'Set up' }).click();
  const app = await page.getByRole('link', { name: 'open the app on this device' }).getAttribute('href');
  const secret = new URL(app!).searchParams.get('secret')!;
  await page.getByLabel('Code that the app shows now').fill(oneTimeCode(secret));
  await page.getByRole('button', { name: 'Turn on' }).click();
  await page.getByText('It is on: signing in asks for a code from your app.').waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'All products' }).waitFor();
  await page.goto('/sign-in');
  await signIn(page, address, 'some other words instead');
  await page.getByLabel('Code', { exact: true }).waitFor();
  await endSecondSteps(shop());
  await page.getByLabel('Code', { exact: true }).fill(oneTimeCode(secret, 1));
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByText('That took too long, or too many codes were wrong. Sign in again.').waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await signIn(page, address, 'some other words instead');
  await page.getByLabel('Code', { exact: true }).waitFor();
  expect(await page.getByRole('alert').count()).toBe(0);
  await page.getByLabel('Code', { exact: true }).fill(oneTimeCode(secret, 1));
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByRole('heading', { level: 1, name: 'Hello, Grace Hopper' }).waitFor();

  await page.goto(link);
  await page
    .getByText(/This link (or code )?is not valid any more/)
    .first()
    .waitFor();
});

async function signUp(page: Page, name: string, email: string): Promise<void> {
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Create account' }).click();
}

async function signIn(page: Page, email: string, secret: string): Promise<void> {
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password').fill(secret);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** The address behind the button of the newest mail to somebody. */
async function mailedLink(request: APIRequestContext, to: string, subject: RegExp): Promise<string> {
  let link: string | undefined;
  await expect
    .poll(async () => {
      const answer = await request.get(`${shop().url}/api/mailbox`);
      const { mails } = (await answer.json()) as {
        mails: { recipient: string; subject: string; text: string }[];
      };
      const mail = mails.find((each) => each.recipient === to && subject.test(each.subject));
      link = /\bhttp\S+/.exec(mail?.text ?? '')?.[0];
      return link;
    })
    .toBeDefined();
  return link!;
}
