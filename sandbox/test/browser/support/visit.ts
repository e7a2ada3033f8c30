import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, FrameLocator, Page } from 'playwright-core';
import { expect } from 'vitest';

/** A tab that remembers what a careful shop would look at: complaints of the browser, and who saw the card. */
export interface Visit {
  page: Page;
  /** Addresses that the card number was sent to. */
  cardReceivers: string[];
  /** Fails when the browser complained, or when the card left the sandbox's origin. */
  expectClean(): Promise<void>;
  close(): Promise<void>;
}

export interface VisitOptions {
  sandboxUrl: string;
  width?: number;
}

export async function visit(browser: Browser, { sandboxUrl, width = 1280 }: VisitOptions): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width, height: 900 } });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  const leaks: string[] = [];
  const cardReceivers: string[] = [];
  page.on('console', (message) => {
    // A browser reports every 4xx answer; a decline is a 402 by design.
    const isDecline = /status of 40[29]/.test(message.text());
    if (['error', 'warning'].includes(message.type()) && !isDecline) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    if (!holdsCardNumber(request.url() + (request.postData() ?? ''))) return;
    cardReceivers.push(request.url());
    const fromFrame = new URL(request.frame().url()).origin === sandboxUrl;
    if (!fromFrame || !request.url().startsWith(`${sandboxUrl}/v1/`)) leaks.push(request.url());
  });
  return {
    page,
    cardReceivers,
    async expectClean() {
      const heard = (await page.evaluate('window.heard ?? []')) as string[];
      expect(heard.filter(holdsCardNumber)).toEqual([]);
      expect(leaks).toEqual([]);
      expect(complaints).toEqual([]);
    },
    close: () => context.close(),
  };
}

function holdsCardNumber(text: string): boolean {
  return /(?:4242|4000)\D{0,3}\d{4}\D{0,3}\d{4}\D{0,3}\d{4}/.test(
    decodeURIComponent(text.replaceAll('+', ' ')),
  );
}

export function paymentFrame(page: Page): FrameLocator {
  return page.frameLocator(
    'iframe[name^="__privateStripeFrame"][title*="payment input"][src*="elements-inner-payment"]',
  );
}

export function challengeFrame(page: Page): FrameLocator {
  return page.frameLocator('dialog iframe[title="3D Secure authentication"]');
}

export async function typeCard(page: Page, number: string): Promise<void> {
  const frame = paymentFrame(page);
  await frame.locator('[name="number"]').fill(number);
  await frame.locator('[name="expiry"]').fill('12 / 34');
  await frame.locator('[name="cvc"]').fill('123');
  await frame.locator('[name="postalCode"]').fill('94107');
}

/** What the shop's page was told, once it was told something new. */
export async function resultAfterPay(page: Page): Promise<ReturnType<typeof result>> {
  await page.locator('#result').evaluate((node) => {
    node.textContent = '';
  });
  await page.getByRole('button', { name: 'Pay' }).click();
  return result(page);
}

// biome-ignore lint/suspicious/noExplicitAny: results are JSON of many shapes, which the tests look into.
export async function result(page: Page): Promise<any> {
  const node = page.locator('#result:not(:empty)');
  await node.waitFor();
  return JSON.parse((await node.textContent()) ?? '');
}

/** What the axe rules for WCAG 2.2 AA find in the page and in its frames. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
  const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
}
