import type { Product } from '@paydesk/contract/catalogue';
import { formatMoney } from '@paydesk/contract/money';
import { maxQuantity } from '@paydesk/contract/quote';
import CreditCard from 'lucide-react/icons/credit-card';
import Truck from 'lucide-react/icons/truck';
import { useRef, useState } from 'react';
import { Link } from 'react-router';
import { load } from '../api/load.ts';
import { QuantityField } from '../cart/quantity-field.tsx';
import { AddToCart, useAddToCart } from '../catalogue/add-to-cart.tsx';
import { Gallery } from '../catalogue/gallery.tsx';
import { StickyBar } from '../catalogue/sticky-bar.tsx';
import { pageTitle, useShopConfig } from '../shop-config.ts';
import type { Route } from './+types/product.ts';

export async function loader({ params, context }: Route.LoaderArgs): Promise<{ product: Product }> {
  return load(context, `/api/products/${encodeURIComponent(params.slug)}`);
}

/** Long enough for what a hovered link fetched ahead, short enough for true stock. */
export function headers() {
  return { 'Cache-Control': 'private, max-age=10' };
}

export function meta({ loaderData, matches }: Route.MetaArgs) {
  const product = loaderData?.product as Product | undefined;
  return [
    { title: pageTitle(matches, product?.name ?? 'Product not found') },
    ...(product ? [{ name: 'description', content: product.description.slice(0, 155) }] : []),
  ];
}

export default function ProductPage({ loaderData }: Route.ComponentProps) {
  const { product } = loaderData;
  return (
    <>
      <nav aria-label="Breadcrumb" className="mb-4 text-muted text-sm">
        <Link to="/" className="underline-offset-4 hover:underline">
          All products
        </Link>
        <span aria-hidden="true"> / </span>
        <Link to={`/?category=${product.category.slug}`} className="underline-offset-4 hover:underline">
          {product.category.name}
        </Link>
      </nav>
      <div className="lg:grid lg:grid-cols-12 lg:gap-10">
        <div className="lg:col-span-7">
          <Gallery images={product.images} key={product.id} />
        </div>
        <div className="mt-6 lg:col-span-5 lg:mt-0">
          <BuyBox product={product} key={product.id} />
        </div>
      </div>
    </>
  );
}

function BuyBox({ product }: { product: Product }) {
  const [quantity, setQuantity] = useState(1);
  const adding = useAddToCart(product, quantity);
  const buttons = useRef<HTMLDivElement>(null);
  const price = formatMoney(product.price);
  const stripeOrigin = new URL(useShopConfig().stripeJsUrl).origin;
  return (
    <div className="lg:sticky lg:top-32">
      <h1 className="font-semibold text-2xl">{product.name}</h1>
      <p className="mt-1 text-muted">{product.attribute}</p>
      <p className="mt-4 text-xl tabular-nums">{price}</p>
      <p className="text-muted text-sm">plus shipping and tax</p>
      <StockLine stock={product.stock} />
      {product.stock > 0 && (
        <div ref={buttons} className="mt-6 flex flex-wrap items-start gap-3">
          <QuantityField
            name={product.name}
            value={quantity}
            max={Math.min(product.stock, maxQuantity)}
            onChange={setQuantity}
          />
          <AddToCart adding={adding} className="min-w-44 flex-1" />
        </div>
      )}
      <p role="alert" className="mt-3 font-medium text-danger text-sm empty:mt-0">
        {adding.problem}
      </p>
      <Promises />
      <p className="mt-6 max-w-[68ch] whitespace-pre-line border-border border-t pt-6">
        {product.description}
      </p>
      <link rel="preconnect" href={stripeOrigin} />
      <StickyBar name={product.name} price={price} buttons={buttons}>
        {product.stock > 0 && <AddToCart adding={adding} />}
      </StickyBar>
    </div>
  );
}

function StockLine({ stock }: { stock: number }) {
  if (stock === 0) return <p className="mt-4 font-medium text-danger">Sold out</p>;
  if (stock <= 5) return <p className="mt-4 font-medium text-warning">Only {stock} left</p>;
  return <p className="mt-4 font-medium text-success">In stock</p>;
}

function Promises() {
  const { countries } = useShopConfig();
  return (
    <ul className="mt-6 space-y-2 text-muted text-sm">
      <li className="flex gap-3">
        <Truck aria-hidden="true" size={20} strokeWidth={1.75} className="shrink-0" />
        {countries.length > 1 ? `Delivered to ${countries.length} countries.` : 'Delivered to your door.'} The
        cost is shown before you pay.
      </li>
      <li className="flex gap-3">
        <CreditCard aria-hidden="true" size={20} strokeWidth={1.75} className="shrink-0" />
        Paid through Stripe, here or on Stripe’s own page.
      </li>
    </ul>
  );
}
