import type { AdminProduct, ProductPage } from '@paydesk/contract/admin/products';
import { useState } from 'react';
import { useMay } from '../../admin/operator.ts';
import { ActionDialog } from '../../admin/parts/action-dialog.tsx';
import { AdminPage } from '../../admin/parts/admin-page.tsx';
import { ChangesCard } from '../../admin/products/changes-card.tsx';
import { DetailsCard } from '../../admin/products/details-card.tsx';
import { PicturesCard } from '../../admin/products/pictures-card.tsx';
import { ProductPill } from '../../admin/products/product-pill.tsx';
import { StockCard } from '../../admin/products/stock-card.tsx';
import { load } from '../../api/load.ts';
import { Button, ButtonLink } from '../../parts/button.tsx';
import { pageTitle } from '../../shop-config.ts';
import type { Route } from './+types/product.ts';

export async function loader({ context, params, request }: Route.LoaderArgs): Promise<ProductPage> {
  const after = new URL(request.url).searchParams.get('after');
  const query = after ? `?after=${encodeURIComponent(after)}` : '';
  return await load<ProductPage>(context, `/api/admin/products/${encodeURIComponent(params.id)}${query}`);
}

export function meta({ loaderData, matches }: Route.MetaArgs) {
  const { product } = (loaderData as ProductPage | undefined) ?? {};
  return [{ title: pageTitle(matches, product?.name ?? 'Product not found') }];
}

export default function AdminProductPage({ loaderData }: Route.ComponentProps) {
  const { product, categories, changes, movements, next } = loaderData;
  const mayManage = useMay('manager');
  const editable = mayManage && product.archivedAt === null;
  return (
    <AdminPage
      back={{ to: '/admin/products', label: 'Products' }}
      title={
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
          {product.name} <ProductPill product={product} />
        </span>
      }
      actions={
        <>
          {product.active && (
            <ButtonLink
              to={`/products/${product.slug}`}
              variant="secondary"
              size="small"
              className="max-lg:min-h-11"
            >
              See it in the shop
            </ButtonLink>
          )}
          {mayManage && <Archive product={product} />}
        </>
      }
    >
      <div className="grid items-start gap-4 lg:grid-cols-3">
        <div className="grid min-w-0 gap-4 lg:col-span-2">
          <DetailsCard key={product.id} product={product} categories={categories} editable={editable} />
          <PicturesCard product={product} editable={editable} />
        </div>
        <div className="grid min-w-0 gap-4">
          <StockCard product={product} movements={movements} next={next} editable={mayManage} />
          <ChangesCard changes={changes} currency={product.price.currency} />
        </div>
      </div>
    </AdminPage>
  );
}

function Archive({ product }: { product: AdminProduct }) {
  const [open, setOpen] = useState(false);
  const archives = product.archivedAt === null;
  return (
    <>
      <Button variant="secondary" size="small" className="max-lg:min-h-11" onClick={() => setOpen(true)}>
        {archives ? 'Archive' : 'Bring back'}
      </Button>
      <ActionDialog
        open={open}
        onClose={() => setOpen(false)}
        title={archives ? 'Archive the product' : 'Bring the product back'}
        path={`/api/admin/products/${product.id}/archive`}
        action={archives ? 'Archive' : 'Bring back'}
        danger={archives}
        bodyOf={() => ({ version: product.version, archived: archives })}
      >
        <p>
          {archives
            ? 'It is no longer sold, and no longer in the list. Orders keep it, and it can be brought back.'
            : 'It comes back hidden. Put it up for sale when it is ready.'}
        </p>
      </ActionDialog>
    </>
  );
}
