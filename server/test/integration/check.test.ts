import { execFile } from 'node:child_process';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Checked, checkBooks } from '../../src/app/check-books.ts';
import { ProviderError } from '../../src/app/errors.ts';
import type { Tx } from '../../src/db/schema.ts';
import { disputed, disputedCards, paidWith, tell } from '../support/disputes.ts';
import {
  databases,
  makeEmptyDatabase,
  order,
  readOrder,
  shopSettings,
  startTestShop,
  type TestShop,
  until,
} from '../support/shop.ts';

type Ran = { code: number; out: string; error: string };

/** Runs the command as an operator does. */
async function check(shop: TestShop, args: string[] = [], databaseUrl = shop.databaseUrl): Promise<Ran> {
  const settings = { port: 3000, frontendUrl: shop.url, databaseUrl, stripe: shop.sandbox.url };
  return await new Promise((resolve) => {
    execFile(
      process.execPath,
      ['server/src/check.ts', ...args],
      { env: { PATH: process.env.PATH, ...shopSettings(settings) }, timeout: 30_000 },
      (failure, out, error) => resolve({ code: failure ? Number(failure.code) : 0, out, error }),
    );
  });
}

describe.each(databases)('the check of the books, on %s', (kind) => {
  let shop: TestShop;
  beforeAll(async () => {
    shop = await startTestShop(kind, { sandboxSettings: { refund_delay_ms: 0 } });
    await order(shop);
    const placed = await paidWith(shop, '4242424242424242');
    await until(
      () => readOrder(shop, placed),
      ({ status }) => status === 'paid',
    );
    const { payments } = await readOrder(shop, placed);
    await tell(shop, '/v1/refunds', { payment_intent: payments[0]!.reference!, amount: '300' });
    await disputed(
      shop,
      await paidWith(shop, disputedCards.fraudulent),
      ({ funds }) => funds === 'withdrawn',
    );
    await until(
      () => readOrder(shop, placed),
      ({ status }) => status === 'partially_refunded',
    );
  });
  afterAll(() => shop.stop());

  const broken = (checked: Checked[]) =>
    checked.filter((one) => one.broken > 0).map(({ name, examples }) => ({ name, examples }));

  it('finds nothing while the shop runs, and the clearing account is Stripe’s balance to the cent', async () => {
    // Whether Stripe has booked a charge yet or not: both sides say which it is.
    const checked = await checkBooks(shop.app);
    expect(broken(checked)).toEqual([]);
    expect(checked.at(-1)).toMatchObject({ name: 'the balance agrees', skipped: null });
  });

  it('prints a table and ends with 0', async () => {
    const { code, out, error } = await check(shop);
    expect({ code, error }).toEqual({ code: 0, error: '' });
    expect(out).toMatch(/^I1 journals balance {2,}ok {2,}\d+ ms$/m);
    expect(out).toMatch(/^the balance agrees {2,}ok/m);
    expect(out).toMatch(/^Everything holds\. \(\d+ rules, \d+\.\d s\)$/m);
  });

  it('says that a balance could not be compared when Stripe cannot be reached', async () => {
    const stripe = shop.app.providers.get('stripe')!;
    const records = {
      ...stripe.records!,
      balance: async () => {
        throw new ProviderError('unavailable', 'nobody answers', null);
      },
    };
    const app = { ...shop.app, providers: new Map([['stripe', { ...stripe, records }]]) };
    expect((await checkBooks(app)).at(-1)).toMatchObject({
      broken: 0,
      skipped: 'the provider cannot be asked: nobody answers',
    });
  });

  it('names what is broken, with examples and who is affected, and ends with 1', async () => {
    await shop.app.database.transaction(async (tx) => {
      await dropGuards(tx, kind);
      await sql.raw(`DELETE FROM ledger_entries WHERE kind = 'dispute'`).execute(tx);
      await sql
        .raw(`UPDATE order_events SET message = 'It never was.' WHERE type = 'dispute.opened'`)
        .execute(tx);
    });
    const { code, out } = await check(shop, ['--json']);
    expect(code).toBe(1);
    const answer = JSON.parse(out) as { broken: number; checks: Checked[] };
    const dispute = await shop.app.database.read.selectFrom('disputes').selectAll().executeTakeFirst();
    const found = broken(answer.checks);
    expect(found.map(({ name }) => name)).toEqual(['disputes are booked', 'I16 audit chains verify']);
    expect(found[0]!.examples).toEqual([expect.objectContaining({ id: dispute!.id })]);
    expect(found[1]!.examples).toEqual([
      {
        order_id: dispute!.order_id,
        version: expect.any(Number),
        type: 'dispute.opened',
        problem: 'changed',
      },
    ]);
  });

  it('counts what is not on Stripe’s side as a difference of the balance', async () => {
    await shop.app.database.transaction(async (tx) => {
      await sql
        .raw(
          `INSERT INTO ledger_entries (kind, ref, account, currency, amount, order_id, at) VALUES
            ('payout', 'txn_made_up', 'bank', 'usd', 700, '', 1), ('payout', 'txn_made_up', 'stripe_clearing', 'usd', -700, '', 1)`,
        )
        .execute(tx);
    });
    const balance = (await checkBooks(shop.app)).at(-1);
    expect(balance).toMatchObject({
      broken: 1,
      examples: [{ provider: 'stripe', currency: 'usd', difference: 700 }],
    });
  });

  it('ends with 2 and one sentence when it cannot look', async () => {
    const empty = await makeEmptyDatabase(kind);
    const { code, out, error } = await check(shop, ['--database', empty.url]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(error.trim().split('\n')).toHaveLength(1);
    await empty.remove();
    expect(await check(shop, ['--fast'])).toMatchObject({ code: 2, out: '' });
  });
});

async function dropGuards(tx: Tx, kind: 'SQLite' | 'PostgreSQL'): Promise<void> {
  const found =
    kind === 'SQLite'
      ? sql<{
          name: string;
          tab: string;
        }>`SELECT name, tbl_name AS tab FROM sqlite_master WHERE type = 'trigger'`
      : sql<{
          name: string;
          tab: string;
        }>`SELECT tgname AS name, tgrelid::regclass::text AS tab FROM pg_trigger WHERE NOT tgisinternal`;
  for (const { name, tab } of (await found.execute(tx)).rows)
    await sql.raw(kind === 'SQLite' ? `DROP TRIGGER ${name}` : `DROP TRIGGER ${name} ON ${tab}`).execute(tx);
}
