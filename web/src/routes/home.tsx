import type { OwnerLink } from '@paydesk/contract/admin/operators';
import type { ProductList } from '@paydesk/contract/catalogue';
import SlidersHorizontal from 'lucide-react/icons/sliders-horizontal';
import { useState } from 'react';
import { useNavigation } from 'react-router';
import { load } from '../api/load.ts';
import { type CardList, type CardProduct, toCardProduct } from '../catalogue/card-product.ts';
import {
  type CatalogueQuery,
  catalogueSearch,
  hasFilters,
  readCatalogueQuery,
} from '../catalogue/catalogue-query.ts';
import { FilterChips } from '../catalogue/filter-chips.tsx';
import { FilterForm, SortField } from '../catalogue/filters.tsx';
import { MoreProducts } from '../catalogue/more-products.tsx';
import { NoResults } from '../catalogue/no-results.tsx';
import { SearchField } from '../catalogue/search-field.tsx';
import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { Notice } from '../parts/notice.tsx';
import { pageTitle } from '../shop-config.ts';
import type { Route } from './+types/home.ts';

type CatalogueData = {
  query: CatalogueQuery;
  list: CardList;
  popular: CardProduct[];
  ownerLink: string | null;
};

export async function loader({ request, context }: Route.LoaderArgs): Promise<CatalogueData> {
  const query = readCatalogueQuery(new URL(request.url).searchParams);
  const list = await load<ProductList>(
    context,
    `/api/products${catalogueSearch(query, { after: query.after })}`,
  );
  const popular =
    list.total === 0 ? (await load<ProductList>(context, '/api/products?limit=4')).products : [];
  const { link: ownerLink } = await load<OwnerLink>(context, '/api/operators/owner-link');
  return {
    ownerLink,
    query,
    list: { ...list, products: list.products.map(toCardProduct) },
    popular: popular.map(toCardProduct),
  };
}

/** Long enough for what a hovered link fetched ahead, short enough for true stock. */
export function headers() {
  return { 'Cache-Control': 'private, max-age=10' };
}

export function meta({ loaderData, matches }: Route.MetaArgs) {
  const { query, list } = (loaderData as CatalogueData | undefined) ?? {};
  const page = query?.q ? `Search: ${query.q}` : list && query ? categoryName(query, list) : undefined;
  return [
    { title: pageTitle(matches, page) },
    { name: 'description', content: 'Browse the shop, pay by card, follow your order live.' },
  ];
}

export default function Home({ loaderData }: Route.ComponentProps) {
  const { query, list, popular, ownerLink } = loaderData;
  const navigation = useNavigation();
  const loading = navigation.location?.pathname === '/';
  const name = categoryName(query, list);
  return (
    <>
      {ownerLink && <OwnerNotice link={ownerLink} />}
      <h1 className="font-semibold text-3xl md:text-4xl">
        {query.q ? `Results for “${query.q}”` : (name ?? 'All products')}
      </h1>
      <SearchField id="search" landmark="Search products" className="mt-4 md:hidden" />
      <div className="mt-6 lg:grid lg:grid-cols-[200px_1fr] lg:gap-10 xl:grid-cols-[240px_1fr]">
        <aside aria-label="Filters" className="hidden lg:block">
          <div className="sticky top-32">
            <FilterForm id="column" query={query} list={list} />
          </div>
        </aside>
        <section aria-label="Products">
          <h2 className="sr-only">Products</h2>
          <Toolbar query={query} list={list} />
          <FilterChips query={query} categoryName={name} />
          <div className={`mt-5 transition-opacity ${loading ? 'opacity-60' : ''}`}>
            {list.total === 0 ? (
              <NoResults query={query} popular={popular} />
            ) : (
              <MoreProducts key={catalogueSearch(query)} query={query} list={list} />
            )}
          </div>
        </section>
      </div>
    </>
  );
}

function Toolbar({ query, list }: { query: CatalogueQuery; list: CardList }) {
  const [open, setOpen] = useState(false);
  const count = `${list.total} ${list.total === 1 ? 'product' : 'products'}`;
  return (
    <div className="mb-3 flex flex-wrap items-center gap-2 sm:gap-3">
      <p role="status" className="mr-auto whitespace-nowrap text-muted text-sm tabular-nums">
        {count}
      </p>
      <Button variant="secondary" size="small" className="min-h-11 lg:hidden" onClick={() => setOpen(true)}>
        <SlidersHorizontal aria-hidden="true" size={16} strokeWidth={1.75} />
        Filters
        {hasFilters(query) && <span className="sr-only">, some applied</span>}
      </Button>
      <SortField query={query} />
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title="Filters"
        className="sheet fixed inset-x-0 top-auto bottom-0 max-h-[85dvh] w-full rounded-t-dialog"
      >
        <div className="overflow-y-auto p-5">
          <FilterForm id="sheet" query={query} list={list} />
        </div>
        <div className="border-border border-t p-5">
          <Button className="w-full" onClick={() => setOpen(false)}>
            Show {count}
          </Button>
        </div>
      </Dialog>
    </div>
  );
}

function categoryName(query: CatalogueQuery, list: CardList): string | undefined {
  return list.categories.find((category) => category.slug === query.category)?.name;
}

/** On the sandbox, until the shop has an owner. */
function OwnerNotice({ link }: { link: string }) {
  return (
    <Notice tone="info" className="mb-6">
      This shop has no owner yet.{' '}
      <a href={link} className="underline underline-offset-4">
        Become its owner
      </a>{' '}
      and open the back office. Only the sandbox shows this.
    </Notice>
  );
}
