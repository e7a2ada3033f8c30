import type { HealthReport } from '@paydesk/contract/admin/health';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operate, paidOrder } from '../support/operators.ts';
import { databases, startTestShop, type TestShop, until } from '../support/shop.ts';
import { calls, StripeLine } from '../support/stripe-line.ts';

describe.each(databases)('The report of the shop’s health on %s', (kind) => {
  let shop: TestShop;
  const line = new StripeLine();
  beforeAll(async () => {
    shop = await startTestShop(kind, { jobs: 'manual', line });
  });
  afterAll(() => shop.stop());

  const report = async (query = '') => (await operate<HealthReport>(shop, 'GET', `/health${query}`)).body;
  const named = ({ checks }: HealthReport, name: string) => checks.find((check) => check.name === name);

  it('says what the doctor says, and how events came', async () => {
    await paidOrder(shop);
    const seen = await report();
    expect(seen).toMatchObject({ asking: false, events: { last: { source: 'hook' } } });
    expect(named(seen, 'webhook endpoint')).toMatchObject({ area: 'provider', verdict: 'ok', todo: null });
    expect(named(seen, 'migrations')).toMatchObject({ area: 'database', verdict: 'ok' });
    expect(named(seen, 'mail server')?.found).toContain('/mailbox');
    expect(seen.events.sources).toEqual([{ source: 'hook', count: expect.any(Number) }]);
  });

  it('does not ask Stripe again for a page that is opened again, but does for who wants to know', async () => {
    const before = await report();
    expect((await report()).askedAt).toBe(before.askedAt);
    shop.advance(3_000);
    expect((await report()).askedAt).toBe(before.askedAt);
    expect((await report('?fresh=1')).askedAt).not.toBe(before.askedAt);
  });

  it('comes without Stripe’s word where that takes longer than a page may', async () => {
    shop.advance(60_000);
    const held = line.hold(calls('GET', '/v1/account'), 'before');
    const waiting = await report();
    expect(waiting.asking).toBe(true);
    expect(named(waiting, 'database')?.verdict).toBe('ok');
    held.release();
    expect(await until(report, ({ asking }) => !asking)).toMatchObject({ asking: false });
  });
});
