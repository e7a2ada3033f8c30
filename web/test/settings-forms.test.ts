import type { ShopSettings } from '@paydesk/contract/admin/settings';
import { describe, expect, it } from 'vitest';
import { parsePercent, readRates, typedAmount, typedPercent } from '../src/admin/settings/rates.ts';
import { readPayments } from '../src/admin/settings/read-payments.ts';

const form = (fields: Record<string, string | string[]>) => {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields))
    for (const one of [value].flat()) data.append(name, one);
  return data;
};

describe('A tax rate', () => {
  it.each([
    ['19', 1_900],
    ['8.1', 810],
    ['25,5', 2_550],
    ['0', 0],
    ['100 %', 10_000],
    ['100.01', null],
    ['-1', null],
    ['19.123', null],
    ['', null],
  ])('typed as "%s" is %s basis points', (text, basisPoints) => {
    expect(parsePercent(text)).toBe(basisPoints);
  });

  it('is typed as it is read', () => {
    for (const basisPoints of [0, 810, 1_900, 2_550, 10_000])
      expect(parsePercent(typedPercent(basisPoints))).toBe(basisPoints);
  });
});

describe('The form about a country', () => {
  const fields = {
    name: 'Iceland',
    shippingAmount: '12.50',
    freeShippingFrom: '',
    taxRate: '24',
    taxName: 'VAT',
    taxOnShipping: 'on',
  };
  it('gives minor units, and null where nothing is free', () => {
    expect(readRates(form(fields), 'usd')).toEqual({
      rates: {
        name: 'Iceland',
        shippingAmount: 1_250,
        freeShippingFrom: null,
        taxBasisPoints: 2_400,
        taxName: 'VAT',
        taxOnShipping: true,
      },
    });
    expect(readRates(form({ ...fields, shippingAmount: '0' }), 'jpy')).toMatchObject({
      rates: { shippingAmount: 0 },
    });
    expect(typedAmount(1_250, 'jpy')).toBe('1250');
  });

  it('says of each field what is wrong with it', () => {
    const wrong = { ...fields, name: ' ', shippingAmount: 'much', freeShippingFrom: 'x', taxRate: '101' };
    const said = readRates(form(wrong), 'usd');
    expect(Object.keys('problems' in said ? said.problems : {})).toEqual([
      'name',
      'shippingAmount',
      'freeShippingFrom',
      'taxRate',
    ]);
  });
});

describe('The form about payments', () => {
  const account = { accountHolder: 'Larkhouse', iban: 'DEMO 0000', bic: null, bankName: null };
  const payments: ShopSettings['payments'] = {
    version: 1,
    flows: { value: ['elements', 'hosted', 'transfer'], setBy: null },
    account: { value: account, setBy: null },
    holdMinutes: { value: 90, setBy: 'HOLD_MINUTES' },
    longHoldDays: { value: 7, setBy: null },
  };
  const same = {
    flow: ['elements', 'hosted', 'transfer'],
    accountHolder: 'Larkhouse',
    iban: 'DEMO 0000',
    bic: '',
    bankName: '',
    longHoldDays: '7',
  };

  it('asks for what was changed and for nothing else', () => {
    expect(readPayments(form(same), payments)).toEqual({ body: {} });
    expect(readPayments(form({ ...same, flow: ['hosted'], iban: '', longHoldDays: '5' }), payments)).toEqual({
      body: { flows: ['hosted'], account: null, longHoldDays: 5 },
    });
  });

  it.each([
    [{ flow: [] }, '/flows'],
    [{ iban: '' }, '/flows'],
    [{ accountHolder: '' }, '/account/accountHolder'],
    [{ longHoldDays: '61' }, '/longHoldDays'],
    [{ longHoldDays: 'x' }, '/longHoldDays'],
  ])('refuses %j', (change, path) => {
    const said = readPayments(form({ ...same, ...change }), payments);
    expect('problems' in said && Object.keys(said.problems)).toEqual([path]);
  });
});
