import type { OrderListRow } from '@paydesk/contract/admin/orders';
import { describe, expect, it } from 'vitest';
import { choicesFor } from '../src/admin/palette/choices.ts';

const labels = (text: string, found: OrderListRow[] = [], sandbox = true) =>
  choicesFor(text, found, sandbox).map(({ label }) => label);

const order = {
  id: 'ord_1',
  number: '7K3M-92QX',
  customer: 'Ada Lovelace',
  total: { amount: 3_192, currency: 'usd' },
  status: 'paid',
} as OrderListRow;

describe('where the palette leads', () => {
  it('is everywhere while nothing is typed, the lab on the sandbox only', () => {
    expect(labels('')).toEqual(expect.arrayContaining(['Today', 'Ledger', 'New product', 'Failure lab']));
    expect(labels(' ', [], false)).not.toContain('Failure lab');
  });

  it('is to pages whose words begin like what was typed', () => {
    expect(labels('pro').slice(0, 3)).toEqual(['Products', 'New product', 'Import products']);
    expect(labels('new PRO')[0]).toBe('New product');
    expect(labels('duct')[0]).toBe('Search orders for “duct”');
  });

  it('is to orders that are known by it, before anything else', () => {
    expect(choicesFor('ada@example.com', [order], true)[0]).toEqual({
      to: '/admin/orders/ord_1',
      label: '7K3M-92QX',
      hint: 'Ada Lovelace · $31.92 · Paid',
    });
  });

  it('is always to a search for it, whatever it is', () => {
    const [orders, products, inbox] = choicesFor(' a&b ', [], true).map(({ to }) => to);
    expect([orders, products, inbox]).toEqual([
      '/admin/orders?q=a%26b',
      '/admin/products?q=a%26b',
      '/admin/events?object=a%26b',
    ]);
  });
});
