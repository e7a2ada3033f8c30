import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { refundableUnits, shareOfLine, shareOfLines, shippingShare } from '../src/refund-shares.ts';

const nothing = { lines: [], shipping: false };
/** Three mugs that do not divide evenly, one apron, and 5.40 for shipping with its tax. */
const order = {
  lines: [
    { productId: 'mug', quantity: 3, total: { amount: 1_000 } },
    { productId: 'apron', quantity: 1, total: { amount: 6_200 } },
  ],
  total: { amount: 7_740 },
};
const mugs = (quantity: number) => ({ lines: [{ productId: 'mug', quantity }], shipping: false });

describe('the share of a line', () => {
  it.each([
    [1, 0, 333],
    [1, 1, 333],
    [1, 2, 334],
    [2, 0, 666],
    [2, 1, 667],
    [3, 0, 1_000],
    [0, 3, 0],
  ])('of %i units after %i is %i', (quantity, before, share) => {
    expect(shareOfLine(order.lines[0]!, quantity, before)).toBe(share);
  });

  it('sums to the whole line, however it is refunded piece by piece', () => {
    const pieces = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(pieces, fc.integer({ min: 0, max: 10_000_000 }), (quantities, amount) => {
        const quantity = quantities.reduce((sum, each) => sum + each, 0);
        const line = { productId: 'p', quantity, total: { amount } };
        let before = 0;
        let sum = 0;
        for (const units of quantities) {
          const share = shareOfLine(line, units, before);
          expect(share).toBeGreaterThanOrEqual(0);
          sum += share;
          before += units;
        }
        expect(sum).toBe(amount);
      }),
      { seed: 20_261_120 },
    );
  });
});

describe('a refund by lines', () => {
  it('comes to the shares of its units', () => {
    expect(shareOfLines(order, mugs(2), nothing)).toBe(666);
    expect(shareOfLines(order, mugs(1), mugs(2))).toBe(334);
  });

  it('counts units that are named twice once each', () => {
    const twice = [...mugs(1).lines, ...mugs(1).lines];
    expect(shareOfLines(order, { lines: twice, shipping: false }, nothing)).toBe(666);
    expect(shareOfLines(order, { lines: [...twice, ...twice], shipping: false }, nothing)).toBeNull();
  });

  it('takes shipping and its tax where that is said, once', () => {
    expect(shippingShare(order)).toBe(540);
    expect(shareOfLines(order, { lines: [], shipping: true }, nothing)).toBe(540);
    expect(shareOfLines(order, { lines: [], shipping: true }, { lines: [], shipping: true })).toBeNull();
    const free = { ...order, total: { amount: 7_200 } };
    expect(shareOfLines(free, { lines: [], shipping: true }, nothing)).toBeNull();
  });

  it('of everything is the order’s total', () => {
    expect(shareOfLines(order, refundableUnits(order, nothing), nothing)).toBe(order.total.amount);
  });

  it.each([
    ['more than there were', mugs(4), nothing],
    ['what was refunded before', mugs(2), mugs(2)],
    ['what the order never had', { lines: [{ productId: 'soap', quantity: 1 }], shipping: false }, nothing],
  ])('of %s is none', (_, wanted, before) => {
    expect(shareOfLines(order, wanted, before)).toBeNull();
  });
});

it('units that can be refunded are those that were not', () => {
  const before = { ...mugs(2), shipping: true };
  expect(refundableUnits(order, before)).toEqual({
    lines: [
      { productId: 'mug', quantity: 1 },
      { productId: 'apron', quantity: 1 },
    ],
    shipping: false,
  });
});
