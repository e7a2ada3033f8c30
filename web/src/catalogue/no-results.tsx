import { ButtonLink } from '../parts/button.tsx';
import type { CardProduct } from './card-product.ts';
import type { CatalogueQuery } from './catalogue-query.ts';
import { ProductGrid } from './product-card.tsx';

/** Never a dead end: what was asked, a way to ask for less, and four things to look at. */
export function NoResults({ query, popular }: { query: CatalogueQuery; popular: readonly CardProduct[] }) {
  return (
    <div>
      <p className="text-lg">
        {query.q ? `Nothing matches “${query.q}”.` : 'Nothing matches these filters.'}
      </p>
      <ButtonLink to="/" variant="secondary" className="mt-4">
        Clear filters
      </ButtonLink>
      {popular.length > 0 && (
        <section aria-labelledby="popular" className="mt-12">
          <h2 id="popular" className="mb-5 font-semibold text-xl">
            Popular products
          </h2>
          <ProductGrid products={popular} />
        </section>
      )}
    </div>
  );
}
