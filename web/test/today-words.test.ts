import type { Figures } from '@paydesk/contract/admin/figures';
import { describe, expect, it } from 'vitest';
import {
  change,
  codeWords,
  delayWords,
  longPointWords,
  percent,
  pointWords,
  salesSummary,
  shortMoney,
  whenWords,
} from '../src/admin/today/words.ts';

describe('the words of the figures', () => {
  it.each([
    [0, 'usd', '$0'],
    [123_456, 'usd', '$1.2k'],
    [-300_000, 'usd', '−$3k'],
    [1_234_567, 'jpy', '¥1.2M'],
  ])('say %i of %s on an axis as %s', (amount, currency, says) => {
    expect(shortMoney(amount, currency)).toBe(says);
  });

  it('compare with what was, and not with nothing', () => {
    expect(change(112, 100)).toBe('+12 %');
    expect(change(50, 100)).toBe('−50 %');
    expect(change(1_001, 1_000)).toBe('as much');
    expect(change(5, 0)).toBeNull();
    expect(change(5, -3)).toBeNull();
    expect([percent(1, 3), percent(0, 0)]).toEqual(['33 %', '–']);
  });

  it('name an hour, a day and a week of the shop, wherever the reader is', () => {
    expect(pointWords('2026-11-26 14:00', 'hour')).toBe('14:00');
    expect(pointWords('2026-11-26', 'day')).toBe('26 Nov');
    expect(longPointWords('2026-11-26', 'day')).toBe('Thursday 26 November');
    expect(longPointWords('2026-11-23', 'week')).toBe('week of 23 Nov');
  });

  it('say codes and delays as people do', () => {
    expect(codeWords('insufficient_funds')).toBe('Insufficient funds');
    expect(codeWords('unknown')).toBe('No reason given');
    expect([null, 3_000, 300_000, 86_400_000].map(delayWords)).toEqual(['–', '3 s', '5 min', '24 h']);
  });

  it('sum a chart of sales up in a sentence', () => {
    const point = (label: string, net: number) => ({ label, net });
    const figures = (period: Figures['period'], ...points: object[]) =>
      ({ period, currency: 'usd', points, total: { net: 4_500 } }) as unknown as Figures;
    expect(salesSummary(figures('day', point('2026-11-26', 3_000)), 'in the last 30 days')).toBe(
      '$45.00 in the last 30 days; most on Thursday 26 November with $30.00.',
    );
    expect(salesSummary(figures('hour', point('2026-11-26 14:00', 0)), 'today')).toBe('$45.00 today.');
    expect(whenWords({ label: '2026-11-23' } as never, 'week')).toBe('in the week of 23 Nov');
  });
});
