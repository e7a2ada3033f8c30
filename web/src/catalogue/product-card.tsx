import { formatMoney } from '@paydesk/contract/money';
import { Link } from 'react-router';
import { ProductPicture } from '../parts/product-picture.tsx';
import type { CardProduct } from './card-product.ts';

type ProductCardProps = { product: CardProduct; priority: 'high' | 'eager' | 'lazy' };

const gridSizes = '(width >= 1280px) 300px, (width >= 768px) 32vw, 48vw';

/** One link, one tab stop, named after the product. The second picture on hover shows nothing that is needed. */
function ProductCard({ product, priority }: ProductCardProps) {
  const [front, second] = product.images;
  const soldOut = product.stock === 0;
  return (
    <article className="group relative">
      <div className="relative aspect-4/5 overflow-hidden rounded-card bg-stage">
        {front && (
          <ProductPicture
            image={front}
            sizes={gridSizes}
            priority={priority}
            decorative
            className={`size-full object-contain ${soldOut ? 'opacity-60' : ''}`}
          />
        )}
        {second && (
          <ProductPicture
            image={second}
            sizes={gridSizes}
            decorative
            className="absolute inset-0 size-full object-contain opacity-0 transition-opacity duration-200 [@media(hover:hover)]:group-hover:opacity-100"
          />
        )}
        {soldOut && (
          <span className="absolute top-2 left-2 rounded-full bg-surface px-2.5 py-0.5 font-medium text-text text-xs">
            Sold out
          </span>
        )}
      </div>
      <h3 className="mt-3 line-clamp-2 font-medium">
        <Link
          to={`/products/${product.slug}`}
          prefetch="intent"
          className="after:absolute after:inset-0 after:rounded-card focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-focus focus-visible:after:outline-offset-2"
        >
          {product.name}
        </Link>
      </h3>
      <p className="mt-0.5 truncate text-muted text-sm">{product.attribute}</p>
      <p className="mt-1 tabular-nums">{formatMoney(product.price)}</p>
      {product.stock > 0 && product.stock <= 5 && (
        <p className="text-sm text-warning">Only {product.stock} left</p>
      )}
    </article>
  );
}

/** Pictures of the first row load at once, the first of all before everything else. */
export function ProductGrid({ products }: { products: readonly CardProduct[] }) {
  return (
    <ul className="grid grid-cols-2 gap-x-4 gap-y-8 md:grid-cols-3 md:gap-x-6 md:gap-y-10 xl:grid-cols-4">
      {products.map((product, index) => (
        <li key={product.id}>
          <ProductCard product={product} priority={index === 0 ? 'high' : index < 4 ? 'eager' : 'lazy'} />
        </li>
      ))}
    </ul>
  );
}
