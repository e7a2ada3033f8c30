import type { Order, PlacedOrder } from '@paydesk/contract/orders';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applyDisputeFact } from '../../src/app/apply-dispute-fact.ts';
import { findDisputes } from '../../src/db/disputes.ts';
import { findOrder } from '../../src/db/orders.ts';
import { findPayments } from '../../src/db/payments.ts';
import type { Tx } from '../../src/db/schema.ts';
import type { DisputeFact } from '../../src/domain/dispute.ts';
import { checkBooks } from '../support/books.ts';
import { answer, disputed, disputedCards, paidWith, tell } from '../support/disputes.ts';
import { permutations } from '../support/permutations.ts';
import { databases, readOrder, startTestShop, type TestShop, until } from '../support/shop.ts';

describe.each(databases)('disputes, on %s', (kind) => {
  let shop: TestShop;
  beforeAll(async () => {
    shop = await startTestShop(kind, { sandboxSettings: { refund_delay_ms: 0 } });
  });
  afterAll(() => shop.stop());

  const rowsOf = async (placed: PlacedOrder) => await findDisputes(shop.app.database.read, placed.order.id);
  const refOf = async (placed: PlacedOrder) => (await rowsOf(placed))[0]!.dispute_ref;
  const paymentStatus = async (placed: PlacedOrder) => (await readOrder(shop, placed)).payments[0]!.status;
  const effects = async (placed: PlacedOrder) =>
    await shop.app.database.read
      .selectFrom('outbox')
      .select('subject_id')
      .where('order_id', '=', placed.order.id)
      .where('kind', '=', 'mail.disputed')
      .execute();

  it('take the money of the payment and block its refunds, while the order stays paid', async () => {
    const placed = await paidWith(shop, disputedCards.fraudulent);
    const { status, payments, disputes, timeline } = await disputed(
      shop,
      placed,
      ({ funds }) => funds === 'withdrawn',
    );
    expect(status).toBe('paid');
    expect(payments[0]!.status).toBe('disputed');
    expect(disputes).toEqual([
      expect.objectContaining({
        status: 'needs_response',
        reason: 'fraudulent',
        amount: placed.order.total,
        evidenceDueAt: expect.stringMatching(/T23:59:59/),
        closedAt: null,
      }),
    ]);
    expect(lastChange({ timeline })).toMatchObject({
      type: 'dispute.opened',
      actor: 'provider',
      status: 'paid',
    });
    expect(await balances(shop, placed)).toMatchObject({
      stripe_clearing: 0,
      dispute_hold: placed.order.total.amount,
    });
    expect(await effects(placed)).toEqual([{ subject_id: disputes[0].id }]);

    await answer(shop, await refOf(placed), 'winning_evidence');
    const won = await disputed(shop, placed, ({ funds }) => funds === 'reinstated');
    expect(won.disputes[0]).toMatchObject({ status: 'won', closedAt: expect.any(String) });
    expect(won.payments[0]!.status).toBe('succeeded');
    expect(won.timeline.map(({ type }) => type)).toContain('dispute.won');
    expect(await balances(shop, placed)).toMatchObject({
      stripe_clearing: placed.order.total.amount,
      dispute_hold: 0,
    });
    expect(await effects(placed)).toHaveLength(1);
  });

  it('that are lost cost what the bank took, and the payment stays disputed', async () => {
    const placed = await paidWith(shop, disputedCards.notReceived);
    await disputed(shop, placed, ({ reason }) => reason === 'product_not_received');
    await answer(shop, await refOf(placed), 'losing_evidence');
    const lost = await disputed(shop, placed, ({ status }) => status === 'lost');
    expect(lost).toMatchObject({ status: 'paid', payments: [{ status: 'disputed' }] });
    expect(lastChange(lost)).toMatchObject({ type: 'dispute.lost' });
    expect(await balances(shop, placed)).toMatchObject({
      stripe_clearing: 0,
      dispute_hold: 0,
      dispute_losses: placed.order.total.amount,
    });
  });

  it('that only ask move no money, until the bank takes it after all', async () => {
    const placed = await paidWith(shop, disputedCards.inquiry);
    const asked = await disputed(shop, placed, ({ status }) => status === 'warning_needs_response');
    expect(asked).toMatchObject({ disputes: [{ funds: 'none' }], payments: [{ status: 'succeeded' }] });
    expect(lastChange(asked)).toMatchObject({ type: 'dispute.opened' });
    expect(await balances(shop, placed)).not.toHaveProperty('dispute_hold');
    await answer(shop, await refOf(placed), 'escalate_inquiry_evidence');
    const escalated = await disputed(shop, placed, ({ status }) => status === 'needs_response');
    expect(escalated).toMatchObject({
      disputes: [{ funds: 'withdrawn' }],
      payments: [{ status: 'disputed' }],
    });
    expect(await effects(placed)).toHaveLength(1);
  });

  it('that only asked and were closed leave everything as it was', async () => {
    const placed = await paidWith(shop, disputedCards.inquiry);
    await disputed(shop, placed, ({ status }) => status === 'warning_needs_response');
    await answer(shop, await refOf(placed), 'winning_evidence');
    const closed = await disputed(shop, placed, ({ status }) => status === 'warning_closed');
    expect(closed).toMatchObject({ payments: [{ status: 'succeeded' }], disputes: [{ funds: 'none' }] });
    expect(lastChange(closed)).toMatchObject({ type: 'dispute.closed' });
  });

  it('of money that is partly refunded are about the rest', async () => {
    const placed = await paidWith(shop, '4242424242424242');
    await until(
      () => readOrder(shop, placed),
      ({ status }) => status === 'paid',
    );
    const intent = (await readOrder(shop, placed)).payments[0]!.reference!;
    await tell(shop, '/v1/refunds', { payment_intent: intent, amount: '300' });
    await until(
      () => readOrder(shop, placed),
      ({ status }) => status === 'partially_refunded',
    );
    await tell(shop, '/_sandbox/disputes', { payment_intent: intent });
    const rest = placed.order.total.amount - 300;
    const taken = await disputed(shop, placed, ({ funds }) => funds === 'withdrawn');
    expect(taken).toMatchObject({
      status: 'partially_refunded',
      disputes: [{ amount: { amount: rest } }],
      payments: [{ status: 'disputed' }],
    });
    await answer(shop, await refOf(placed), 'winning_evidence');
    await disputed(shop, placed, ({ funds }) => funds === 'reinstated');
    expect(await paymentStatus(placed)).toBe('partially_refunded');
    expect(await balances(shop, placed)).toMatchObject({ stripe_clearing: rest, dispute_hold: 0 });
  });

  it('of payments that are not this shop’s change nothing', async () => {
    const made = (await tell(shop, '/v1/payment_intents', {
      amount: '900',
      currency: 'usd',
      payment_method: 'pm_card_createDispute',
      confirm: 'true',
      'automatic_payment_methods[enabled]': 'true',
      'automatic_payment_methods[allow_redirects]': 'never',
    })) as { id: string };
    const events = async () =>
      await shop.app.database.read
        .selectFrom('inbox')
        .select(['state', 'outcome'])
        .where('type', '=', 'charge.dispute.created')
        .where('payload', 'like', `%${made.id}%`)
        .execute();
    const [event] = await until(events, ([first]) => first?.state === 'done');
    expect(event!.outcome).toBe('no effect: it is not about a payment of this shop');
  });

  it.each([
    ['won', 'reinstated', 'succeeded'],
    ['lost', 'withdrawn', 'disputed'],
  ] as const)(
    'come to the same end in whatever order the news arrives, each of it twice: %s',
    async (end, funds, payment) => {
      const placed = await paidWith(shop, '4242424242424242');
      await until(
        () => readOrder(shop, placed),
        ({ status }) => status === 'paid',
      );
      const news: Partial<DisputeFact>[] = [
        { status: 'warning_needs_response', funds: 'none' },
        { status: 'needs_response', funds: 'withdrawn' },
        { status: 'under_review', funds: 'withdrawn' },
        { status: end, funds },
      ];
      const ends = new Set<string>();
      for (const order of permutations(news)) ends.add(await told(shop, placed, order));
      expect([...ends]).toHaveLength(1);
      expect([...ends][0]).toContain(`"${end} ${funds} ${payment}"`);
    },
  );

  it('leave books that are in order', async () => {
    await checkBooks(shop);
  });
});

