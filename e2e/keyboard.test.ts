import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { drawerOf, hydrated } from './pages/catalogue.ts';
import { cardForm, cards, challenge, checkoutReady, newBuyer } from './pages/checkout.ts';
import { orderBecomes } from './pages/order-page.ts';
import { useShop } from './support/visitors.ts';

const { visit } = useShop();

test('Somebody without a mouse buys from the catalogue to the paid order.', async () => {
  const { page } = await visit();
  await page.goto('/');
  await hydrated(page);
  await page.keyboard.press('Tab');
  await isFocused(page.getByRole('link', { name: 'Skip to content' }), page);
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByRole('link', { name: 'Stoneware mug' }));
  await page.keyboard.press('Enter');
  await isFocused(page.getByRole('heading', { level: 1, name: 'Stoneware mug' }), page);

  const quantity = page.getByRole('textbox', { name: 'Quantity of Stoneware mug' });
  await tabTo(page, quantity);
  await page.keyboard.press('ArrowUp');
  expect(await quantity.inputValue()).toBe('2');
  await tabTo(page, page.getByRole('button', { name: 'Add to cart' }));
  await page.keyboard.press('Enter');
  await drawerOf(page).getByRole('link', { name: 'Checkout · $48.00' }).waitFor();
  await isFocused(drawerOf(page).getByRole('heading', { name: 'Cart' }), page);
  await page.keyboard.press('Escape');
  await isFocused(page.getByRole('button', { name: 'Add to cart' }), page);
  await tabTo(page, page.getByRole('link', { name: /^Cart 2 items/ }), { backwards: true });
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByRole('link', { name: 'Checkout', exact: true }));
  await page.keyboard.press('Enter');

  await checkoutReady(page);
  await type(page, 'Email', newBuyer().email);
  await type(page, 'First name', 'Ada');
  await type(page, 'Last name', 'Byron');
  await type(page, 'Address', '12 Orchard Lane');
  await type(page, 'City', 'Portland');
  await type(page, 'State', 'Oregon');
  await type(page, 'ZIP code', '97201');
  await typeCard(page, cards.asksForAuthentication);
  await tabTo(page, page.getByRole('button', { name: /^Pay \$/ }));
  await page.keyboard.press('Enter');
  const answer = challenge(page).getByRole('button', { name: 'Complete authentication' });
  await answer.waitFor();
  await tabTo(page, answer, { inFrame: challenge(page).locator(':focus') });
  await page.keyboard.press('Enter');
  await orderBecomes(page, 'paid');
  await isFocused(page.getByRole('heading', { level: 1 }), page);
  await tabTo(page, page.getByRole('link', { name: 'Continue shopping' }));
});

test('What has the focus can be seen, everywhere on the way through a product page.', async () => {
  const { page } = await visit();
  await page.goto('/products/hand-wash');
  await hydrated(page);
  const unseen: string[] = [];
  for (let step = 0; step < 20; step++) {
    await page.keyboard.press('Tab');
    const look = await page.locator(':focus').evaluateAll(describeFocus);
    unseen.push(...look.filter((text) => text !== ''));
  }
  expect(unseen).toEqual([]);
});

type TabOptions = { backwards?: boolean; inFrame?: Locator };

/** Presses Tab as a person would until the wanted control has the focus; a page that hides it from Tab fails here. */
async function tabTo(page: Page, wanted: Locator, { backwards, inFrame }: TabOptions = {}): Promise<void> {
  await wanted.first().waitFor({ state: 'attached' });
  const focused = wanted.and(inFrame ?? page.locator(':focus'));
  for (let press = 0; press < 60; press++) {
    if ((await focused.count()) > 0) return;
    await page.keyboard.press(backwards ? 'Shift+Tab' : 'Tab');
  }
  throw new Error(`Tab never reached ${wanted}`);
}

async function isFocused(wanted: Locator, page: Page): Promise<void> {
  await wanted.and(page.locator(':focus')).waitFor({ state: 'attached' });
}

async function type(page: Page, label: string, text: string): Promise<void> {
  await tabTo(page, page.getByLabel(label, { exact: true }));
  await page.keyboard.type(text);
}

async function typeCard(page: Page, number: string): Promise<void> {
  const form = cardForm(page);
  const inFrame = form.locator(':focus');
  await tabTo(page, form.getByLabel('Card number'), { inFrame });
  await page.keyboard.type(number);
  await tabTo(page, form.getByLabel('Expiration date'), { inFrame });
  await page.keyboard.type('1234');
  await tabTo(page, form.getByLabel('Security code'), { inFrame });
  await page.keyboard.type('123');
}

type Seen = { getBoundingClientRect(): { width: number; height: number }; outerHTML: string };

/** Empty when there is an outline or a frame to see; otherwise the element. Runs in the page. */
function describeFocus(elements: unknown[]): string[] {
  const { getComputedStyle } = globalThis as unknown as {
    getComputedStyle(element: unknown, part?: string): { outlineStyle: string; outlineWidth: string };
  };
  return (elements as Seen[]).map((element) => {
    const looks = [getComputedStyle(element), getComputedStyle(element, '::after')];
    const outlined = looks.some(
      ({ outlineStyle, outlineWidth }) => outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2,
    );
    return outlined ? '' : element.outerHTML.slice(0, 120);
  });
}
