import { describe, expect, it } from 'vitest';
import { readFiltering } from '../src/admin/orders/order-filters.ts';

const read = (address: string) => readFiltering(new URLSearchParams(address), 'usd');

describe('the filters of the order list', () => {
  it('are those of the address, as the API takes them, each with a chip', () => {
    const filtering = read(
      'view=unpaid&q=%207K3M-92QX%20&status=failed&status=pending&from=2026-11-01&min=12,50&after=1.a',
    );
    expect(Object.fromEntries(filtering.query)).toEqual({
      view: 'unpaid',
      q: '7K3M-92QX',
      status: 'failed,pending',
      from: '2026-11-01',
      min: '1250',
    });
    expect(filtering.chips.map(({ label }) => label)).toEqual([
      '“7K3M-92QX”',
      'Payment failed or Unpaid',
      'From 1 Nov 2026',
      'At least $12.50',
    ]);
    expect(filtering).toMatchObject({ view: 'unpaid', problems: [] });
  });

  it('leave out and say what is wrong, and ignore what is empty', () => {
    const filtering = read('view=mine&q=&status=lost&from=2026-02-31&to=soon&min=much&max=');
    expect([...filtering.query]).toEqual([]);
    expect(filtering.chips).toEqual([]);
    expect(filtering.problems).toEqual([
      '“2026-02-31” is no day.',
      '“soon” is no day.',
      '“much” is no amount.',
    ]);
    expect(filtering.view).toBe('all');
  });
});
