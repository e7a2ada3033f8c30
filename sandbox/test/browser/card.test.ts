import { describe, expect, test } from 'vitest';
import {
  cardBrand,
  expiryProblem,
  formatCardNumber,
  formatExpiry,
  numberProblem,
  securityCodeProblem,
} from '../../src/browser/shared/card.ts';
import { encodeForm } from '../../src/browser/shared/form.ts';

describe('a card number', () => {
  test.each([
    ['4242424242424242', 'visa', '4242 4242 4242 4242'],
    ['5555555555554444', 'mastercard', '5555 5555 5555 4444'],
    ['2223003122003222', 'mastercard', '2223 0031 2200 3222'],
    ['378282246310005', 'amex', '3782 822463 10005'],
    ['6011111111111117', 'discover', '6011 1111 1111 1117'],
    ['3056930009020004', 'diners', '3056 9300 0902 0004'],
    ['36227206271667', 'diners', '3622 720627 1667'],
    ['3566002020360505', 'jcb', '3566 0020 2036 0505'],
    ['6200000000000005', 'unionpay', '6200 0000 0000 0005'],
  ])('%s is of %s, is shown in groups and is accepted', (number, brand, shown) => {
    expect(cardBrand(number)).toBe(brand);
    expect(formatCardNumber(number)).toBe(shown);
    expect(numberProblem(shown)).toBeNull();
  });

  test.each([
    ['', 'incomplete_number'],
    ['4242 4242', 'incomplete_number'],
    ['4242 4242 4242 4241', 'invalid_number'],
    ['3782 822463 10006', 'invalid_number'],
  ])('"%s" is refused as %s', (number, code) => {
    expect(numberProblem(number)?.code).toBe(code);
  });
});

describe('an expiry', () => {
  test.each([
    ['1', false, '1'],
    ['4', false, '04 / '],
    ['12', false, '12 / '],
    ['12 /', true, '12'],
    ['123', false, '12 / 3'],
    ['1/', false, '01 / '],
    ['13', false, '01 / 3'],
    ['12/34', false, '12 / 34'],
    ['12/2034', false, '12 / 34'],
  ])('typed as "%s" (deleting: %s) is shown as "%s"', (typed, deleting, shown) => {
    expect(formatExpiry(typed, deleting)).toBe(shown);
  });

  const november2026 = new Date(2026, 10, 20);
  test.each([
    ['11 / 26', undefined],
    ['12 / 34', undefined],
    ['10 / 26', 'invalid_expiry_month_past'],
    ['12 / 25', 'invalid_expiry_year_past'],
    ['00 / 30', 'invalid_expiry_month'],
    ['12 / 99', 'invalid_expiry_year'],
    ['12 / 3', 'incomplete_expiry'],
  ])('of "%s" seen in November 2026 has the problem %s', (text, code) => {
    expect(expiryProblem(text, november2026)?.code).toBe(code);
  });
});

test('American Express has four digits of security code and the others three', () => {
  expect(securityCodeProblem('123', 'amex')?.code).toBe('incomplete_cvc');
  expect(securityCodeProblem('1234', 'amex')).toBeNull();
  expect(securityCodeProblem('123', 'visa')).toBeNull();
});

test('form encoding nests objects and arrays, leaves out undefined and empties null', () => {
  const form = encodeForm({ a: { b: ['x', { c: 1 }] }, gone: undefined, unset: null });
  expect([...form]).toEqual([
    ['a[b][0]', 'x'],
    ['a[b][1][c]', '1'],
    ['unset', ''],
  ]);
});
