import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { pressSlowly } from '../sandbox/test/browser/support/press-slowly.ts';
import { addToCart } from './pages/catalogue.ts';
import {
  checkoutReady,
  fillAddress,
  fillCard,
  newBuyer,
  openCheckout,
  pay,
  payButton,
} from './pages/checkout.ts';
import { orderBecomes } from './pages/order-page.ts';
import { readOrder } from './support/shop-books.ts';
import { useShop } from './support/visitors.ts';

const { visit } = useShop();

const always = ['Enter an email address like name@example.com', 'Enter a first name', 'Enter a last name'];

test.each([
  {
    country: 'United States',
    problems: ['Enter an address', 'Enter a city', 'Select a state', 'Enter a ZIP code with 5 digits'],
  },
  {
    country: 'United Kingdom',
    problems: ['Enter an address', 'Enter a town or city', 'Enter a postcode like SW1A 1AA'],
  },
  {
    country: 'Japan',
    problems: [
      'Enter an address',
      'Enter a postal code with 7 digits',
      'Select a prefecture',
      'Enter a city or ward',
    ],
  },
  {
    country: 'Germany',
    problems: ['Enter an address', 'Enter a city', 'Enter a postal code with 5 digits'],
  },
])(
  'An empty form for $country names each missing field in a summary that takes the focus.',
  async ({ country, problems }) => {
    const { page } = await visit();
    await addToCart(page, 'olive-soap');
    await openCheckout(page);
    await page.getByLabel('Country or region').selectOption({ label: country });
    await checkoutReady(page);
    await pay(page);

    const summary = page.getByRole('alert', { name: 'There is a problem' });
    await summary.and(page.locator(':focus')).waitFor();
    const listed = await summary.getByRole('link').allTextContents();
    expect(listed.toSorted()).toEqual([...always, ...problems].toSorted());
    expect(await page.title()).toMatch(/^Error: /);
    for (const problem of listed) {
      await summary.getByRole('link', { name: problem }).click();
      await expectDescribed(page, problem);
    }
  },
);

test('A press of Pay that leaves a mistyped field is not lost because a message moves the button.', async () => {
  // High enough not to be scrolled: where it is, this browser holds the page in place by itself, and not all do.
  const { page } = await visit({ viewport: { width: 700, height: 2_600 } });
  await addToCart(page, 'olive-soap');
  await openCheckout(page);
  await fillAddress(page);
  await page.getByLabel('ZIP code').fill('972');
  await pressSlowly(page, payButton(page));
  await page.getByLabel('ZIP code').and(page.locator(':focus')).waitFor();
  await page.getByText('Enter a ZIP code with 5 digits').waitFor();
});

test('A mistyped postal code is named on leaving it, and the error goes the moment it is right.', async () => {
  const { page } = await visit();
  await addToCart(page, 'olive-soap');
  await openCheckout(page);
  const zip = page.getByLabel('ZIP code');
  await zip.pressSequentially('9720');
  expect(await page.getByText('Enter a ZIP code with 5 digits').count()).toBe(0);
  await zip.blur();
  await page.getByText('Enter a ZIP code with 5 digits').waitFor();
  await zip.press('End');
  await zip.pressSequentially('1');
  await page.getByText('Enter a ZIP code with 5 digits').waitFor({ state: 'detached' });
});

test('A single problem takes the focus itself, and nothing typed is lost.', async () => {
  const { page } = await visit();
  await addToCart(page, 'olive-soap');
  await openCheckout(page);
  const buyer = newBuyer();
  await fillAddress(page, buyer);
  await page.getByLabel('Last name').fill('  ');
  await pay(page);
  await page.getByLabel('Last name').and(page.locator(':focus')).waitFor();
  await expectDescribed(page, 'Enter a last name');
  expect(await page.getByLabel('Email').inputValue()).toBe(buyer.email);
});

test('A British address with a sloppy postcode and a name with an apostrophe is taken as it is meant.', async () => {
  const { page } = await visit();
  await addToCart(page, 'olive-soap');
  await openCheckout(page);
  await page.getByLabel('Country or region').selectOption('GB');
  await page.getByLabel('Email').fill(` ${newBuyer().email} `);
  await page.getByLabel('First name').fill('Siobhán');
  await page.getByLabel('Last name').fill('O’Brien-Łuczak');
  await page.getByLabel('Address', { exact: true }).fill('1 Horse Guards Road');
  await page.getByLabel('Town or city').fill('London');
  await page.getByLabel('Postcode').fill('sw1a2hq');
  expect(await page.getByLabel('State').count()).toBe(0);
  await checkoutReady(page);
  await fillCard(page);
  await pay(page);
  await orderBecomes(page, 'paid');
  expect((await readOrder(page)).shippingAddress).toEqual({
    line1: '1 Horse Guards Road',
    city: 'London',
    postalCode: 'SW1A 2HQ',
    country: 'GB',
  });
  await page.getByText('Siobhán O’Brien-Łuczak').waitFor();
});

test('Missing card details are named and nothing is ordered.', async () => {
  const { page, context } = await visit();
  await addToCart(page, 'olive-soap');
  await openCheckout(page);
  await fillAddress(page);
  await pay(page);
  await page.getByRole('alert').filter({ hasText: /card/i }).waitFor();
  expect((await context.cookies()).filter(({ name }) => name.startsWith('ord_'))).toEqual([]);
});

/** The field that has the focus is marked as wrong and described by exactly this sentence. */
async function expectDescribed(page: Page, problem: string): Promise<void> {
  const field = page.locator(':focus');
  expect(await field.getAttribute('aria-invalid')).toBe('true');
  const ids = (await field.getAttribute('aria-describedby'))?.split(' ') ?? [];
  const texts = await Promise.all(ids.map((id) => page.locator(`[id="${id}"]`).textContent()));
  expect(texts).toContain(problem);
}
