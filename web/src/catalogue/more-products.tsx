import { productPageSize } from '@paydesk/contract/catalogue';
import { useEffect, useRef, useState } from 'react';
import { Link, useFetcher } from 'react-router';
import type { CardList, CardProduct } from './card-product.ts';
import { type CatalogueQuery, catalogueSearch } from './catalogue-query.ts';
import { ProductGrid } from './product-card.tsx';

type Page = { list: CardList };

/**
 * The grid with a real link to the next products. With JavaScript they are added below and the first new one gets the
 * focus; without it the link is a page of its own.
 */
export function MoreProducts({ query, list }: { query: CatalogueQuery; list: CardList }) {
  const fetcher = useFetcher<Page>();
  const [added, setAdded] = useState<CardList[]>([]);
  const grid = useRef<HTMLDivElement>(null);
  const pages = [list, ...added];
  const products = unique(pages.flatMap((page) => page.products));
  const next = pages.at(-1)!.next;
  const remaining = Math.min(productPageSize, list.total - products.length);

  const page = fetcher.data?.list;
  useEffect(() => {
    if (page) setAdded((before) => (before.includes(page) ? before : [...before, page]));
  }, [page]);
  const shown = products.length;
  const firstNew = useRef(shown);
  useEffect(() => {
    if (shown <= firstNew.current) return;
    grid.current?.querySelectorAll<HTMLElement>('li a')[firstNew.current]?.focus();
    firstNew.current = shown;
  }, [shown]);

  const nextSearch = next && catalogueSearch(query, { after: next });
  return (
    <div ref={grid}>
      <ProductGrid products={products} />
      <div className="mt-10 flex flex-col items-center gap-3">
        <p className="text-muted text-sm tabular-nums">
          {query.after ? `${products.length} more of ${list.total}` : `${products.length} of ${list.total}`}{' '}
          products
        </p>
        {nextSearch && (
          <Link
            to={`/${nextSearch}`}
            onClick={(event) => {
              event.preventDefault();
              if (fetcher.state === 'idle') fetcher.load(`/${nextSearch}&index`);
            }}
            className="inline-flex min-h-11 items-center rounded-control border border-control bg-surface px-5 font-medium hover:bg-hover"
          >
            {fetcher.state === 'idle'
              ? `Show ${remaining > 0 ? remaining : productPageSize} more`
              : 'Loading…'}
          </Link>
        )}
      </div>
    </div>
  );
}

/** A product may move between two pages while somebody reads. */
function unique(products: CardProduct[]): CardProduct[] {
  return [...new Map(products.map((product) => [product.id, product])).values()];
}
