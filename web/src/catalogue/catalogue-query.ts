import type { ProductSort } from '@paydesk/contract/catalogue';

/** What the address of the catalogue says: the same names as the API's query. */
export type CatalogueQuery = {
  q: string;
  category: string;
  inStock: boolean;
  sort: ProductSort;
  after: string;
};

export const sortNames: Record<ProductSort, string> = {
  featured: 'Featured',
  'price-asc': 'Price, low to high',
  'price-desc': 'Price, high to low',
  name: 'Name',
};

/** Reads the query; what it does not know it ignores, so that an old or mistyped address still shows products. */
export function readCatalogueQuery(params: URLSearchParams): CatalogueQuery {
  const sort = params.get('sort') ?? '';
  return {
    q: (params.get('q') ?? '').trim().slice(0, 100),
    category: (params.get('category') ?? '').slice(0, 60),
    inStock: params.get('in_stock') === '1',
    sort: sort in sortNames ? (sort as ProductSort) : 'featured',
    after: (params.get('after') ?? '').slice(0, 200),
  };
}

/** The query string for a change of the filters, without defaults; any change but `after` starts from the first item. */
export function catalogueSearch(query: CatalogueQuery, change: Partial<CatalogueQuery> = {}): string {
  const next = { ...query, after: '', ...change };
  const params = new URLSearchParams();
  if (next.q) params.set('q', next.q);
  if (next.category) params.set('category', next.category);
  if (next.inStock) params.set('in_stock', '1');
  if (next.sort !== 'featured') params.set('sort', next.sort);
  if (next.after) params.set('after', next.after);
  const text = params.toString();
  return text && `?${text}`;
}

export function hasFilters(query: CatalogueQuery): boolean {
  return Boolean(query.q || query.category || query.inStock);
}
