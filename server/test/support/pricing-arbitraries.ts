import fc from 'fast-check';
import type { CartLine, CountryRates, Discount } from '../../src/domain/pricing.ts';

/** Carts as the contract lets them in: up to fifty lines of one to ninety-nine units, one line per product. */
export const pricedCart: fc.Arbitrary<{ lines: CartLine[]; prices: Map<string, number> }> = fc
  .array(
    fc.record({ quantity: fc.integer({ min: 1, max: 99 }), price: fc.integer({ min: 0, max: 999_999 }) }),
    { minLength: 1, maxLength: 50 },
  )
  .map((rows) => ({
    lines: rows.map(({ quantity }, index) => ({ productId: `prod_${index}`, quantity })),
    prices: new Map(rows.map(({ price }, index) => [`prod_${index}`, price])),
  }));

export const anyDiscount: fc.Arbitrary<Discount | null> = fc.option(
  fc.oneof(
    fc.integer({ min: 0, max: 10_000 }).map((value) => discount({ kind: 'percent', value })),
    fc.integer({ min: 0, max: 99_999_999 }).map((value) => discount({ kind: 'fixed', value })),
  ),
);

export const anyCountry: fc.Arbitrary<CountryRates | null> = fc.option(
  fc.record({
    code: fc.constant('US'),
    shippingAmount: fc.integer({ min: 0, max: 9_999 }),
    freeShippingFrom: fc.option(fc.integer({ min: 0, max: 50_000 })),
    taxBasisPoints: fc.integer({ min: 0, max: 3_000 }),
    taxName: fc.constant('Tax'),
    taxOnShipping: fc.boolean(),
  }),
);

export function discount(change: Partial<Discount> = {}): Discount {
  return {
    code: 'CODE',
    kind: 'percent',
    value: 1000,
    minimumSpend: 0,
    startsAt: null,
    endsAt: null,
    maxUses: null,
    maxUsesPerEmail: null,
    uses: 0,
    ...change,
  };
}

export function country(change: Partial<CountryRates> = {}): CountryRates {
  return {
    code: 'US',
    shippingAmount: 600,
    freeShippingFrom: 7500,
    taxBasisPoints: 800,
    taxName: 'Sales tax',
    taxOnShipping: false,
    ...change,
  };
}
