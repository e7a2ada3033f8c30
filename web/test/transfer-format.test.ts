import { expect, it } from 'vitest';
import { inGroupsOfFour, plainAmount } from '../src/order/transfer-format.ts';

it('writes an IBAN in groups of four, and leaves any other account number as it is', () => {
  expect(inGroupsOfFour('DE89370400440532013000')).toBe('DE89 3704 0044 0532 0130 00');
  expect(inGroupsOfFour('DE89 3704 0044 0532 0130 00')).toBe('DE89 3704 0044 0532 0130 00');
  expect(inGroupsOfFour('12-34-56 12345678')).toBe('12-34-56 12345678');
});

it('copies amounts as a bank’s form takes them', () => {
  expect(plainAmount({ amount: 123_450, currency: 'usd' })).toBe('1234.50');
  expect(plainAmount({ amount: 1_500, currency: 'jpy' })).toBe('1500');
});
