import { type DiscountProblem, discountProblems } from '@paydesk/contract/quote';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Discount,
  discountProblem,
  type Pricing,
  priceCart,
  subtotalOf,
  sumPerProduct,
} from '../../src/domain/pricing.ts';
import { anyCountry, anyDiscount, country, discount, pricedCart } from '../support/pricing-arbitraries.ts';
import { fixedSeed } from '../support/properties.ts';

const oneMug = [{ productId: 'mug', quantity: 1 }];

function priced(check: (pricing: Pricing) => void): void {
  fc.assert(
    fc.property(pricedCart, anyDiscount, anyCountry, ({ lines, prices }, code, rates) => {
      check(priceCart(lines, prices, code, rates));
    }),
    fixedSeed,
  );
}

describe('the price of any cart', () => {
  it('is the sum of its lines, shipping and the tax on shipping, to the cent', () => {
    priced(({ lines, shipping, shippingTax, total }) => {
      expect(lines.reduce((sum, line) => sum + line.total, 0) + shipping + shippingTax).toBe(total);
    });
  });

  it('is subtotal less discount plus shipping and tax, and so is every line', () => {
    priced((pricing) => {
      expect(pricing.total).toBe(pricing.subtotal - pricing.discount + pricing.shipping + pricing.tax);
      for (const line of pricing.lines) {
        expect(line.subtotal).toBe(line.unitPrice * line.quantity);
        expect(line.total).toBe(line.subtotal - line.discount + line.tax);
      }
    });
  });

  it('has line discounts and line taxes that sum to those of the cart', () => {
    priced((pricing) => {
      const sum = (part: 'discount' | 'tax' | 'subtotal') =>
        pricing.lines.reduce((all, line) => all + line[part], 0);
      expect(sum('subtotal')).toBe(pricing.subtotal);
      expect(sum('discount')).toBe(pricing.discount);
      expect(sum('tax') + pricing.shippingTax).toBe(pricing.tax);
    });
  });

  it('takes no more off than the goods cost, on the whole and on each line', () => {
    priced((pricing) => {
      expect(pricing.discount).toBeLessThanOrEqual(pricing.subtotal);
      for (const line of pricing.lines) expect(line.discount).toBeLessThanOrEqual(line.subtotal);
    });
  });

  it('has no negative and no broken amount in it', () => {
    priced(({ lines, ...sums }) => {
      for (const amount of [sums, ...lines].flatMap((part) => Object.values(part))) {
        if (typeof amount === 'number') expect(Number.isSafeInteger(amount) && amount >= 0).toBe(true);
      }
    });
  });

  it('does not depend on the order in which the products were put in', () => {
    fc.assert(
      fc.property(pricedCart, anyDiscount, anyCountry, ({ lines, prices }, code, rates) => {
        const { lines: _, ...sums } = priceCart(lines, prices, code, rates);
        expect(priceCart(lines.toReversed(), prices, code, rates)).toMatchObject({
          subtotal: sums.subtotal,
          discount: sums.discount,
          shipping: sums.shipping,
          tax: sums.tax,
          total: sums.total,
        });
      }),
      fixedSeed,
    );
  });

  it('has neither shipping nor tax while the country is not known', () => {
    const pricing = priceCart(oneMug, new Map([['mug', 2400]]), null, null);
    expect(pricing).toMatchObject({ shipping: 0, shippingTax: 0, tax: 0, total: 2400 });
  });

  it('cannot be said without the price of every product', () => {
    expect(() => priceCart(oneMug, new Map(), null, null)).toThrow('no price for mug');
    expect(() => subtotalOf(oneMug, new Map())).toThrow('no price for mug');
  });
});

describe('shipping', () => {
  it.each([
    { goods: 7499, shipping: 600 },
    { goods: 7500, shipping: 0 },
    { goods: 7501, shipping: 0 },
  ])('of goods for $goods costs $shipping where it is free from 7500', ({ goods, shipping }) => {
    expect(priceCart(oneMug, new Map([['mug', goods]]), null, country()).shipping).toBe(shipping);
  });

  it('looks at what is paid for the goods, after the discount', () => {
    const code = discount({ kind: 'fixed', value: 1 });
    expect(priceCart(oneMug, new Map([['mug', 7500]]), code, country()).shipping).toBe(600);
  });

  it('is never free where no value makes it so', () => {
    const rates = country({ freeShippingFrom: null });
    expect(priceCart(oneMug, new Map([['mug', 99_999]]), null, rates).shipping).toBe(600);
  });

  it.each([
    { taxOnShipping: true, tax: 500, shippingTax: 120 },
    { taxOnShipping: false, tax: 380, shippingTax: 0 },
  ])('is taxed where the country does so: $taxOnShipping', ({ taxOnShipping, tax, shippingTax }) => {
    const rates = country({ taxBasisPoints: 2000, taxOnShipping });
    const pricing = priceCart(oneMug, new Map([['mug', 1900]]), null, rates);
    expect(pricing).toMatchObject({ shipping: 600, tax, shippingTax, total: 2500 + tax });
  });

  it('leaves no tax behind where everything is free', () => {
    const rates = country({ shippingAmount: 0, taxOnShipping: true });
    expect(priceCart(oneMug, new Map([['mug', 0]]), null, rates).total).toBe(0);
  });
});

