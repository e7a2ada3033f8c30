import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Entry, receiptForOrder, receiptUnapplied } from '../../src/domain/ledger.ts';
import { priceCart } from '../../src/domain/pricing.ts';
import { anyCountry, anyDiscount, pricedCart } from '../support/pricing-arbitraries.ts';
import { fixedSeed } from '../support/properties.ts';

describe('the journal of a paid order', () => {
  it('balances, for every price a cart can have', () => {
    fc.assert(
      fc.property(pricedCart, anyDiscount, anyCountry, ({ lines, prices }, discount, country) => {
        const order = priceCart(lines, prices, discount, country);
        const entries = receiptForOrder(order);
        expect(sum(entries)).toBe(0);
        expect(held(entries)).toBe(order.total);
      }),
      fixedSeed,
    );
  });

  it('names sales, shipping and tax by themselves', () => {
    expect(receiptForOrder({ total: 3192, shipping: 600, tax: 192 })).toEqual([
      { account: 'stripe_clearing', amount: 3192 },
      { account: 'sales', amount: -2400 },
      { account: 'shipping', amount: -600 },
      { account: 'tax', amount: -192 },
    ]);
  });

  it('has no entry for what was nothing', () => {
    const accounts = receiptForOrder({ total: 2400, shipping: 0, tax: 0 }).map(({ account }) => account);
    expect(accounts).toEqual(['stripe_clearing', 'sales']);
  });
});

it('keeps money that belongs to no order on an account of its own', () => {
  expect(receiptUnapplied(999)).toEqual([
    { account: 'stripe_clearing', amount: 999 },
    { account: 'unapplied', amount: -999 },
  ]);
});

function sum(entries: Entry[]): number {
  return entries.reduce((all, entry) => all + entry.amount, 0);
}

function held(entries: Entry[]): number {
  return sum(entries.filter(({ account }) => account === 'stripe_clearing'));
}
