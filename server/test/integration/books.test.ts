import type { PlacedOrder } from '@paydesk/contract/orders';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bookTransactions } from '../../src/app/book-transactions.ts';
import type { App } from '../../src/app/ports.ts';
import type { TransactionRecord } from '../../src/domain/records.ts';
import { sumsOf } from '../support/balance.ts';
import { answer, disputed, disputedCards, paidWith, tell } from '../support/disputes.ts';
import { databases, readOrder, startTestShop, type TestShop, until } from '../support/shop.ts';

const visa = '4242424242424242';

describe.each(databases)('the books beside the provider’s balance, on %s', (kind) => {
  let shop: TestShop;
  beforeAll(async () => {
    shop = await startTestShop(kind, { sandboxSettings: { refund_delay_ms: 0 } });
  });
  afterAll(() => shop.stop());

  const paid = async (): Promise<PlacedOrder> => {
    const placed = await paidWith(shop, visa);
    await until(
      () => readOrder(shop, placed),
      ({ status }) => status === 'paid',
    );
    return placed;
  };
  const intentOf = async (placed: PlacedOrder) => (await readOrder(shop, placed)).payments[0]!.reference!;
  /** Books until nothing is missing any more. */
  const settled = async () =>
    await until(
      () => bookAll(shop),
      ({ agrees }) => agrees,
    );

  it('know nothing before anybody has paid', async () => {
    expect(await bookTransactions(shop.app)).toEqual({ booked: 0, foreign: 0, waiting: 0 });
  });

  it('agree to the cent after payments, fees, refunds and disputes of every kind', async () => {
    const [refunded, partly] = [await paid(), await paid()];
    await tell(shop, '/v1/refunds', { payment_intent: await intentOf(refunded) });
    await tell(shop, '/v1/refunds', { payment_intent: await intentOf(partly), amount: '250' });
    const disputes = [
      [disputedCards.fraudulent, 'winning_evidence', 'won'],
      [disputedCards.notReceived, 'losing_evidence', 'lost'],
    ] as const;
    for (const [card, evidence, end] of disputes) {
      const placed = await paidWith(shop, card);
      await disputed(shop, placed, ({ funds }) => funds === 'withdrawn');
      const [row] = await shop.app.database.read
        .selectFrom('disputes')
        .select('dispute_ref')
        .where('order_id', '=', placed.order.id)
        .execute();
      await answer(shop, row!.dispute_ref, evidence);
      await disputed(shop, placed, ({ status, funds }) => status === end && funds !== 'none');
    }
    await until(
      () => readOrder(shop, refunded),
      ({ status }) => status === 'refunded',
    );
    const { sums } = await settled();
    // 2.9 % + 30 of four payments, and 15.00 for the dispute that was lost.
    const fees = await shop.app.database.read
      .selectFrom('provider_transactions')
      .select((e) => e.fn.sum('fee').as('fees'))
      .executeTakeFirstOrThrow();
    expect(sums.get('fees usd')).toBe(Number(fees.fees));
    expect(Number(fees.fees)).toBeGreaterThan(1_500);
    expect(await breaks(shop)).toEqual([]);
  });

  it('book the same once, however often and by how many it is read', async () => {
    await paid();
    await settled();
    const before = await sumsOf(shop.app);
    await Promise.all([bookTransactions(shop.app), bookTransactions(shop.app), bookTransactions(shop.app)]);
    expect(await sumsOf(shop.app)).toEqual(before);
  });

  it('keep what another shop on the account has earned, without booking it', async () => {
    await settled();
    const before = await sumsOf(shop.app);
    await tell(shop, '/v1/payment_intents', {
      amount: '900',
      currency: 'usd',
      payment_method: 'pm_card_visa',
      confirm: 'true',
      'automatic_payment_methods[enabled]': 'true',
      'automatic_payment_methods[allow_redirects]': 'never',
    });
    const { foreign } = await until(
      () => bookTransactions(shop.app),
      ({ foreign: seen }) => seen === 1,
    );
    expect(foreign).toBe(1);
    expect(await sumsOf(shop.app)).toEqual(before);
  });

  it('convert what the account holds in another currency, and call a wrong amount a break', async () => {
    const placed = await paid();
    await settled();
    const total = placed.order.total.amount;
    const made = await listed(shop.app, await intentOf(placed));
    const record = (changes: Partial<TransactionRecord>): TransactionRecord => ({ ...made, ...changes });
    const records = [
      record({ id: 'txn_in_euro', amount: 700, fee: 50, net: 650, currency: 'eur' }),
      record({ id: 'txn_too_little', amount: total - 1, fee: 0, net: total - 1 }),
      record({ id: 'txn_paid_out', movement: 'payout', type: 'payout', amount: -400, fee: 0, net: -400 }),
      record({ id: 'txn_of_account', movement: 'fee', type: 'stripe_fee', amount: -20, fee: 0, net: -20 }),
      record({
        id: 'txn_unknown',
        sourceRef: 're_not_here',
        movement: 'refund',
        amount: -5,
        fee: 0,
        net: -5,
      }),
      record({
        id: 'txn_unknown_for_long',
        sourceRef: 're_never_here',
        movement: 'refund',
        amount: -7,
        fee: 0,
        net: -7,
        createdAt: shop.app.clock.now() - 2 * 3_600_000,
      }),
    ];
    const before = await sumsOf(shop.app);
    const round = await bookTransactions(listing(shop.app, records));
    expect(round).toMatchObject({ booked: 5, waiting: 1 });
    const after = await sumsOf(shop.app);
    const moved = Object.fromEntries(
      [...after]
        .map(([account, sum]) => [account, sum - (before.get(account) ?? 0)] as const)
        .filter(([, sum]) => sum !== 0),
    );
    expect(moved).toEqual({
      'stripe_clearing eur': 650,
      'exchange eur': -700,
      'fees eur': 50,
      'stripe_clearing usd': -total - 400 - 20,
      'exchange usd': total,
      'bank usd': 400,
      'fees usd': 20,
    });
    expect(await breaks(shop)).toEqual([
      { kind: 'balance_differs', object_id: 'txn_too_little', amount: -1 },
      { kind: 'balance_differs', object_id: 'txn_unknown_for_long', amount: -7 },
    ]);
  });
});

