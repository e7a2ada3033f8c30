import type { Page } from 'playwright-core';

export const headlines = {
  paid: /^Thank you, \S+\. Your order is confirmed$/,
  confirming: 'We are confirming your payment',
  unpaid: 'Your order is waiting for payment',
  awaitingTransfer: 'Waiting for your transfer',
  partlyPaid: 'Part of your order is paid',
  failed: 'Your payment did not go through',
  canceled: /^Order cancell?ed$/,
  expired: 'This order expired',
} as const;

/** Waits until the order's page says so, by itself: nothing is reloaded. */
export async function orderBecomes(page: Page, state: keyof typeof headlines): Promise<void> {
  await page.getByRole('heading', { level: 1, name: headlines[state] }).waitFor();
}

/** A mark in the page's memory that any reload wipes out. */
export async function markPage(page: Page): Promise<void> {
  await page.evaluate('window.neverReloaded = true');
}

export function wasReloaded(page: Page): Promise<boolean> {
  return page.evaluate<boolean>('window.neverReloaded !== true');
}
