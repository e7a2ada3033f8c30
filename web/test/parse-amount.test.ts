import { describe, expect, it } from 'vitest';
import { parseAmount } from '../src/checkout/parse-amount.ts';

describe('parseAmount', () => {
  it.each([
    ['20', 2_000],
    ['12.50', 1_250],
    ['12,5', 1_250],
    ['12.', 1_200],
    [' $12.50 ', 1_250],
    ['€ 1.234,50', 123_450],
    ['1,234.50', 123_450],
    ['1,234', 123_400],
    ['0.50', 50],
  ])('reads %j as %i cents', (text, cents) => {
    expect(parseAmount(text, 'usd')).toBe(cents);
  });

  it.each(['', 'abc', '-5', '0', '0.00', '1.2.3', '12.345.6', '1e3', '.', '12,34,5', '9'.repeat(30)])(
    'takes %j for no amount',
    (text) => {
      expect(parseAmount(text, 'usd')).toBe(null);
    },
  );

  it('knows that yen have no smaller coin', () => {
    expect(parseAmount('1,500', 'jpy')).toBe(1_500);
    expect(parseAmount('15.5', 'jpy')).toBe(null);
  });
});
