export type SeedCountry = {
  readonly code: string;
  readonly name: string;
  /** Minor units of the shop's currency. */
  readonly shippingAmount: number;
  /** Minor units of goods after discount from which shipping is free, or null for never. */
  readonly freeShippingFrom: number | null;
  /** 2000 = 20 %. */
  readonly taxBasisPoints: number;
  readonly taxName: string;
  /** Whether the tax is also charged on shipping. */
  readonly taxOnShipping: boolean;
};

/**
 * Demo rates. They are plausible, not advice: before selling, an owner must check every tax rate and every
 * shipping price, register where the law asks for it, and remove the countries the shop does not serve.
 * The United States have no national sales tax; the flat 8 % stands in for rates by state and town.
 * Canada and Brazil are simplified in the same way.
 */
export const countries: readonly SeedCountry[] = rows().map(
  ([code, name, shippingAmount, freeShippingFrom, taxBasisPoints, taxName, taxOnShipping]) => ({
    code,
    name,
    shippingAmount,
    freeShippingFrom,
    taxBasisPoints,
    taxName,
    taxOnShipping,
  }),
);

type Row = readonly [string, string, number, number | null, number, string, boolean];

function rows(): readonly Row[] {
  return [
    ['US', 'United States', 600, 7500, 800, 'Sales tax', false],
    ['GB', 'United Kingdom', 900, 12000, 2000, 'VAT', true],
    ['IE', 'Ireland', 900, 12000, 2300, 'VAT', true],
    ['DE', 'Germany', 900, 12000, 1900, 'VAT', true],
    ['FR', 'France', 900, 12000, 2000, 'VAT', true],
    ['ES', 'Spain', 1000, 12000, 2100, 'VAT', true],
    ['IT', 'Italy', 1000, 12000, 2200, 'VAT', true],
    ['NL', 'Netherlands', 900, 12000, 2100, 'VAT', true],
    ['BE', 'Belgium', 900, 12000, 2100, 'VAT', true],
    ['AT', 'Austria', 1000, 12000, 2000, 'VAT', true],
    ['CH', 'Switzerland', 1400, 18000, 810, 'VAT', true],
    ['SE', 'Sweden', 1100, 15000, 2500, 'VAT', true],
    ['NO', 'Norway', 1400, 18000, 2500, 'VAT', true],
    ['DK', 'Denmark', 1000, 15000, 2500, 'VAT', true],
    ['FI', 'Finland', 1100, 15000, 2550, 'VAT', true],
    ['PL', 'Poland', 1000, 12000, 2300, 'VAT', true],
    ['CZ', 'Czechia', 1000, 12000, 2100, 'VAT', true],
    ['PT', 'Portugal', 1000, 12000, 2300, 'VAT', true],
    ['CA', 'Canada', 1200, 15000, 500, 'GST', true],
    ['AU', 'Australia', 1600, 20000, 1000, 'GST', true],
    ['NZ', 'New Zealand', 1700, 20000, 1500, 'GST', true],
    ['JP', 'Japan', 1500, 20000, 1000, 'Consumption tax', true],
    ['SG', 'Singapore', 1500, 20000, 900, 'GST', true],
    ['HK', 'Hong Kong', 1500, 20000, 0, 'No tax', false],
    ['AE', 'United Arab Emirates', 1800, 25000, 500, 'VAT', true],
    ['BR', 'Brazil', 2200, null, 1700, 'ICMS', true],
    ['MX', 'Mexico', 1400, 20000, 1600, 'IVA', true],
    ['IN', 'India', 1800, null, 1800, 'GST', true],
    ['ZA', 'South Africa', 2000, null, 1500, 'VAT', true],
    ['KR', 'South Korea', 1500, 20000, 1000, 'VAT', true],
  ];
}
