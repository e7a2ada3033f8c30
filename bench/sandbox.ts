/**
 * What a purchase costs the sandbox: create and confirm a payment intent, four signed webhooks.
 * `node bench/sandbox.ts [--count 20000] [--buyers 8] [--db FILE]`; the sandbox runs in a process of its own and
 * reports its own CPU time. Target: at most 0.5 ms on memory storage.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';

const WEBHOOKS_PER_PURCHASE = 4;
const TIMEOUT_MS = 30_000;
let keys = 0;
const agent = new Agent({ keepAlive: true, maxSockets: 64 });

interface Usage {
  cpu_ms: number;
  rss_bytes: number;
  heap_bytes: number;
}

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '20000' },
    buyers: { type: 'string', default: '8' },
    db: { type: 'string', default: 'memory' },
  },
});
await main(Number(values.count), Number(values.buyers), values.db);

async function main(count: number, buyers: number, db: string): Promise<void> {
  const receiver = await startReceiver();
  const { child, url } = await startSandbox(receiver.url, db);
  try {
    await purchaseMany(url, 2_000, buyers, () => {});
    await receiver.until(2_000 * WEBHOOKS_PER_PURCHASE);
    const before = await usage(url);
    const startedAt = performance.now();
    console.log('purchases   CPU ms each   RSS MB   heap MB   (without webhooks still to come)');
    await purchaseMany(url, count, buyers, async (made) => {
      if (made % Math.ceil(count / 5) === 0) printLine(made, before, await usage(url));
    });
    const seconds = (performance.now() - startedAt) / 1000;
    await receiver.until((2_000 + count) * WEBHOOKS_PER_PURCHASE);
    printLine(count, before, await usage(url));
    console.log(
      `${db === 'memory' ? 'memory' : 'file'}: ${Math.round(count / seconds)} purchases/s, ${buyers} buyers`,
    );
  } finally {
    child.kill('SIGTERM');
    agent.destroy();
    receiver.close();
  }
}

function printLine(made: number, before: Usage, now: Usage): void {
  const each = ((now.cpu_ms - before.cpu_ms) / made).toFixed(3);
  const [rss, heap] = [now.rss_bytes, now.heap_bytes].map((bytes) => (bytes / 1e6).toFixed(0));
  console.log(`${String(made).padStart(9)}${each.padStart(14)}${rss!.padStart(9)}${heap!.padStart(10)}`);
}

async function purchaseMany(
  url: string,
  count: number,
  buyers: number,
  made: (count: number) => unknown,
): Promise<void> {
  let begun = 0;
  let done = 0;
  const buyer = async (): Promise<void> => {
    while (begun++ < count) {
      await purchase(url, begun);
      await made(++done);
    }
  };
  await Promise.all(Array.from({ length: buyers }, buyer));
}

async function purchase(url: string, number: number): Promise<void> {
  const metadata = `metadata[order]=${number}&metadata[attempt]=1`;
  const redirects =
    'automatic_payment_methods[enabled]=true&automatic_payment_methods[allow_redirects]=never';
  const created = await post(
    `${url}/v1/payment_intents`,
    `amount=${500 + number}&currency=usd&${metadata}&${redirects}`,
  );
  const id = created.slice(7, created.indexOf('"', 7));
  const confirmed = await post(`${url}/v1/payment_intents/${id}/confirm`, 'payment_method=pm_card_visa');
  if (!confirmed.includes('"status":"succeeded"')) throw new Error(`not paid: ${confirmed}`);
}

function post(url: string, body: string): Promise<string> {
  return send(url, 'POST', body, { 'Idempotency-Key': `bench-${keys++}` });
}

async function usage(url: string): Promise<Usage> {
  return JSON.parse(await send(`${url}/_sandbox/usage`, 'GET', '', {}));
}

function send(url: string, method: string, body: string, more: Record<string, string>): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = {
      ...more,
      Authorization: 'Bearer sk_test_bench',
      // As the official SDK sends it; without it replies are rendered for the account's older version.
      'Stripe-Version': '2026-10-28.endive',
      'Content-Type': 'application/x-www-form-urlencoded',
      'Content-Length': Buffer.byteLength(body),
    };
    const sent = request(url, { method, agent, headers, timeout: TIMEOUT_MS }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () => {
        if (response.statusCode === 200) resolve(text);
        else reject(new Error(`${response.statusCode}: ${text}`));
      });
    });
    sent.on('timeout', () => sent.destroy(new Error(`no answer within ${TIMEOUT_MS} ms`)));
    sent.on('error', reject);
    sent.end(body);
  });
}

async function startReceiver() {
  let received = 0;
  const server = createServer((incoming, response) => {
    incoming.resume();
    incoming.on('end', () => {
      received++;
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook`,
    async until(count: number): Promise<void> {
      const deadline = performance.now() + TIMEOUT_MS;
      while (received < count) {
        if (performance.now() > deadline) throw new Error(`${received} of ${count} webhooks arrived`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function startSandbox(webhook: string, db: string): Promise<{ child: ChildProcess; url: string }> {
  const main = new URL('../sandbox/src/main.ts', import.meta.url).pathname;
  const args = [main, '--port', '0', '--webhook', webhook, '--secret', 'whsec_bench', '--db', db];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the sandbox ended with ${code}`)));
    child.stdout!.on('data', (chunk: Buffer) => {
      const url = /http:\/\/[\d.:]+/.exec(chunk.toString())?.[0];
      if (url !== undefined) resolve({ child, url });
    });
  });
}
