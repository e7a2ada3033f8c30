import { currencyDigits } from '@paydesk/contract/money';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allocate, assertMinor, chargeable, isCurrency, share } from '../../src/domain/money.ts';
import { fixedSeed } from '../support/properties.ts';

const amount = fc.integer({ min: 0, max: 99_999_999 });
const weights = fc.array(amount, { minLength: 1, maxLength: 60 });
const notAmounts = [-1, -0.5, 0.1, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];

describe('allocating an amount over weights', () => {
  it('sums to the amount exactly', () => {
    fc.assert(
      fc.property(amount, weights, (total, over) => {
        fc.pre(over.some((weight) => weight > 0));
        expect(sum(allocate(total, over))).toBe(total);
      }),
      fixedSeed,
    );
  });

  it('gives every part its exact share, rounded down or up', () => {
    fc.assert(
      fc.property(amount, weights, (total, over) => {
        fc.pre(over.some((weight) => weight > 0));
        const all = BigInt(sum(over));
        for (const [index, part] of allocate(total, over).entries()) {
          const product = BigInt(total) * BigInt(over[index]!);
          const below = Number(product / all);
          expect([below, product % all === 0n ? below : below + 1]).toContain(part);
        }
      }),
      fixedSeed,
    );
  });

  it('is fair whatever the order: the same weights share the same parts', () => {
    const shuffled = weights.chain((over) => fc.tuple(fc.constant(over), shuffle(over)));
    fc.assert(
      fc.property(amount, shuffled, (total, [over, other]) => {
        fc.pre(over.some((weight) => weight > 0));
        expect(allocate(total, over).toSorted(byNumber)).toEqual(allocate(total, other).toSorted(byNumber));
      }),
      fixedSeed,
    );
  });

  it('never gives a smaller weight more than a larger one', () => {
    fc.assert(
      fc.property(amount, weights, (total, over) => {
        fc.pre(over.some((weight) => weight > 0));
        const parts = allocate(total, over);
        const order = over.map((weight, index) => ({ weight, part: parts[index]! }));
        order.sort((a, b) => a.weight - b.weight || a.part - b.part);
        expect(order.map(({ part }) => part)).toEqual(parts.toSorted(byNumber));
      }),
      fixedSeed,
    );
  });

  it.each([
    { total: 100, over: [1, 1, 1], parts: [34, 33, 33] },
    { total: 2, over: [1, 1, 1], parts: [1, 1, 0] },
    { total: 0, over: [3, 4], parts: [0, 0] },
    { total: 0, over: [0, 0], parts: [0, 0] },
    { total: 0, over: [], parts: [] },
    { total: 5, over: [0, 1, 0], parts: [0, 5, 0] },
    { total: 99_999_999, over: [99_999_999, 99_999_999], parts: [50_000_000, 49_999_999] },
  ])('splits $total over $over as $parts', ({ total, over, parts }) => {
    expect(allocate(total, over)).toEqual(parts);
  });

  it('refuses to split something over nothing', () => {
    expect(() => allocate(1, [0, 0])).toThrow('cannot allocate');
    expect(() => allocate(1, [])).toThrow('cannot allocate');
  });

  it.each(notAmounts)('refuses %s as an amount and as a weight', (wrong) => {
    expect(() => allocate(wrong, [1])).toThrow(RangeError);
    expect(() => allocate(1, [wrong, 1])).toThrow(RangeError);
  });
});

describe('a share in basis points', () => {
  it.each([
    { of: 1000, points: 1000, is: 100 },
    { of: 1, points: 5000, is: 1 },
    { of: 1, points: 4999, is: 0 },
    { of: 3, points: 5000, is: 2 },
    { of: 1050, points: 810, is: 85 },
    { of: 999, points: 0, is: 0 },
    { of: 0, points: 2000, is: 0 },
    { of: 99_999_999, points: 10_000, is: 99_999_999 },
  ])('of $of at $points is $is, rounded half up', ({ of, points, is }) => {
    expect(share(of, points)).toBe(is);
  });

  it('is the nearest whole number, and the one above when two are as near', () => {
    fc.assert(
      fc.property(amount, fc.integer({ min: 0, max: 10_000 }), (of, points) => {
        const twice = 2n * BigInt(of) * BigInt(points);
        const error = 20_000n * BigInt(share(of, points)) - twice;
        expect(error).toBeGreaterThan(-10_000n);
        expect(error).toBeLessThanOrEqual(10_000n);
      }),
      fixedSeed,
    );
  });
});

describe('an amount', () => {
  it.each([0, 1, 99_999_999, Number.MAX_SAFE_INTEGER])('may be %s', (right) => {
    expect(assertMinor(right)).toBe(right);
  });

  it.each(notAmounts)('may not be %s', (wrong) => {
    expect(() => assertMinor(wrong)).toThrow('not an amount');
  });
});

describe('what one card payment can carry', () => {
  it.each([
    [49, 'usd', 'too_small'],
    [50, 'usd', 'yes'],
    [99_999_999, 'usd', 'yes'],
    [100_000_000, 'usd', 'too_large'],
    [29, 'gbp', 'too_small'],
    [30, 'gbp', 'yes'],
    [49, 'jpy', 'too_small'],
    [50, 'jpy', 'yes'],
    [0, 'eur', 'too_small'],
  ] as const)('of %i %s: %s', (total, currency, answer) => {
    expect(chargeable(total, currency)).toBe(answer);
  });

  it('has a smallest amount in every currency of the contract', () => {
    for (const currency of Object.keys(currencyDigits).filter(isCurrency)) {
      expect(chargeable(1, currency)).toBe('too_small');
      expect(chargeable(10_000, currency)).toBe('yes');
    }
  });
});

it.each(['usd', 'jpy'])('knows %s as a currency', (text) => expect(isCurrency(text)).toBe(true));

it.each(['USD', '', 'xxx', '__proto__', 'constructor', 'toString'])(
  'does not know %j as a currency',
  (text) => {
    expect(isCurrency(text)).toBe(false);
  },
);

function sum(amounts: readonly number[]): number {
  return amounts.reduce((all, part) => all + part, 0);
}

function byNumber(a: number, b: number): number {
  return a - b;
}

function shuffle(over: number[]): fc.Arbitrary<number[]> {
  return fc.shuffledSubarray(over, { minLength: over.length, maxLength: over.length });
}
