import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { PlacedOrder } from '@paydesk/contract/orders';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reconcile } from '../../src/app/reconcile.ts';
import { findOrder } from '../../src/db/orders.ts';
import { checkBooks, checkStock, compareWithStripe, stockOnHand } from '../support/books.ts';
import type { Task } from '../support/crash-worker.ts';
import { intentOf, orderWithPayment, pay } from '../support/customer.ts';
import { deliver, eventOf } from '../support/events.ts';
import {
  databases,
  makeDue,
  settleJobs,
  shopSettings,
  startTestShop,
  type TestShop,
} from '../support/shop.ts';
import { ask } from '../support/stripe-record.ts';

const compiled = fileURLToPath(new URL('../../../node_modules/.cache/paydesk-compiled', import.meta.url));
const worker = fileURLToPath(new URL('../support/crash-worker.ts', import.meta.url));
/** Longer than any lease and any grace of the outbox, in milliseconds. */
const laterOn = 90_000;

/**
 * A process is killed at every step of a verb, one after the other: right before and after each commit, before each call to
 * Stripe and after each answer. What is left is then taken up by another process, and nothing may be lost or doubled.
 */
// Each of these starts dozens of processes, one after another.
describe.each(databases)('a process that is killed at any step, on %s', { timeout: 300_000 }, (kind) => {
  let shop: TestShop;
  let supplied: Map<string, number>;
  let ahead = 0;
  beforeAll(async () => {
    shop = await startTestShop(kind, { webhooks: false, jobs: 'manual' });
    supplied = await stockOnHand(shop);
  });
  afterAll(() => shop.stop());

  const bought = async (): Promise<{ placed: PlacedOrder; intent: string }> => {
    const { placed, payment } = await orderWithPayment(shop);
    expect((await pay(shop, payment)).status).toBe(200);
    return { placed, intent: intentOf(payment) };
  };
  const paid = async () => {
    const purchase = await bought();
    await deliver(shop, await eventOf(shop, 'payment_intent.succeeded', purchase.intent));
    return purchase;
  };
  const row = async (placed: PlacedOrder) => (await findOrder(shop.app.database.read, placed.order.id))!;
  const goOn = async (): Promise<void> => {
    shop.advance(laterOn);
    ahead += laterOn;
    await settleJobs(shop);
  };
  const refundsAtStripe = async (intent: string): Promise<number[]> => {
    const path = `/v1/refunds?payment_intent=${intent}`;
    const { data } = await ask<{ data: { amount: number }[] }>(shop.sandbox.url, path);
    return data.map(({ amount }) => amount);
  };

  /** Runs the verb once for each of its steps, each time on something new, and looks at what came of it. */
  async function everyStep<T extends { placed: PlacedOrder }>(
    task: Omit<Task, 'orderId' | 'crashAt'>,
    prepare: () => Promise<T>,
    check: (subject: T) => Promise<void>,
  ): Promise<void> {
    const whole = await prepare();
    const survived = await runWorker(shop, { ...task, orderId: whole.placed.order.id, crashAt: 0, ahead });
    const steps = JSON.parse(survived.output) as string[];
    expect(steps.length).toBeGreaterThan(3);
    await goOn();
    await check(whole);
    for (let crashAt = 1; crashAt <= steps.length; crashAt += 1) {
      const subject = await prepare();
      const orderId = subject.placed.order.id;
      const { signal } = await runWorker(shop, { ...task, orderId, crashAt, ahead });
      expect(`${crashAt} ${steps[crashAt - 1]}: ${signal}`).toBe(`${crashAt} ${steps[crashAt - 1]}: SIGKILL`);
      await goOn();
      await check(subject);
    }
  }

  it('gives back exactly once what an operator had asked for, or nothing', async () => {
    await everyStep({ verb: 'refund', amount: 500 }, paid, async ({ placed, intent }) => {
      const { refunded, status } = await row(placed);
      const atStripe = await refundsAtStripe(intent);
      expect(atStripe).toEqual(refunded === 0 ? [] : [500]);
      expect(status).toBe(refunded === 0 ? 'paid' : 'partially_refunded');
    });
  });

  it('ends an order whose time is over at Stripe first, and gives its stock back once', async () => {
    const due = async () => {
      const purchase = await orderWithPayment(shop);
      await makeDue(shop, purchase.placed);
      return { ...purchase, intent: intentOf(purchase.payment) };
    };
    await everyStep({ verb: 'expire' }, due, async ({ placed, intent }) => {
      expect(await row(placed)).toMatchObject({ status: 'expired', hold: 'released', closing: null });
      const { status } = await ask<{ status: string }>(shop.sandbox.url, `/v1/payment_intents/${intent}`);
      expect(status).toBe('canceled');
    });
  });

  it('finds a payment and a refund that it never heard of once, however often reconciling is broken off', async () => {
    const unheard = async () => {
      const purchase = await bought();
      await refundAtStripe(shop, purchase.intent, 300);
      return purchase;
    };
    const reconcileAll = async () => {
      await reconcile(shop.app, { since: shop.app.clock.now() - 86_400_000, repair: true });
      await settleJobs(shop);
    };
    // What went before is known, so that each round finds its own purchase only.
    await reconcileAll();
    await everyStep({ verb: 'reconcile' }, unheard, async ({ placed }) => {
      await reconcileAll();
      expect(await row(placed)).toMatchObject({
        status: 'partially_refunded',
        received: placed.order.total.amount,
        refunded: 300,
      });
    });
  });

  it('leaves books that are in order and agree with Stripe', async () => {
    await goOn();
    await checkBooks(shop);
    await checkStock(shop, supplied);
    await compareWithStripe(shop);
  });
});

async function refundAtStripe(shop: TestShop, intent: string, amount: number): Promise<void> {
  const reply = await fetch(`${shop.sandbox.url}/v1/refunds`, {
    method: 'POST',
    headers: { authorization: 'Bearer sk_test_dashboard' },
    body: new URLSearchParams({ payment_intent: intent, amount: String(amount) }),
    signal: AbortSignal.timeout(10_000),
  });
  expect(reply.status).toBe(200);
}

/** Ends when the worker does: with what it printed, or by the signal that it sent itself. */
async function runWorker(shop: TestShop, task: Task): Promise<{ output: string; signal: string | null }> {
  const at = { port: 0, frontendUrl: shop.url, databaseUrl: shop.databaseUrl, stripe: shop.sandbox.url };
  const child = spawn(process.execPath, [worker, JSON.stringify(task)], {
    // Dozens of these are started: the compiled code of the first one serves the others.
    env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: compiled, ...shopSettings(at) },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 120_000,
  });
  let output = '';
  let problems = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (problems += chunk));
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  if (code !== 0 && signal !== 'SIGKILL') throw new Error(`the worker ended with ${code}: ${problems}`);
  return { output, signal };
}
