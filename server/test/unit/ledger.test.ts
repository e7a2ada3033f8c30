import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  clearingOf,
  disputeLost,
  disputeReinstated,
  disputeWithdrawn,
  type Entry,
  feeTaken,
  receiptForOrder,
  receiptInPart,
  refundDone,
  refundRequested,
  reversed,
  settleParts,
} from '../../src/domain/ledger.ts';
import { priceCart } from '../../src/domain/pricing.ts';
import { anyCountry, anyDiscount, pricedCart } from '../support/pricing-arbitraries.ts';
import { fixedSeed } from '../support/properties.ts';

const order = { total: 3192, shipping: 600, tax: 192 };
const clearing = 'stripe_clearing';

describe('the journal of an order that was paid at once', () => {
  it('balances, for every price a cart can have', () => {
    fc.assert(
      fc.property(pricedCart, anyDiscount, anyCountry, ({ lines, prices }, discount, country) => {
        const priced = priceCart(lines, prices, discount, country);
        const entries = receiptForOrder(clearing, priced, 0);
        expect(sumOf(entries)).toBe(0);
        expect(balanceOf(entries)[clearing] ?? 0).toBe(priced.total);
      }),
      fixedSeed,
    );
  });

  it('names sales, shipping and tax by themselves', () => {
    expect(receiptForOrder(clearing, order, 0)).toEqual([
      { account: 'stripe_clearing', amount: 3192 },
      { account: 'sales', amount: -2400 },
      { account: 'shipping', amount: -600 },
      { account: 'tax', amount: -192 },
    ]);
  });

  it('has no entry for what was nothing', () => {
    const entries = receiptForOrder(clearing, { total: 2400, shipping: 0, tax: 0 }, 0);
    expect(entries.map(({ account }) => account)).toEqual(['stripe_clearing', 'sales']);
  });

  it('keeps what came too much on an account of its own', () => {
    expect(balanceOf(receiptForOrder('bank', order, 8))).toMatchObject({ bank: 3200, unapplied: -8 });
  });
});

describe('the journals of an order that was paid in parts', () => {
  const anyParts = fc
    .array(fc.integer({ min: 1, max: 100_000 }), { minLength: 2, maxLength: 6 })
    .chain((parts) => {
      const total = parts.reduce((sum, part) => sum + part, 0);
      return fc.record({
        parts: fc.constant(parts),
        priced: fc
          .tuple(fc.integer({ min: 0, max: total }), fc.integer({ min: 0, max: total }))
          .map(([one, two]) => ({
            total,
            shipping: Math.min(one, two),
            tax: Math.max(one, two) - Math.min(one, two),
          })),
      });
    });

  it('earn in the end what one payment would have earned', () => {
    fc.assert(
      fc.property(anyParts, ({ parts, priced }) => {
        const journals = [
          ...parts.map((part) => receiptInPart(clearing, part, 0)),
          settleParts(priced, priced.total),
        ];
        for (const journal of journals) expect(sumOf(journal)).toBe(0);
        expect(balanceOf(journals.flat())).toEqual(balanceOf(receiptForOrder(clearing, priced, 0)));
      }),
      fixedSeed,
    );
  });

  it('earn nothing before the last part has come', () => {
    expect(balanceOf(receiptInPart(clearing, 1000, 0))).toEqual({ stripe_clearing: 1000, order_due: -1000 });
  });

  it('leave nothing owed where a part had gone back before the last one came', () => {
    fc.assert(
      fc.property(anyParts, ({ parts, priced }) => {
        const back = parts[0]!;
        const entries = [
          ...parts.map((part) => receiptInPart(clearing, part, 0)),
          refundRequested(back, { of: 'order_due' }),
          refundDone(clearing, back),
          settleParts(priced, priced.total - back),
        ].flat();
        const left = balanceOf(entries);
        expect(left).not.toHaveProperty('order_due');
        expect(left).not.toHaveProperty('refunds_payable');
        expect(left).toMatchObject({ stripe_clearing: priced.total - back });
      }),
      fixedSeed,
    );
  });
});

describe('the journals of refunds', () => {
  it('take back exactly what was earned, in whatever parts it goes', () => {
    const parts = fc.array(fc.integer({ min: 1, max: 3191 }), { maxLength: 5 });
    fc.assert(
      fc.property(parts, (wanted) => {
        const journals: Entry[][] = [];
        let before = 0;
        for (const amount of [...wanted, order.total]) {
          const part = Math.min(amount, order.total - before);
          if (part === 0) continue;
          journals.push(refundRequested(part, { of: 'paid', order, refundedBefore: before }));
          journals.push(refundDone(clearing, part));
          before += part;
        }
        for (const journal of journals) expect(sumOf(journal)).toBe(0);
        expect(balanceOf([...receiptForOrder(clearing, order, 0), ...journals.flat()])).toEqual({});
      }),
      fixedSeed,
    );
  });

  it('are undone by a journal that mirrors them when the refund fails', () => {
    const written = [
      ...refundRequested(500, { of: 'paid', order, refundedBefore: 0 }),
      ...refundDone(clearing, 500),
    ];
    expect(balanceOf([...written, ...reversed(written)])).toEqual({});
  });

  it('take money that was nobody’s from where it lay', () => {
    expect(refundRequested(999, { of: 'unapplied' })).toEqual([
      { account: 'unapplied', amount: 999 },
      { account: 'refunds_payable', amount: -999 },
    ]);
  });
});

it('holds what a bank withdrew until it is decided', () => {
  const withdrawn = disputeWithdrawn(clearing, 700);
  expect(balanceOf([...withdrawn, ...disputeReinstated(clearing, 700)])).toEqual({});
  expect(balanceOf([...withdrawn, ...disputeLost(700)])).toEqual({
    stripe_clearing: -700,
    dispute_losses: 700,
  });
});

it('takes fees from where the money lies', () => {
  expect(balanceOf(feeTaken(clearing, 59))).toEqual({ fees: 59, stripe_clearing: -59 });
});

it.each([
  ['stripe', 'stripe_clearing'],
  ['bank-transfer', 'bank'],
])('knows where the money of %s lies: %s', (provider, account) => {
  expect(clearingOf(provider)).toBe(account);
});

function sumOf(entries: readonly Entry[]): number {
  return entries.reduce((all, entry) => all + entry.amount, 0);
}

/** What is left on each account; none where nothing is. */
function balanceOf(entries: readonly Entry[]): Record<string, number> {
  const balance: Record<string, number> = {};
  for (const { account, amount } of entries) balance[account] = (balance[account] ?? 0) + amount;
  return Object.fromEntries(Object.entries(balance).filter(([, amount]) => amount !== 0));
}
