import type { AdminProductRow, AdminProducts, ProductState } from '@paydesk/contract/admin/products';
import { useSearchParams } from 'react-router';
import { useMay } from '../../admin/operator.ts';
import { AdminPage } from '../../admin/parts/admin-page.tsx';
import { Amount } from '../../admin/parts/amount.tsx';
import { type Column, DataTable } from '../../admin/parts/data-table.tsx';
import { Empty } from '../../admin/parts/empty.tsx';
import { Filters, SearchFilter, SelectFilter } from '../../admin/parts/filters.tsx';
import { NewerOlder } from '../../admin/parts/newer-older.tsx';
import { ProductPill } from '../../admin/products/product-pill.tsx';
import { load } from '../../api/load.ts';
import { ButtonLink } from '../../parts/button.tsx';
import { ProductPicture } from '../../parts/product-picture.tsx';
import { pageTitle } from '../../shop-config.ts';
import type { Route } from './+types/products.ts';

const states: readonly { value: ProductState; label: string }[] = [
  { value: 'active', label: 'For sale' },
  { value: 'hidden', label: 'Hidden' },
  { value: 'sold_out', label: 'Sold out' },
  { value: 'low', label: 'Low on stock' },
  { value: 'archived', label: 'Archived' },
];
const filters = ['q', 'state', 'category', 'after', 'before'];

export async function loader({ context, request }: Route.LoaderArgs): Promise<AdminProducts> {
  const { searchParams } = new URL(request.url);
  const query = new URLSearchParams(
    [...searchParams].filter(([name, value]) => filters.includes(name) && value !== ''),
  );
  return await load<AdminProducts>(context, `/api/admin/products?${query}`);
}

export function meta({ matches }: Route.MetaArgs) {
  return [{ title: pageTitle(matches, 'Products') }];
}

const columns: readonly Column<AdminProductRow>[] = [
  { label: 'Product', cell: (row) => <Name row={row} /> },
  { label: 'Category', minor: true, cell: ({ category }) => category.name },
  { label: 'Price', align: 'right', cell: ({ price }) => <Amount money={price} /> },
  { label: 'Held', align: 'right', minor: true, cell: ({ stock }) => stock.reserved },
  { label: 'Units', align: 'right', cell: ({ stock }) => stock.available },
  { label: 'State', cell: (row) => <ProductPill product={row} /> },
];

export default function ProductsPage({ loaderData }: Route.ComponentProps) {
  const { products, categories, previous, next } = loaderData;
  const mayManage = useMay('manager');
  return (
    <AdminPage
      title="Products"
      actions={
        <>
          <ButtonLink
            to="/api/admin/products.csv"
            reloadDocument
            variant="secondary"
            size="small"
            className="max-lg:min-h-11"
          >
            Export
          </ButtonLink>
          {mayManage && (
            <>
              <ButtonLink to="/admin/import" variant="secondary" size="small" className="max-lg:min-h-11">
                Import
              </ButtonLink>
              <ButtonLink to="/admin/products/new" size="small" className="max-lg:min-h-11">
                Add a product
              </ButtonLink>
            </>
          )}
        </>
      }
    >
      <ProductFilters categories={categories} />
      {products.length > 0 ? (
        <DataTable
          label="Products"
          columns={columns}
          rows={products}
          keyOf={({ id }) => id}
          hrefOf={({ id }) => `/admin/products/${id}`}
        />
      ) : (
        <Empty title="No products here">Products that fit the filters appear here.</Empty>
      )}
      <NewerOlder newer={previous} older={next} words={{ back: 'Previous', on: 'Next' }} />
    </AdminPage>
  );
}

function ProductFilters({ categories }: Pick<AdminProducts, 'categories'>) {
  const [params] = useSearchParams();
  const [q, state, category] = [params.get('q'), params.get('state'), params.get('category')];
  const stateName = states.find(({ value }) => value === state)?.label;
  const categoryName = categories.find(({ slug }) => slug === category)?.name;
  const chips = [
    ...(q ? [{ label: `“${q}”`, name: 'q' }] : []),
    ...(stateName ? [{ label: stateName, name: 'state' }] : []),
    ...(categoryName ? [{ label: categoryName, name: 'category' }] : []),
  ];
  return (
    <Filters chips={chips}>
      <SearchFilter label="Search" name="q" placeholder="Name, text or address" />
      <SelectFilter label="State" name="state" all="All but archived" options={states} />
      <SelectFilter
        label="Category"
        name="category"
        all="All"
        options={categories.map(({ slug, name }) => ({ value: slug, label: name }))}
      />
    </Filters>
  );
}

function Name({ row }: { row: AdminProductRow }) {
  return (
    <span className="flex items-center gap-3">
      <span className="block aspect-4/5 w-8 shrink-0 max-sm:hidden overflow-hidden rounded-control bg-stage">
        {row.image && (
          <ProductPicture image={row.image} sizes="32px" decorative className="size-full object-cover" />
        )}
      </span>
      <span className="min-w-0">
        <span className="block">{row.name}</span>
        <span className="block font-normal text-muted text-xs max-md:hidden">{row.attribute}</span>
      </span>
    </span>
  );
}
