/**
 * One step after the other of one verb, in a process of its own that is killed at the step it is told:
 * `node crash-worker.ts '{"verb":"refund","orderId":"ord_…","crashAt":3}'`. Without a step to die at it prints the steps.
 * A step is a moment right before or after a commit, or before a call to Stripe or after its answer.
 */
import { subscribe } from 'node:diagnostics_channel';
import { pino } from 'pino';
import { closeOrder } from '../../src/app/close-order.ts';
import type { App } from '../../src/app/ports.ts';
import { reconcile } from '../../src/app/reconcile.ts';
import { refundOrder } from '../../src/app/refund-order.ts';
import { composeApp } from '../../src/compose.ts';
import { readEnv } from '../../src/env.ts';

export type Task = {
  verb: 'refund' | 'expire' | 'reconcile';
  orderId: string;
  /** Minor units to refund. */
  amount?: number;
  /** Counted from 1; 0 lets it live. */
  crashAt: number;
  /** How far this process's clock is ahead, in milliseconds. */
  ahead?: number;
};

const task = JSON.parse(process.argv[2] ?? '{}') as Task;
const steps: string[] = [];
let isCounting = false;

function step(name: string): void {
  if (!isCounting) return;
  steps.push(name);
  if (steps.length === task.crashAt) process.kill(process.pid, 'SIGKILL');
}

subscribe('paydesk.commit', (message) => step(`${(message as { when: string }).when} a commit`));
subscribe('http.client.request.start', () => step('before a call'));
subscribe('http.client.response.finish', () => step('after an answer'));

async function run(app: App): Promise<void> {
  switch (task.verb) {
    case 'refund': {
      const { orderId, amount } = task;
      const key = `crash-worker-${orderId}`;
      await refundOrder(app, { orderId, amount, reason: 'A test of crashes.', key, by: 'operator' });
      return;
    }
    case 'expire':
      await closeOrder(app, task.orderId, { reason: 'expire' });
      return;
    case 'reconcile':
      await reconcile(app, { since: app.clock.now() - 86_400_000, repair: true });
  }
}

const clock = { now: () => Date.now() + (task.ahead ?? 0) };
const app = await composeApp(readEnv(), pino({ level: 'silent' }), clock);
isCounting = true;
await run(app);
isCounting = false;
await app.database.close();
process.stdout.write(JSON.stringify(steps));
process.exit(0);
