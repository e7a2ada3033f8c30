import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { openBrowser } from './browser.ts';
import { type PageWatch, watchPages } from './page-watch.ts';
import { type Shop, type ShopOptions, startShop } from './shop.ts';

export type VisitOptions = BrowserContextOptions & {
  /** Addresses whose answer is an error by design, such as the confirmation of a card that is declined. */
  refusals?: RegExp[];
};

export type Visitor = { page: Page; context: BrowserContext; openTab(): Promise<Page> };

export type TestShop = {
  shop(): Shop;
  /** Somebody with a browser of their own: empty cart, no cookies. Left and judged at the end of the test. */
  visit(options?: VisitOptions): Promise<Visitor>;
};

/** Milliseconds one step of a page may take on a machine that has other things to do. */
const patience = 20_000;

/**
 * One shop for the tests of a file, and visitors for each test. Every page of every visitor is watched: a test fails
 * when one of them logs an error, violates the content security policy, gets an error it did not announce, or sends a
 * card number to the shop.
 */
export function useShop(options: ShopOptions | (() => Promise<ShopOptions>) = {}): TestShop {
  let browser: Browser;
  let shop: Shop;
  let visits: { context: BrowserContext; watch: PageWatch }[] = [];

  beforeAll(async () => {
    const wanted = typeof options === 'function' ? await options() : options;
    [browser, shop] = await Promise.all([openBrowser(), startShop(wanted)]);
  });
  afterEach(async ({ task }) => {
    const ended = visits;
    visits = [];
    if (task.result?.state === 'fail') await keepPictures(task.name, ended);
    await Promise.all(ended.map(({ context }) => context.close()));
    for (const { watch } of ended) expect(watch.problems()).toEqual([]);
  });
  afterAll(async () => {
    await Promise.all([browser?.close(), shop?.stop()]);
  });

  return {
    shop: () => shop,
    async visit({ refusals = [], ...contextOptions } = {}) {
      const context = await browser.newContext({ baseURL: shop.url, ...contextOptions });
      context.setDefaultTimeout(patience);
      visits.push({ context, watch: watchPages(context, shop.url, refusals) });
      const page = await context.newPage();
      return { page, context, openTab: () => context.newPage() };
    },
  };
}

/** What the visitors saw last says more than a time-out does. */
async function keepPictures(test: string, visits: { context: BrowserContext }[]): Promise<void> {
  const pages = visits.flatMap(({ context }) => context.pages());
  for (const [index, page] of pages.entries()) {
    const name = `${test.replaceAll(/[^a-z0-9]+/gi, '-').slice(0, 80)}-${index}.png`;
    const path = join(tmpdir(), `paydesk-e2e-${name}`);
    const taken = await page.screenshot({ path, fullPage: true, timeout: 5_000 }).catch(() => null);
    process.stderr.write(`${page.url()} ${taken ? path : 'could not be pictured'}\n`);
  }
}
