import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { readOptions, readTrigger } from '../src/options.ts';
import { client } from './support/harness.ts';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

interface Run {
  child: ChildProcess;
  output(): string;
  exit: Promise<number | null>;
  until(pattern: RegExp): Promise<RegExpExecArray>;
}

function run(...args: string[]): Run {
  const child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  let text = '';
  const waiting = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      text += chunk;
      for (const check of waiting) check();
    });
  }
  const exit = new Promise<number | null>((resolve) => child.on('close', resolve));
  const until: Run['until'] = (pattern) =>
    new Promise((resolve) => {
      const check = (): void => {
        const match = pattern.exec(text);
        if (match !== null) resolve(match);
      };
      waiting.add(check);
      check();
    });
  return { child, exit, until, output: () => text };
}

describe('the command line', () => {
  it('prints one line when it listens, answers, and stops cleanly', async () => {
    const { child, exit, until, output } = run('--port', '0');
    const [, url] = await until(/listening on (http:\/\/127\.0\.0\.1:\d+)/);
    const reply = await fetch(`${url}/v1/customers`, { headers: { Authorization: 'Bearer sk_test_1' } });
    expect(reply.status).toBe(200);
    child.kill('SIGTERM');
    expect(await exit).toBe(0);
    expect(output().trim().split('\n')).toHaveLength(1);
  });

  it('has on file whatever it answered before it was killed', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sandbox-'));
    const args = ['--port', '0', '--db', join(folder, 'killed.db')];
    const first = run(...args);
    const [, url] = await first.until(/listening on (http:\S+\d)/);
    const answered: string[] = [];
    const buyer = async (): Promise<void> => {
      for (;;) {
        const stripe = client(Number(new URL(url!).port));
        answered.push((await stripe.paymentIntents.create({ amount: 500, currency: 'usd' })).id);
        if (answered.length === 60) first.child.kill('SIGKILL');
      }
    };
    await Promise.allSettled(Array.from({ length: 6 }, buyer));
    await first.exit;
    const second = run(...args);
    const [, again] = await second.until(/listening on (http:\S+\d)/);
    const stripe = client(Number(new URL(again!).port));
    for (const id of answered) expect((await stripe.paymentIntents.retrieve(id)).id).toBe(id);
    second.child.kill('SIGTERM');
    await second.exit;
    await rm(folder, { recursive: true });
  });

  it('says in one sentence that the port is taken', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const { exit, output } = run('--port', String(port));
    expect(await exit).toBe(1);
    expect(output()).toBe(`Port ${port} is taken. Choose another with --port.\n`);
    server.close();
  });

  it('says in one sentence that the file cannot be used', async () => {
    const { exit, output } = run('--port', '0', '--db', '/nowhere/sandbox.db');
    expect(await exit).toBe(1);
    expect(output()).toMatch(
      /^The file \/nowhere\/sandbox\.db cannot be used as the sandbox's database: .*\n$/,
    );
  });

  it('says in one sentence that the file is in use', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sandbox-'));
    const args = ['--port', '0', '--db', join(folder, 'used.db')];
    const first = run(...args);
    await first.until(/listening/);
    const second = run(...args);
    expect(await second.exit).toBe(1);
    expect(second.output()).toMatch(/^The file \S+used\.db is in use by another sandbox\.\n$/);
    first.child.kill('SIGTERM');
    await first.exit;
    await rm(folder, { recursive: true });
  });

  it('triggers an event in a sandbox that runs', async () => {
    const { child, until } = run('--port', '0');
    const [, port] = await until(/listening on http:\/\/127\.0\.0\.1:(\d+)/);
    const { exit, output } = run('trigger', 'customer.created', '--port', port!);
    expect(await exit).toBe(0);
    expect(output()).toMatch(/^customer\.created: evt_\w+, of cus_\w+\n$/);
    child.kill('SIGTERM');
  });

  it('ends with 2 and the list when it cannot trigger the event', async () => {
    const { exit, output } = run('trigger', 'moon.risen');
    expect(await exit).toBe(2);
    expect(output()).toMatch(
      /^The sandbox cannot trigger "moon\.risen", only these: balance\.available, .*\.\n$/,
    );
  });

  it.each([
    [['--help'], /--api-version V/],
    [['trigger', '--help'], /Events: balance\.available, /],
  ])('explains itself: %j', async (args, pattern) => {
    const { exit, output } = run(...args);
    expect(await exit).toBe(0);
    expect(output()).toMatch(pattern);
  });

  it.each([
    [['--port', 'x'], /--port must be/],
    [['--retry-scale', '0.1'], /how many times faster/],
    [['--webhook', 'shop'], /must be an http or https URL/],
    [['--webhook', 'http://127.0.0.1:1/'], /needs --secret/],
    [['--secret', 'whsec_x'], /need --webhook/],
    [['--nonsense'], /^There is no option --nonsense\. Try --help\.$/],
    [['start'], /^There is no command "start"\. Try --help\.$/],
    [['--port'], /^The option --port needs a value\.$/],
    [['--help=1'], /^The option --help takes no value\.$/],
    [['--api-version', '1'], /none that the sandbox speaks: 2020-08-27, /],
    [['--public-url', 'shop'], /must be an http or https URL/],
  ])('refuses %j', (args, message) => {
    expect(() => readOptions(args)).toThrow(message);
  });

  it('reads every option', () => {
    const args =
      '--port 1 --db a.db --webhook http://127.0.0.1:1/w --secret whsec_x --events a,b --retry-scale 9 --seed s --api-version 2024-06-20';
    expect(readOptions(args.split(' '))).toEqual({
      port: 1,
      db: 'a.db',
      webhook: { url: 'http://127.0.0.1:1/w', secret: 'whsec_x', events: ['a', 'b'] },
      settings: { retry_scale: 9 },
      seed: 's',
      apiVersion: '2024-06-20',
    });
    expect(readOptions(['--help'])).toBe('help');
    expect(readTrigger(['a.b', '--port', '1'])).toEqual({ event: 'a.b', port: 1 });
    expect(() => readTrigger([])).toThrow(/^Name the event/);
    expect(() => readTrigger(['a', 'b'])).toThrow(/one event/);
  });
});
