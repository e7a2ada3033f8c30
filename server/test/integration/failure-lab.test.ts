import { experimentKinds, type LabOutcome, type LabRun, type LabState } from '@paydesk/contract/admin/lab';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { pollEvents } from '../../src/app/poll-events.ts';
import { failureLab, healthDesk } from '../../src/compose-back-office.ts';
import { readEnv } from '../../src/env.ts';
import { makeServer } from '../../src/http/server.ts';
import { operate } from '../support/operators.ts';
import {
  call,
  databases,
  newKey,
  operatorToken,
  startTestShop,
  type TestShop,
  until,
} from '../support/shop.ts';

describe.each(databases)('The failure lab on %s', (kind) => {
  let shop: TestShop;
  beforeAll(async () => {
    // The shop gives up on a silent Stripe soon, and Stripe repeats what was not taken long after the test.
    const env = { STRIPE_TIMEOUT_MS: '300' };
    shop = await startTestShop(kind, { jobs: 'manual', env, sandboxSettings: { retry_scale: 1 } });
  });
  afterAll(() => shop.stop());
  afterEach(async () => {
    await operate(shop, 'DELETE', '/lab/faults');
  });

  /** Does what the shop's jobs do, and looks what has become of it. */
  const look = async ({ kind: experiment, order }: LabRun): Promise<LabOutcome> => {
    await pollEvents(shop.app, shop.app.providers.get('stripe')!);
    await shop.runJobs();
    return (await operate<LabOutcome>(shop, 'GET', `/lab/experiments/${experiment}/${order.id}`)).body;
  };

  it.each(experimentKinds)('makes %s happen, and nothing is lost', async (experiment) => {
    const body = { kind: experiment };
    const run = await operate<LabRun>(shop, 'POST', '/lab/experiments', { body, key: newKey() });
    expect([experiment, run.status, run.body]).toMatchObject([experiment, 200, { kind: experiment }]);
    const outcome = await until(
      () => look(run.body),
      ({ state }) => state !== 'waiting',
      15_000,
    );
    expect(outcome).toMatchObject({ state: 'safe', kind: experiment, order: run.body.order });
  });

  it('switches faults on for whoever comes next, lists and clears them', async () => {
    const set = (fault: string) => operate<LabState>(shop, 'POST', '/lab/faults', { body: { fault } });
    await set('rate_limit');
    const { faults } = (await set('drop_webhook')).body;
    expect(faults.map(({ text }) => text)).toEqual([
      'Stripe answers 429 when a payment is made',
      'The webhook that a payment succeeded is lost, four times over',
    ]);
    const less = await operate<LabState>(shop, 'DELETE', `/lab/faults/${faults[0]!.id}`);
    expect(less.body.faults).toEqual([faults[1]]);
    expect((await operate<LabState>(shop, 'DELETE', '/lab/faults')).body.faults).toEqual([]);
  });

  it('moves Stripe’s clock and sets it right again', async () => {
    const move = async (advance: string) =>
      (await operate<LabState>(shop, 'POST', '/lab/clock', { body: { advance } })).body.clock.aheadBy;
    expect(await move('1h')).toBeGreaterThan(3_590_000);
    expect(Math.abs(await move('back'))).toBeLessThan(5_000);
  });

  it('is closed to strangers, and not there where no sandbox is', async () => {
    expect((await call(shop, 'GET', '/api/admin/lab')).status).toBe(401);
    const env = readEnv({});
    const real = { ...env, stripe: { ...env.stripe, apiBase: null } };
    expect(failureLab(shop.app, real)).toBeNull();
    const server = await makeServer(shop.app, {
      logger: pino({ level: 'silent' }),
      trustProxy: false,
      operatorToken,
      backOffice: { health: healthDesk(shop.app, real), lab: null },
      ordersPerMinute: 0,
      paymentsPerMinute: 0,
    });
    const headers = { authorization: `Bearer ${operatorToken}` };
    expect((await server.inject({ url: '/api/admin/lab', headers })).statusCode).toBe(404);
    await server.close();
  });
});
