import type { Browser } from 'playwright-core';
import { openBrowser } from '../../../../e2e/support/browser.ts';
import { startSandbox } from '../../../src/server.ts';
import { type Merchant, startMerchant } from './merchant.ts';

/** A browser, a sandbox and a shop on another origin: what every test of the browser half needs. */
export interface Setting {
  browser: Browser;
  sandboxUrl: string;
  merchant: Merchant;
  /** Calls the sandbox's API as a shop's server does. */
  api(method: 'GET' | 'POST', path: string, params?: Record<string, string>): Promise<ApiObject>;
  createIntent(): Promise<ApiObject>;
  close(): Promise<void>;
}

// biome-ignore lint/suspicious/noExplicitAny: the API's own objects, which the tests look into.
export type ApiObject = any;

export async function prepareSetting(): Promise<Setting> {
  const sandbox = await startSandbox({ port: 0 });
  const [browser, merchant] = await Promise.all([openBrowser(), startMerchant(sandbox.url)]);
  const api: Setting['api'] = async (method, path, params = {}) => {
    const form = new URLSearchParams(params);
    const response = await fetch(`${sandbox.url}${path}${method === 'GET' ? `?${form}` : ''}`, {
      method,
      headers: { authorization: 'Bearer sk_test_merchant', 'stripe-version': '2026-10-28.endive' },
      ...(method === 'POST' ? { body: form } : {}),
      signal: AbortSignal.timeout(10_000),
    });
    return response.json();
  };
  return {
    browser,
    sandboxUrl: sandbox.url,
    merchant,
    api,
    createIntent: () => api('POST', '/v1/payment_intents', { amount: '4800', currency: 'usd' }),
    async close() {
      await browser.close();
      await Promise.all([merchant.close(), sandbox.close()]);
    },
  };
}
