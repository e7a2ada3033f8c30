import type { AdminProduct } from '@paydesk/contract/admin/products';
import { describe, expect, it } from 'vitest';
import { changesBetween, textsOf, wantedOf } from '../src/admin/products/product-texts.ts';

const product: AdminProduct = {
  id: 'prod_1',
  slug: 'mug',
  name: 'Mug',
  attribute: '350 ml',
  description: 'One.\nTwo.',
  category: { slug: 'tableware', name: 'Tableware' },
  price: { amount: 2_400, currency: 'usd' },
  stock: { onHand: 3, reserved: 1, available: 2 },
  position: 4,
  active: true,
  archivedAt: null,
  images: [],
  version: 7,
};

describe('the fields of a product', () => {
  const before = textsOf(product);
  const sent = (changes: Partial<typeof before>) => {
    const after = { ...before, ...changes };
    return changesBetween(before, after, wantedOf(after, 'usd') as object);
  };

  it('are sent only where somebody changed them', () => {
    expect(sent({})).toEqual({});
    expect(sent({ description: 'One.\r\nTwo.' })).toEqual({});
    expect(sent({ price: '25.5', active: false })).toEqual({
      price: { amount: 2_550, currency: 'usd' },
      active: false,
    });
    expect(sent({ attribute: '' })).toEqual({ attribute: '' });
  });

  it.each([
    [{ name: '' }, 'name'],
    [{ price: '0' }, 'price'],
    [{ category: '' }, 'category'],
    [{ slug: 'Big One' }, 'address'],
    [{ position: '1.5' }, 'position'],
  ])('are asked for again: %j', (changes, word) => {
    expect(wantedOf({ ...before, ...changes }, 'usd')).toContain(word);
  });
});
