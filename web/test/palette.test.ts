import type { OrderListRow } from '@paydesk/contract/admin/orders';
import { describe, expect, it } from 'vitest';
import { choicesFor } from '../src/admin/palette/choices.ts';

const owner = { sandbox: true, mayManage: true };
const labels = (text: string, looker = owner) => choicesFor(text, [], looker).map(({ label }) => label);

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
    expect(labels(' ', { sandbox: false, mayManage: true })).not.toContain('Failure lab');
  });

  it('is to no place where a viewer would only be refused', () => {
    const offered = labels('', { sandbox: true, mayManage: false });
    expect(offered).toEqual(expect.arrayContaining(['Today', 'Products', 'Settings']));
    for (const label of ['Failure lab', 'New product', 'Import products'])
      expect(offered).not.toContain(label);
  });

  it('is to pages whose words begin like what was typed', () => {
    expect(labels('pro').slice(0, 3)).toEqual(['Products', 'New product', 'Import products']);
    expect(labels('new PRO')[0]).toBe('New product');
    expect(labels('duct')[0]).toBe('Search orders for “duct”');
  });

  it('is to orders that are known by it, before anything else', () => {
    expect(choicesFor('ada@example.com', [order], owner)[0]).toEqual({
      to: '/admin/orders/ord_1',
      label: '7K3M-92QX',
      hint: 'Ada Lovelace · $31.92 · Paid',
    });
  });

  it('is always to a search for it, whatever it is', () => {
    const [orders, products, inbox] = choicesFor(' a&b ', [], owner).map(({ to }) => to);
    expect([orders, products, inbox]).toEqual([
      '/admin/orders?q=a%26b',
      '/admin/products?q=a%26b',
      '/admin/events?object=a%26b',
    ]);
  });
});
