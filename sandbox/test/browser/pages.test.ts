import { describe, expect, test } from 'vitest';
import { formatMoney } from '../../src/browser/money.ts';
import { browserRoute } from '../../src/browser/routes.ts';
import type { BrowserReply } from '../../src/browser/types.ts';

test.each([
  [4800, 'usd', '$48.00'],
  [4800, 'jpy', '¥4,800'],
  [4800, 'huf', 'HUF 48.00'],
  [4800, 'isk', 'ISK 48.00'],
  [4800, 'kwd', 'KWD 4.800'],
])('%i %s is written with the decimals that Stripe gives the currency', (amount, currency, written) => {
  expect(formatMoney(amount, currency).replace('\u00a0', ' ')).toBe(written);
});

describe('a request of a browser', () => {
  const ask = (path: string, method = 'GET', query = ''): Promise<BrowserReply | null> =>
    browserRoute({
      method,
      path,
      query: new URLSearchParams(query),
      body: null,
      baseUrl: 'http://127.0.0.1',
      api: async () => ({ status: 404, body: { error: {} } }),
      control: async () => ({ status: 404, body: { error: {} } }),
    });

  test.each(['/endive/stripe.js', '/v3/', '/v3', '/v3/stripe.js', '/basil/stripe.js'])(
    'for %s gets the one stripe.js',
    async (path) => {
      const reply = await ask(path);
      expect(reply?.headers['content-type']).toMatch(/^text\/javascript/);
      expect(reply?.body).toEqual((await ask('/endive/stripe.js'))?.body);
    },
  );

  test('for an asset under its version may be kept for ever, under another version not', async () => {
    const page = String((await ask('/endive/elements-inner-payment.html'))?.body);
    const [, version = ''] = /\/assets\/frame\.js\?v=(\w+)/.exec(page) ?? [];
    const cacheOf = async (query: string) =>
      (await ask('/assets/frame.js', 'GET', query))?.headers['cache-control'];
    expect(await cacheOf(`v=${version}`)).toContain('immutable');
    expect(await cacheOf('v=old')).toBe('no-cache');
  });

  test.each(['/assets/constructor', '/assets/../routes.ts', '/payments/', '/c/pay/<x>', '/nothing'])(
    'for %s is not ours',
    async (path) => {
      expect(await ask(path)).toBeNull();
    },
  );

  test('that posts is not ours', async () => {
    expect(await ask('/endive/stripe.js', 'POST')).toBeNull();
  });

  test.each([
    ['/c/pay/cs_x', "frame-ancestors 'none'"],
    ['/payments/pi_x', "frame-ancestors 'none'"],
    ['/3ds/pi_x', 'frame-ancestors http: https:'],
    ['/endive/elements-inner-card.html', 'frame-ancestors http: https:'],
  ])('for the page %s gets a policy without inline scripts and with %s', async (path, ancestors) => {
    const policy = (await ask(path))?.headers['content-security-policy'];
    expect(policy).toContain(ancestors);
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toContain('unsafe');
  });
});