/** What all of it leaves behind, tried in a transaction that is then undone. */
async function told(shop: TestShop, placed: PlacedOrder, news: Partial<DisputeFact>[]): Promise<string> {
  const [payment] = await findPayments(shop.app.database.read, placed.order.id);
  const undone = new Error('undone on purpose');
  let end = '';
  const tryOut = async (tx: Tx): Promise<void> => {
    for (const one of news.flatMap((each) => [each, each])) {
      const fact: DisputeFact = {
        kind: 'dispute',
        final: true,
        live: false,
        instanceId: null,
        orderId: null,
        paymentId: null,
        disputeRef: 'du_permuted',
        intentRef: payment!.intent_ref,
        chargeRef: payment!.charge_ref,
        status: 'needs_response',
        funds: 'none',
        amount: placed.order.total.amount,
        currency: 'usd',
        reason: 'general',
        evidenceDueAt: null,
        ...one,
      };
      await applyDisputeFact(shop.app, tx, fact, { eventId: null, actor: 'provider' });
    }
    const [dispute] = await findDisputes(tx, placed.order.id);
    const [after] = await findPayments(tx, placed.order.id);
    const entries = await tx
      .selectFrom('ledger_entries')
      .select(['account', 'amount'])
      .where('order_id', '=', placed.order.id)
      .execute();
    const order = await findOrder(tx, placed.order.id);
    const state = `${dispute!.status} ${dispute!.funds} ${after!.status}`;
    end = JSON.stringify([state, order!.status, summed(entries)]);
    throw undone;
  };
  await expect(shop.app.database.transaction(tryOut)).rejects.toBe(undone);
  return end;
}

/** The newest entry but for e-mails, which are sent when their job comes by. */
function lastChange({ timeline }: Pick<Order, 'timeline'>) {
  return timeline.findLast(({ type }) => type !== 'mail.sent');
}

/** Of the order's own journals. Fees are booked by a job, whenever it comes by. */
async function balances(shop: TestShop, placed: PlacedOrder): Promise<Record<string, number>> {
  const entries = await shop.app.database.read
    .selectFrom('ledger_entries')
    .select(['account', 'amount'])
    .where('order_id', '=', placed.order.id)
    .where('kind', '<>', 'fee')
    .execute();
  return summed(entries);
}

function summed(entries: { account: string; amount: number }[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { account, amount } of entries.toSorted((a, b) => (a.account < b.account ? -1 : 1)))
    sums[account] = (sums[account] ?? 0) + amount;
  return sums;
}
