import { describe, expect, it } from 'vitest';
import { limitsIn, momentText, usesText, valueIn, valueText } from '../src/admin/discounts/discount-text.ts';

describe('what a code takes off', () => {
  it.each([
    ['10', 'percent', 1_000],
    ['12,5 %', 'percent', 1_250],
    ['0.01', 'percent', 1],
    ['100', 'percent', 10_000],
    ['101', 'percent', null],
    ['0', 'percent', null],
    ['ten', 'percent', null],
    ['5', 'fixed', 500],
    ['5.50', 'fixed', 550],
    ['-5', 'fixed', null],
  ] as const)('%s as %s is %s', (text, kind, value) => {
    expect(valueIn(text, kind, 'usd')).toBe(value);
  });

  it('is told as it was meant', () => {
    expect(valueText({ kind: 'percent', value: 1_250, currency: 'usd' })).toBe('12.5 %');
    expect(valueText({ kind: 'fixed', value: 500, currency: 'usd' })).toBe('$5.00');
    expect(usesText({ uses: 3, maxUses: 100 })).toBe('3 of 100');
  });
});

describe('the limits of a code', () => {
  const form = (fields: Record<string, string>) => {
    const data = new FormData();
    for (const [name, value] of Object.entries(fields)) data.set(name, value);
    return data;
  };

  it('are none where nothing was typed', () => {
    const none = { startsAt: null, endsAt: null, maxUses: null, maxUsesPerEmail: null };
    expect(limitsIn(form({}), 'usd')).toEqual({ note: '', minimumSpend: 0, ...none });
  });

  it('are asked for again where they cannot be understood', () => {
    expect(limitsIn(form({ minimumSpend: 'much' }), 'usd')).toContain('minimum spend');
    expect(limitsIn(form({ maxUses: '0' }), 'usd')).toContain('whole number');
  });

  it('keep a moment through the field and back', () => {
    const at = '2030-03-31T10:20:00.000Z';
    const limits = limitsIn(form({ endsAt: momentText(at) }), 'usd');
    expect(limits).toMatchObject({ endsAt: at });
  });
});
