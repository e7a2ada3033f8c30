import { chromium } from 'playwright-core';
import { launchOptions } from './browser.ts';

/** Starts one browser for all test files. Vitest calls this before the first and calls what it answers after the last. */
export async function setup(): Promise<() => Promise<void>> {
  const server = await chromium.launchServer(await launchOptions());
  process.env.TEST_BROWSER = server.wsEndpoint();
  return () => server.close();
}