/** One round, and whether our clearing account is then the balance at the sandbox. */
async function bookAll(shop: TestShop): Promise<{ agrees: boolean; sums: Map<string, number> }> {
  await bookTransactions(shop.app);
  const sums = await sumsOf(shop.app);
  const balance = await shop.app.providers.get('stripe')!.records!.balance();
  const foreign = await shop.app.database.read
    .selectFrom('provider_transactions')
    .select((e) => e.fn.sum('net').as('net'))
    .where('order_id', 'is', null)
    .executeTakeFirstOrThrow();
  const expected = (balance.get('usd') ?? 0) - Number(foreign.net ?? 0);
  return { agrees: sums.get('stripe_clearing usd') === expected && expected !== 0, sums };
}

/** The shop, where the provider lists these movements. */
function listing(app: App, transactions: readonly TransactionRecord[]): App {
  const stripe = app.providers.get('stripe')!;
  const records = {
    ...stripe.records!,
    transactions: async function* () {
      yield* transactions;
    },
  };
  return { ...app, providers: new Map([['stripe', { ...stripe, records }]]) };
}

async function listed(app: App, intentRef: string): Promise<TransactionRecord> {
  for await (const record of app.providers.get('stripe')!.records!.transactions(0))
    if (record.intentRef === intentRef) return record;
  throw new Error(`nothing was moved for ${intentRef}`);
}

async function breaks(shop: TestShop) {
  return await shop.app.database.read
    .selectFrom('breaks')
    .select(['kind', 'object_id', 'amount'])
    .orderBy('object_id')
    .execute();
}