describe('a discount', () => {
  it.each([
    { code: discount({ kind: 'percent', value: 1000 }), off: 240 },
    { code: discount({ kind: 'percent', value: 10_000 }), off: 2400 },
    { code: discount({ kind: 'percent', value: 0 }), off: 0 },
    { code: discount({ kind: 'fixed', value: 500 }), off: 500 },
    { code: discount({ kind: 'fixed', value: 2400 }), off: 2400 },
    { code: discount({ kind: 'fixed', value: 2401 }), off: 2400 },
  ])('$code.kind $code.value takes $off off 2400', ({ code, off }) => {
    expect(priceCart(oneMug, new Map([['mug', 2400]]), code, null).discount).toBe(off);
  });

  it.each<[string, Discount | undefined, Partial<Facts>, DiscountProblem | null]>([
    ['is unknown when there is none', undefined, {}, 'unknown_code'],
    ['has not started a millisecond before', discount({ startsAt: 1_001 }), {}, 'not_started'],
    ['has started at that moment', discount({ startsAt: 1_000 }), {}, null],
    ['still runs a millisecond before its end', discount({ endsAt: 1_001 }), {}, null],
    ['has ended at its end', discount({ endsAt: 1_000 }), {}, 'ended'],
    ['needs a cent more', discount({ minimumSpend: 5_001 }), {}, 'minimum_not_reached'],
    ['has its minimum to the cent', discount({ minimumSpend: 5_000 }), {}, null],
    ['has one use left', discount({ maxUses: 3, uses: 2 }), {}, null],
    ['has no use left', discount({ maxUses: 3, uses: 3 }), {}, 'used_up'],
    ['was never meant to be used', discount({ maxUses: 0 }), {}, 'used_up'],
    ['has one use left for this person', discount({ maxUsesPerEmail: 2 }), { usesByEmail: 1 }, null],
    ['is used up for this person', discount({ maxUsesPerEmail: 1 }), { usesByEmail: 1 }, 'used_up_for_email'],
    ['has no limits at all', discount({ uses: 1_000_000 }), { usesByEmail: 1_000 }, null],
  ])('%s', (_, code, change, problem) => {
    expect(discountProblem(code, { now: 1_000, subtotal: 5_000, usesByEmail: 0, ...change })).toBe(problem);
  });

  it('names one problem at a time, the one that time cannot mend first', () => {
    const wrong = discount({ startsAt: 2_000, minimumSpend: 9_999, maxUses: 0, maxUsesPerEmail: 0 });
    const facts = { now: 1_000, subtotal: 0, usesByEmail: 0 };
    const found = [
      wrong,
      { ...wrong, startsAt: null },
      { ...wrong, startsAt: null, minimumSpend: 0 },
      { ...wrong, startsAt: null, minimumSpend: 0, maxUses: null },
    ].map((code) => discountProblem(code, facts));
    expect(found).toEqual(['not_started', 'minimum_not_reached', 'used_up', 'used_up_for_email']);
    expect(discountProblems).toEqual(expect.arrayContaining(found));
  });
});

type Facts = { now: number; subtotal: number; usesByEmail: number };

describe('lines of one product', () => {
  it('become one, in the order first seen', () => {
    const items = [
      { productId: 'b', quantity: 2 },
      { productId: 'a', quantity: 1 },
      { productId: 'b', quantity: 3 },
    ];
    expect(sumPerProduct(items)).toEqual([
      { productId: 'b', quantity: 5 },
      { productId: 'a', quantity: 1 },
    ]);
  });

  it('lose and invent no unit', () => {
    const line = fc.record({ productId: fc.constantFrom('a', 'b', '__proto__'), quantity: fc.nat(99) });
    const units = (lines: readonly { quantity: number }[]) =>
      lines.reduce((sum, { quantity }) => sum + quantity, 0);
    fc.assert(
      fc.property(fc.array(line), (items) => {
        const merged = sumPerProduct(items);
        expect(units(merged)).toBe(units(items));
        expect(new Set(merged.map(({ productId }) => productId)).size).toBe(merged.length);
      }),
      fixedSeed,
    );
  });
});
