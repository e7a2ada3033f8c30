import { describe, expect, it } from 'vitest';
import { catalogueSearch, readCatalogueQuery } from '../src/catalogue/catalogue-query.ts';

function read(search: string) {
  return readCatalogueQuery(new URLSearchParams(search));
}

describe('the query of the catalogue', () => {
  it('survives the way through the address', () => {
    const search = '?q=mug&category=tableware&in_stock=1&sort=price-asc';
    expect(catalogueSearch(read(search))).toBe(search);
  });

  it('leaves defaults out of the address', () => {
    expect(catalogueSearch(read('?q=&category=&sort=featured'))).toBe('');
  });

  it('ignores a sort order that does not exist', () => {
    expect(read('?sort=random').sort).toBe('featured');
  });

  it('starts from the first product after any change of a filter', () => {
    expect(catalogueSearch(read('?q=mug&after=24'), { inStock: true })).toBe('?q=mug&in_stock=1');
  });
});
