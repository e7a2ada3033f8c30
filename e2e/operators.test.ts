import type { OwnerLink } from '@paydesk/contract/admin/operators';
import { expect, test } from 'vitest';
import { accessibilityProblems } from './support/accessibility.ts';
import { signInAsOwner } from './support/back-office.ts';
import { makeSignInsOld } from './support/shop-books.ts';
import { useShop } from './support/visitors.ts';

const { shop, visit } = useShop();
const phone = { viewport: { width: 375, height: 812 }, isMobile: true, hasTouch: true };

test('The first link makes an owner, who invites a manager, who joins from the mail.', async () => {
  const { page, context } = await visit();
  const { link } = (await (await context.request.get('/api/operators/owner-link')).json()) as OwnerLink;
  await page.goto(link!);
  await page.getByLabel('Your name').fill('Olivia Owner');
  await page.getByLabel('Email').fill('olivia@example.com');
  await page.getByLabel('Password').fill('the words of an owner');
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole('button', { name: 'Create my account' }).click();
  await page.waitForURL('**/admin');
  await page.goto('/admin/operators');
  await page.getByRole('button', { name: 'Invite somebody' }).click();
  await page.getByLabel('Email').fill('mia@example.com');
  await page.getByLabel('Role', { exact: true }).selectOption('manager');
  await page.getByRole('button', { name: 'Send the invitation' }).click();
  await page.getByText('An invitation is on its way to mia@example.com.').waitFor({ state: 'attached' });
  expect(await accessibilityProblems(page)).toEqual([]);

  const { page: mail } = await visit();
  await mail.goto('/mailbox');
  await expect
    .poll(async () => {
      await mail.reload();
      return await mail.getByRole('link', { name: /You are invited to run/ }).count();
    })
    .toBe(1);
});

test('On a phone the pages of the back office are behind a button, and strangers are asked to sign in.', async () => {
  const { page, context } = await visit(phone);
  await page.goto('/admin/approvals');
  await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
  await signInAsOwner(context.request, shop().url, 'olivia@example.com');
  await page.goto('/admin/approvals');
  await page.getByText('Nothing waits for you').waitFor();
  await page.getByRole('button', { name: 'Pages of the back office' }).click();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole('dialog').getByRole('link', { name: 'Operators' }).click();
  await page.getByText('olivia@example.com').waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
});

test('After a working day an operator signs in again, and is where they were; what they had begun goes on.', async () => {
  const { page, context } = await visit({ refusals: [/\/api\/admin\/operators\/rules$/] });
  await signInAsOwner(context.request, shop().url, 'olivia@example.com');
  const signIn = async (name: string) => {
    await page.getByLabel('Password').fill('the words of an owner');
    await page.getByRole('button', { name }).click();
  };
  await makeSignInsOld(shop(), 9);
  await page.goto('/admin/orders?view=needs-action');
  await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
  await page.getByLabel('Email').fill('olivia@example.com');
  await signIn('Sign in');
  await page.waitForURL('**/admin/orders?view=needs-action');

  await page.goto('/admin/operators');
  await page.getByRole('button', { name: 'Change', exact: true }).click();
  await makeSignInsOld(shop(), 9);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('It is a while since you signed in.').waitFor();
  await page.getByLabel('Password').and(page.locator(':focus')).waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await signIn('Go on');
  await page.getByRole('button', { name: 'Save', exact: true }).waitFor({ state: 'detached' });
});
