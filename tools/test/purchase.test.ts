import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Shop, startShop } from '../../e2e/support/shop.ts';

const command = fileURLToPath(new URL('../purchase.ts', import.meta.url));

describe('npm run purchase', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await startShop();
  });
  afterAll(() => shop.stop());

  it.each([
    ['on the page of the shop', ['--flow', 'elements']],
    ['on the page of Stripe', ['--flow', 'hosted']],
    ['on the page of the shop with 3-D Secure', ['--card', '4000 0027 6000 3184']],
    ['on the page of Stripe with 3-D Secure', ['--flow', 'hosted', '--card', '4000-0027-6000-3184']],
  ])('ends paid %s and prints every step with its ids', async (_where, parameters) => {
    const { code, output } = await buy('--shop', shop.url, ...parameters);
    expect(output.trimEnd().split('\n')).toEqual([
      expect.stringMatching(/^ *\d+ ms {2}order +ord_\w+/),
      expect.stringMatching(/^ *\d+ ms {2}payment +pay_\w+/),
      expect.stringMatching(/^ *\d+ ms {2}customer pi_\w+/),
      expect.stringMatching(/^ *\d+ ms {2}webhook +ord_\w+ +paid/),
      expect.stringMatching(/^ *\d+ ms {2}paid$/),
    ]);
    expect(code).toBe(0);
  });

  it.each(['elements', 'hosted'])(
    'fails and says why when the card is declined in the flow %s',
    async (flow) => {
      const { code, output } = await buy('--shop', shop.url, '--flow', flow, '--card', '4000000000009995');
      expect(output).toContain('insufficient_funds');
      expect(code).toBe(1);
    },
  );

  it('makes many at a time and sums them up', async () => {
    const { code, output } = await buy('--shop', shop.url, '--count', '20', '--concurrency', '5');
    expect(output).toMatch(/20 paid, 0 failed in .* per second\none purchase took p50 \d+ ms, p99 \d+ ms\n$/);
    expect(code).toBe(0);
  });

  it('ends with 1 when one of many was not paid', async () => {
    const { code, output } = await buy('--shop', shop.url, '--count', '2', '--card', '4000000000000002');
    expect(output).toContain('0 paid, 2 failed');
    expect(code).toBe(1);
  });

  it('buys nothing where real money would move', async () => {
    const asked: string[] = [];
    const live = createServer((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      response.end(JSON.stringify({ sandbox: false, sandboxUrl: null }));
    }).listen(0, '127.0.0.1');
    await once(live, 'listening');
    const { code, output } = await buy('--shop', `http://127.0.0.1:${(live.address() as AddressInfo).port}`);
    live.close();
    expect(output).toMatch(/real Stripe/);
    expect(asked).toEqual(['GET /api/config']);
    expect(code).toBe(1);
  });

  it.each([
    [['--flow', 'paypal'], '--flow is "elements" or "hosted", not "paypal".'],
    [['--card', 'mine'], '--card is a card number, not "mine".'],
    [['--count', '0'], '--count is a whole number from 1 to 1000000, not "0".'],
    [['--shop', 'there'], '--shop is a URL such as http://localhost:3000, not "there".'],
    [['--cuont', '2'], "Unknown option '--cuont'"],
  ])('refuses %j', async (parameters, reason) => {
    const { code, output } = await buy(...parameters);
    expect(output).toContain(reason);
    expect(code).toBe(2);
  });
});

async function buy(...parameters: string[]): Promise<{ code: number; output: string }> {
  const child = spawn(process.execPath, [command, ...parameters], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk;
    });
  }
  const [code] = await once(child, 'close');
  return { code, output };
}
