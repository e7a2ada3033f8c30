import type { Action, Actions } from '@paydesk/contract/admin/actions';
import type { Break, Breaks } from '@paydesk/contract/admin/breaks';
import type { Comparison, Journal, Ledger } from '@paydesk/contract/admin/ledger';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keepSums } from '../../src/app/keep-sums.ts';
import { insertJournals, openBreak } from '../../src/db/books.ts';
import { findBroken, invariants } from '../../src/db/invariants.ts';
import { listJournals } from '../../src/db/ledger-list.ts';
import { breakAdvice } from '../../src/domain/break-advice.ts';
import { accounts } from '../../src/domain/ledger.ts';
import { breakKinds } from '../../src/domain/settlement.ts';
import { operate, paidOrder, refund, trace } from '../support/operators.ts';
import { call, databases, operatorToken, settleJobs, startTestShop, type TestShop } from '../support/shop.ts';
import { calls, StripeLine } from '../support/stripe-line.ts';

describe.each(databases)('the books, for operators, on %s', (kind) => {
  const line = new StripeLine();
  let shop: TestShop;
  beforeAll(async () => {
    shop = await startTestShop(kind, {
      line,
      webhooks: false,
      jobs: 'manual',
      sandboxSettings: { refund_delay_ms: 0 },
    });
  });
  afterAll(async () => {
    await shop.stop();
    await line.close();
  });

  const ledger = async (query = '') => (await operate<Ledger>(shop, 'GET', `/ledger?${query}`)).body;
  const csv = async (query = '') =>
    (await call<string>(shop, 'GET', `/api/admin/ledger.csv?${query}`, { token: operatorToken })).body;
  const compare = async () => await operate<{ comparison: Comparison }>(shop, 'POST', '/ledger/compare');
  const keys = (journals: Journal[]) => journals.map(({ kind: name, ref }) => `${name}:${ref}`);
  /** What every entry there is sums to, by account. */
  const summed = async () => {
    const sums: Record<string, number> = {};
    for (const { account, amount } of await shop.app.database.read
      .selectFrom('ledger_entries')
      .selectAll()
      .execute())
      sums[account] = (sums[account] ?? 0) + amount;
    return sums;
  };
  const balances = async () =>
    Object.fromEntries(
      (await ledger()).balances.flatMap(({ account, amounts }) =>
        amounts.map(({ amount }) => [account, amount]),
      ),
    );

  it('shows every account with its balance, and each journal with what it moved', async () => {
    const { placed } = await paidOrder(shop);
    const { body } = await refund(shop, placed, { amount: 300 });
    await settleJobs(shop);
    expect(await balances()).toEqual(await summed());
    const all = await ledger();
    expect(all.balances.map(({ account }) => account)).toEqual([...accounts]);
    expect(all.balancesAsOf).toBeNull();
    expect(keys(all.journals)).toEqual(
      expect.arrayContaining([`refund_done:${body.refunds[0]!.id}`, `refund_req:${body.refunds[0]!.id}`]),
    );
    for (const { entries } of all.journals)
      expect(entries.reduce((sum, { amount }) => sum + amount.amount, 0)).toBe(0);
    const own = await ledger(`order=${placed.order.number}`);
    expect(keys(own.journals).toSorted()).toEqual(
      [
        ...new Set((await trace(shop, placed)).ledger.map(({ journal, about }) => `${journal}:${about}`)),
      ].toSorted(),
    );
    const only = async (query: string) => [
      ...new Set(keys((await ledger(query)).journals).map((key) => key.split(':')[0])),
    ];
    expect(await only('kind=refund_req')).toEqual(['refund_req']);
    expect(await only('kind=receipt&account=tax')).toEqual(['receipt']);
    expect((await only('account=refunds_payable')).toSorted()).toEqual(['refund_done', 'refund_req']);
    expect((await only('account=sales')).toSorted()).toEqual(['receipt', 'refund_req']);
    expect((await ledger('account=dispute_hold')).journals).toEqual([]);
    for (const wrong of ['account=pocket', 'kind=gift', 'from=never']) {
      const { status, body: answer } = await operate(shop, 'GET', `/ledger?${wrong}`);
      expect([wrong, status, answer.error?.code]).toEqual([wrong, 400, 'invalid_request']);
    }
  });

  it('keeps sums, from which balances are as right as from all entries', async () => {
    const now = shop.app.clock.now();
    const journals = Array.from({ length: 2_500 }, (_, index) => ({
      kind: index % 2 === 0 ? ('fee' as const) : ('payout' as const),
      ref: `txn_many_${index}`,
      orderId: '',
      currency: index % 3 === 0 ? 'eur' : 'usd',
      at: now + Math.floor(index / 3),
      entries: [
        { account: 'stripe_clearing' as const, amount: -index - 1 },
        { account: index % 2 === 0 ? ('fees' as const) : ('bank' as const), amount: index + 1 },
      ],
    }));
    for (let at = 0; at < journals.length; at += 500)
      await shop.app.database.transaction((tx) => insertJournals(tx, journals.slice(at, at + 500)));
    const before = (await ledger()).balances;
    // What was written just now may have something beside it that is not there yet.
    expect(await keepSums(shop.app)).toBe(0);
    shop.advance(11 * 60_000);
    expect(await keepSums(shop.app)).toBe(2);
    expect((await ledger()).balances).toEqual(before);
    await paidOrder(shop);
    const { rows } = await listJournals(
      shop.app.database.read,
      { kind: 'receipt' },
      { from: null, direction: 'older', limit: 1 },
    );
    expect(rows[0]!.entries.map(({ account }) => account)).toEqual([
      'sales',
      'shipping',
      'stripe_clearing',
      'tax',
    ]);
    const rule = invariants.find(({ name }) => name === 'I2 sums are of their entries')!;
    expect((await findBroken(shop.app.database.read, rule, 1)).count).toBe(0);
  });

  it('has pages in both directions, and a file of everything that stands in them', async () => {
    const pages: Journal[][] = [];
    let next: string | null = '';
    for (let page = await ledger('kind=fee'); next !== null; page = await ledger(`kind=fee&after=${next}`)) {
      pages.push(page.journals);
      next = page.older;
      if (next === null) break;
    }
    const all = keys(pages.flat());
    expect([all.length, new Set(all).size]).toEqual([1_250, 1_250]);
    const second = await ledger(`kind=fee&after=${(await ledger('kind=fee')).older}`);
    expect((await ledger(`kind=fee&before=${second.newer}`)).journals).toEqual(pages[0]);
    const [head, ...lines] = (await csv('kind=fee')).trimEnd().split('\r\n');
    expect(head).toBe('time,journal,about,order,account,debit,credit,currency');
    expect(lines).toHaveLength(2_500);
    // Oldest first, and each journal's entries together.
    expect(lines.map((text) => text.split(',')[2]).filter((_, index) => index % 2 === 0)).toEqual(
      pages
        .flat()
        .map(({ ref }) => ref)
        .reverse(),
    );
    expect(lines.find((text) => text.includes('txn_many_2,,fees'))).toMatch(
      /,fee,txn_many_2,,fees,0\.03,,USD$/,
    );
    expect((await csv('account=dispute_hold')).trimEnd().split('\r\n')).toHaveLength(1);
    const file = await call(shop, 'GET', '/api/admin/ledger.csv?kind=settle', { token: operatorToken });
    expect([file.headers.get('content-type'), file.headers.get('content-disposition')]).toEqual([
      'text/csv; charset=utf-8',
      'attachment; filename="ledger.csv"',
    ]);
  });

  it('compares the balance with the provider’s when asked, and remembers what it found', async () => {
    const { status, body } = await compare();
    expect(status).toBe(200);
    expect(body.comparison).toMatchObject({ by: 'operator', waiting: 0 });
    // The journals planted above are of nothing at the provider.
    expect(body.comparison.rows.find(({ currency }) => currency === 'usd')).toMatchObject({
      provider: 'stripe',
    });
    expect((await ledger()).comparison).toEqual(body.comparison);
    line.deal(calls('GET', '/v1/balance'), async ({ cut }) => cut(), 10);
    const down = await compare();
    expect([down.status, down.body.error?.code]).toEqual([503, 'payment_provider_unavailable']);
    line.mend();
    expect((await ledger()).comparison).toEqual(body.comparison);
  });

  it('lists breaks page by page with what to do about each, and closes one with a resolution', async () => {
    const at = shop.app.clock.now();
    await shop.app.database.transaction(async (tx) => {
      for (let index = 0; index < 120; index += 1)
        await openBreak(tx, {
          id: `brk_${String(index).padStart(3, '0')}`,
          kind: index % 2 === 0 ? 'paid_twice' : 'charge_differs',
          object_id: `pay_${index}`,
          order_id: null,
          amount: 100 + index,
          currency: 'eur',
          detail: 'planted',
          opened_at: at + Math.floor(index / 5),
        });
    });
    const list = async (query: string) => (await operate<Breaks>(shop, 'GET', `/breaks?${query}`)).body;
    const first = await list('');
    const second = await list(`after=${first.older}`);
    const third = await list(`after=${second.older}`);
    expect([first, second, third].flatMap(({ breaks }) => breaks.map(({ id }) => id))).toEqual(
      Array.from({ length: 120 }, (_, index) => `brk_${String(119 - index).padStart(3, '0')}`),
    );
    expect((await list(`before=${second.newer}`)).breaks).toEqual(first.breaks);
    expect((await list('kind=paid_twice')).breaks.every((one) => one.kind === 'paid_twice')).toBe(true);
    expect(first.breaks[0]).toMatchObject({
      currency: 'eur',
      amount: 219,
      title: breakAdvice.charge_differs.title,
      advice: breakAdvice.charge_differs.do,
    });
    expect(first.kinds.map(({ kind: name }) => name).toSorted()).toEqual([...breakKinds].toSorted());
    const body = { resolution: 'Both sides were compared.' };
    const closed = await operate<{ break: Break }>(shop, 'POST', '/breaks/brk_007/close', { body });
    expect(closed.body.break).toMatchObject({ closedBy: 'operator', resolution: body.resolution });
    expect((await list('state=closed&kind=charge_differs')).breaks.map(({ id }) => id)).toEqual(['brk_007']);
    await shop.app.database.transaction((tx) =>
      tx.deleteFrom('breaks').where('detail', '=', 'planted').execute(),
    );
  });

  it('tells who did what, why, and what became of it', async () => {
    const { placed } = await paidOrder(shop);
    await refund(shop, placed, { amount: 100, reason: 'A handle broke.' });
    await operate(shop, 'POST', '/events/evt_none/replay');
    const list = async (query: string) => (await operate<Actions>(shop, 'GET', `/actions?${query}`)).body;
    const { actions, operators } = await list('');
    expect(actions.slice(0, 2)).toMatchObject([
      {
        says: 'Replay an event',
        object: 'evt_none',
        outcome: 'refused',
        status: 404,
        code: 'event_not_found',
      },
      {
        operator: 'operator',
        operatorId: null,
        role: 'owner',
        says: 'Refund an order',
        orderNumber: placed.order.number,
        reason: 'A handle broke.',
        request: { amount: 100, reason: 'A handle broke.' },
        outcome: 'done',
      },
    ] satisfies Partial<Action>[]);
    expect(operators).toEqual(['operator']);
    expect((await list(`order=${placed.order.id}`)).actions).toHaveLength(1);
    expect((await list('operator=Nobody')).actions).toEqual([]);
    expect((await list('operator=operator&from=2020-01-01')).actions.length).toBeGreaterThan(2);
    expect((await list('to=2020-01-01')).actions).toEqual([]);
  });
});
