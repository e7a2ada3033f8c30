import { describe, expect, it } from 'vitest';
import { type AddressInput, addressRules, checkAddress, normalizeAddress } from '../src/address.ts';

const complete: Record<string, AddressInput> = {
  US: { line1: '1 Main St', city: 'New York', state: 'NY', postalCode: '10001', country: 'US' },
  CA: { line1: '1 King St', city: 'Ottawa', state: 'ON', postalCode: 'K1A 0B1', country: 'CA' },
  AU: { line1: '1 George St', city: 'Sydney', state: 'NSW', postalCode: '2000', country: 'AU' },
  GB: { line1: '1 The Mall', city: 'London', postalCode: 'SW1A 1AA', country: 'GB' },
  IE: { line1: '1 Dame St', city: 'Dublin', country: 'IE' },
  DE: { line1: 'Torstraße 1', city: 'Berlin', postalCode: '10115', country: 'DE' },
  NL: { line1: 'Damrak 1', city: 'Amsterdam', postalCode: '1012 AB', country: 'NL' },
  IT: { line1: 'Via Roma 1', city: 'Roma', state: 'RM', postalCode: '00184', country: 'IT' },
  JP: { line1: '1-1 Chiyoda', city: 'Chiyoda-ku', state: 'Tokyo', postalCode: '100-0001', country: 'JP' },
  BR: { line1: 'Av. Paulista 1', city: 'São Paulo', state: 'SP', postalCode: '01310-100', country: 'BR' },
  SG: { line1: '1 Raffles Pl', postalCode: '048616', country: 'SG' },
  HK: { line1: '1 Nathan Rd', state: 'Kowloon', country: 'HK' },
  AE: { line1: '1 Sheikh Zayed Rd', state: 'Dubai', country: 'AE' },
  LU: { line1: '1 Grand-Rue', city: 'Luxembourg', country: 'LU' },
};

function problemsWith(country: string, change: Partial<AddressInput>): string[] {
  return checkAddress({ ...complete[country]!, ...change }).map(
    (problem) => `${problem.path} ${problem.message}`,
  );
}

describe('checkAddress', () => {
  it.each(Object.keys(complete))('accepts a complete address in %s', (country) => {
    expect(problemsWith(country, {})).toEqual([]);
  });

  it.each([
    ['US', '1234', 'Enter a ZIP code with 5 digits'],
    ['US', '', 'Enter a ZIP code with 5 digits'],
    ['CA', '12345', 'Enter a postal code like K1A 0B1'],
    ['AU', '20000', 'Enter a postcode with 4 digits'],
    ['GB', '10001', 'Enter a postcode like SW1A 1AA'],
    ['IE', 'nonsense', 'Enter an Eircode like D02 AF30, or leave it empty'],
    ['DE', '1011', 'Enter a postal code with 5 digits'],
    ['BR', '123', 'Enter a CEP with 8 digits'],
  ])('says how a postal code in %s looks when it is "%s"', (country, postalCode, message) => {
    expect(problemsWith(country, { postalCode })).toEqual([`/shippingAddress/postalCode ${message}`]);
  });

  it.each([
    ['US', ' 10001 - 2345 '],
    ['CA', 'k1a0b1'],
    ['GB', 'sw1a1aa'],
    ['NL', '1012ab'],
    ['SE', '11122'],
    ['JP', '１００－０００１'],
  ])('forgives spaces, hyphens, case and width in a postal code of %s: "%s"', (country, postalCode) => {
    const base = complete[country] ?? { ...complete.DE!, country };
    expect(checkAddress({ ...base, postalCode })).toEqual([]);
  });

  it('takes a region by code or by name, in any case', () => {
    expect(problemsWith('US', { state: 'ny' })).toEqual([]);
    expect(problemsWith('US', { state: ' new york ' })).toEqual([]);
    expect(problemsWith('BR', { state: 'Sao Paulo' })).toEqual([]);
    expect(problemsWith('US', { state: 'Ontario' })).toEqual(['/shippingAddress/state Select a state']);
  });

  it('names every missing part in the order of the form', () => {
    expect(checkAddress({ country: 'US' }).map((problem) => problem.path)).toEqual([
      '/shippingAddress/line1',
      '/shippingAddress/city',
      '/shippingAddress/state',
      '/shippingAddress/postalCode',
    ]);
    expect(checkAddress({ country: 'JP', line1: '1-1' }).map((problem) => problem.path)).toEqual([
      '/shippingAddress/postalCode',
      '/shippingAddress/state',
      '/shippingAddress/city',
    ]);
  });

  it('ignores what a country does not use', () => {
    expect(problemsWith('SG', { city: 'Singapore', state: 'anything' })).toEqual([]);
    expect(problemsWith('HK', { postalCode: '000' })).toEqual([]);
  });

  it('treats blanks as missing', () => {
    expect(problemsWith('DE', { city: '  ' })).toEqual(['/shippingAddress/city Enter a city']);
  });
});

describe('normalizeAddress', () => {
  it('trims, writes the region as its code and drops blank and unused parts', () => {
    expect(
      normalizeAddress({
        line1: '  1   Main St ',
        line2: ' ',
        city: ' New York',
        state: 'new york',
        postalCode: ' 10001 ',
        country: 'us',
      }),
    ).toEqual({ line1: '1 Main St', city: 'New York', state: 'NY', postalCode: '10001', country: 'US' });
    expect(normalizeAddress({ ...complete.SG!, city: 'Singapore' })).toEqual(complete.SG);
  });

  it.each([
    ['GB', 'sw1a1aa', 'SW1A 1AA'],
    ['GB', 'm1 1ae', 'M1 1AE'],
    ['CA', 'k1a0b1', 'K1A 0B1'],
    ['JP', '1000001', '100-0001'],
    ['US', '10001-2345', '10001-2345'],
    ['LU', 'l-1234', 'L-1234'],
  ])('writes a postal code of %s as its post does: "%s"', (country, typed, written) => {
    expect(normalizeAddress({ ...complete[country]!, postalCode: typed }).postalCode).toBe(written);
  });

  it('does not change whether an address is complete', () => {
    for (const address of Object.values(complete))
      expect(checkAddress(normalizeAddress(address))).toEqual([]);
  });
});

describe('addressRules', () => {
  it('puts the postal code first in Japan only', () => {
    expect(addressRules('JP').postalFirst).toBe(true);
    expect(addressRules('US').postalFirst).toBeUndefined();
  });

  it('gives an unknown country a city, an optional region and an optional postal code', () => {
    const { city, state, postalCode } = addressRules('ZZ').fields;
    expect([city.use, state.use, postalCode.use]).toEqual(['required', 'optional', 'optional']);
  });
});
