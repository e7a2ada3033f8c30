import { type Browser, chromium } from 'playwright-core';
import { findChromium } from './chromium.ts';

/** How the browser is started. The package's own list of arguments switches web security off: these tests are about it. */
export async function launchOptions() {
  const { executablePath, env } = await findChromium();
  return {
    executablePath,
    args: ['--no-sandbox'],
    headless: true,
    env: { ...process.env, ...env } as Record<string, string>,
  };
}

/**
 * The one browser of this test run, started by browser-setup.ts, or a new one where a single file runs by other means.
 * Tests open a context of their own in it. Closing it closes this connection only.
 */
export async function openBrowser(): Promise<Browser> {
  const shared = process.env.TEST_BROWSER;
  return shared ? chromium.connect(shared, { timeout: 30_000 }) : chromium.launch(await launchOptions());
}
