import type { Page } from 'playwright-core';

/** Puts a product into the cart from its own page, as a visitor does who followed a link, and waits for the drawer. */
export async function addToCart(page: Page, slug: string, quantity = 1): Promise<void> {
  await page.goto(`/products/${slug}`);
  await addThisProduct(page, quantity);
}

/** On a product's page: chooses how many and adds them. Ends with the drawer open. */
export async function addThisProduct(page: Page, quantity = 1): Promise<void> {
  await hydrated(page);
  const more = page.getByRole('button', { name: /^Increase quantity/ });
  for (let count = 1; count < quantity; count++) await more.click();
  await page.getByRole('button', { name: 'Add to cart' }).first().click();
  await drawerOf(page)
    .getByRole('link', { name: /^Checkout · / })
    .waitFor();
}

export function drawerOf(page: Page) {
  return page.getByRole('dialog', { name: 'Cart' });
}

/** Waits until the page's own scripts answer: a press on a button before that is lost, as in any server-rendered page. */
export async function hydrated(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const { document } = globalThis as unknown as { document: { querySelector(tag: string): object | null } };
    // React leaves its mark on every element that it has taken over from the server's HTML.
    return Object.keys(document.querySelector('main') ?? {}).some((key) => key.startsWith('__reactFiber'));
  });
  // Keys are listened to from an effect on, which React runs behind that: once it has nothing more to do, all have run.
  await page.evaluate('new Promise((done) => requestIdleCallback(done))');
}
