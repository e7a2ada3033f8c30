import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { type Harness, harness, refusal } from './support/harness.ts';
import { manualClock } from './support/manual-clock.ts';
import { payBooked, standingWorld } from './support/paid-world.ts';

const TWO_DAYS = 2 * 24 * 3_600_000;

/** What is available and what is pending, by currency. */
async function sums({ stripe }: Harness): Promise<Record<string, [number, number]>> {
  const { available, pending } = await stripe.balance.retrieve();
  return Object.fromEntries(
    available.map(({ currency, amount }, index) => [currency, [amount, pending[index]!.amount]]),
  );
}

describe('the balance', () => {
  it('is nothing at first, and has the shape of the types', async () => {
    const { stripe } = await standingWorld();
    expect(await stripe.balance.retrieve()).toMatchObject({
      object: 'balance',
      available: [{ amount: 0, currency: 'usd', source_types: { card: 0 } }],
      livemode: false,
      pending: [{ amount: 0, currency: 'usd', source_types: { card: 0 } }],
      refund_and_dispute_prefunding: {
        available: [{ amount: 0, currency: 'usd' }],
        pending: [{ amount: 0, currency: 'usd' }],
      },
    });
  });

  it('is pending per currency, and available when the clock passes the day', async () => {
    const sandbox = await standingWorld();
    const { stripe, clock } = sandbox;
    const { id: charge } = await payBooked(sandbox);
    await payBooked(sandbox, { currency: 'eur', amount: 5_000 });
    expect(await sums(sandbox)).toEqual({ usd: [0, 9_680], eur: [0, 4_825] });
    clock.advance(TWO_DAYS - 1_000);
    expect((await sums(sandbox)).usd).toEqual([0, 9_680]);
    clock.advance(1_000);
    expect(await sums(sandbox)).toEqual({ usd: [9_680, 0], eur: [4_825, 0] });
    const { balance_transaction } = await stripe.charges.retrieve(charge, {
      expand: ['balance_transaction'],
    });
    expect((balance_transaction as Stripe.BalanceTransaction).status).toBe('available');
    const { data } = await stripe.events.list({ type: 'balance.available' });
    expect(data).toHaveLength(1);
    expect(data[0]!.data.object).toMatchObject({
      object: 'balance',
      available: [
        { amount: 9_680, currency: 'usd' },
        { amount: 4_825, currency: 'eur' },
      ],
    });
  });

  it('is available at once with the card for that', async () => {
    const sandbox = await standingWorld();
    const { id: charge } = await payBooked(sandbox, { payment_method: 'pm_card_bypassPending' });
    expect(await sums(sandbox)).toEqual({ usd: [9_680, 0] });
    await sandbox.stripe.refunds.create({ charge, amount: 1_000 });
    expect(await sums(sandbox)).toEqual({ usd: [8_680, 0] });
  });

  it('is what all balance transactions come to, after refunds and disputes', async () => {
    const sandbox = await standingWorld();
    const { stripe, clock } = sandbox;
    const { id: charge } = await payBooked(sandbox);
    await stripe.refunds.create({ charge, amount: 2_500 });
    await payBooked(sandbox, { payment_method: 'pm_card_createDispute' });
    clock.advance(1_000);
    expect(await sums(sandbox)).toEqual({ usd: [0, 9_680 - 2_500 + 9_680 - 11_500] });
    clock.advance(TWO_DAYS);
    const { data } = await stripe.balanceTransactions.list();
    const net = data.reduce((sum, transaction) => sum + transaction.net, 0);
    expect(await sums(sandbox)).toEqual({ usd: [net, 0] });
    const [dispute] = (await stripe.disputes.list()).data;
    expect(dispute!.balance_transactions[0]!.status).toBe('available');
  });

  it('becomes available after a restart from a file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sandbox-'));
    const db = join(folder, 'balance.db');
    const first = await standingWorld({ db });
    await payBooked(first);
    await first.sandbox.close();
    const clock = manualClock(first.clock.now());
    const second = await harness({ db, clock });
    expect(await sums(second)).toEqual({ usd: [0, 9_680] });
    clock.advance(TWO_DAYS);
    expect(await sums(second)).toEqual({ usd: [9_680, 0] });
    await rm(folder, { recursive: true });
  });
});

describe('balance transactions', () => {
  it('are listed by type, source, currency and time', async () => {
    const sandbox = await standingWorld();
    const { stripe, clock } = sandbox;
    const { id: charge } = await payBooked(sandbox);
    clock.advance(60_000);
    const refund = await stripe.refunds.create({ charge, amount: 100 });
    await payBooked(sandbox, { currency: 'eur' });
    const list = async (params: Stripe.BalanceTransactionListParams) =>
      (await stripe.balanceTransactions.list(params)).data;
    const sources = async (params: Stripe.BalanceTransactionListParams) =>
      (await list(params)).map(({ source }) => source);
    expect(await list({})).toHaveLength(3);
    expect(await sources({ type: 'refund' })).toEqual([refund.id]);
    expect(await sources({ source: charge })).toEqual([charge]);
    expect(await sources({ source: refund.id })).toEqual([refund.id]);
    expect(await list({ currency: 'eur' })).toHaveLength(1);
    expect(await list({ type: 'payout' })).toEqual([]);
    expect(await sources({ created: { lt: refund.created } })).toEqual([charge]);
    expect(await refusal(stripe.balanceTransactions.list({ payout: 'po_1' }))).toMatchObject({
      statusCode: 501,
    });
  });

  it('lead to the object they came from', async () => {
    const sandbox = await standingWorld();
    const { stripe, clock } = sandbox;
    const { id: charge } = await payBooked(sandbox, { payment_method: 'pm_card_createDispute' });
    clock.advance(1_000);
    const [withdrawal] = (await stripe.balanceTransactions.list({ type: 'adjustment' })).data;
    const expanded = await stripe.balanceTransactions.retrieve(withdrawal!.id, { expand: ['source'] });
    expect(expanded.source).toMatchObject({ object: 'dispute', charge });
    expect(await refusal(stripe.balanceTransactions.retrieve('txn_x'))).toMatchObject({
      statusCode: 404,
      message: "No such balance transaction: 'txn_x'",
    });
  });
});
