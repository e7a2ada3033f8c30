import { formatMoney } from '@paydesk/contract/money';
import type { QuoteLine } from '@paydesk/contract/quote';
import { maxQuantity } from '@paydesk/contract/quote';
import { Link } from 'react-router';
import { Button } from '../parts/button.tsx';
import { Thumbnail } from '../parts/product-picture.tsx';
import { Skeleton } from '../parts/skeleton.tsx';
import type { CartItem } from './cart-storage.ts';
import { QuantityField } from './quantity-field.tsx';
import { useShopCart } from './shop-cart.tsx';
import { availableUnits } from './use-cart-quote.ts';

type CartLineProps = {
  item: CartItem;
  /** What the shop says about it; not there before the first answer. */
  line: QuoteLine | undefined;
  pending: boolean;
  notice: string | undefined;
  compact: boolean;
  onRemove: () => void;
};

export function CartLine({ item, line, pending, notice, compact, onRemove }: CartLineProps) {
  const cart = useShopCart();
  const available = line ? availableUnits(line) : maxQuantity;
  return (
    <li className="flex gap-4 py-5">
      <Thumbnail image={line?.image ?? null} size={compact ? 'medium' : 'large'} />
      <div className="min-w-0 flex-1">
        <div className="flex justify-between gap-4">
          <div className="min-w-0">
            <Link to={`/products/${item.slug}`} className="font-medium hover:underline">
              {line?.name ?? item.name}
            </Link>
            <p className="truncate text-muted text-sm">{line?.attribute ?? ' '}</p>
            {line && <p className="text-muted text-sm tabular-nums">{formatMoney(line.unitPrice)} each</p>}
          </div>
          <LineTotal line={line} pending={pending} />
        </div>
        <div className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-2">
          {available > 0 ? (
            <QuantityField
              name={item.name}
              value={item.quantity}
              max={Math.min(available, maxQuantity)}
              onChange={(quantity) => cart.setQuantity(item.id, quantity)}
            />
          ) : (
            <p className="font-medium text-danger text-sm">Sold out. Remove it to go on.</p>
          )}
          <Button variant="quiet" size="small" onClick={onRemove} aria-label={`Remove ${item.name}`}>
            Remove
          </Button>
        </div>
        <p role="status" className="mt-2 text-sm text-warning empty:mt-0">
          {notice}
        </p>
        {available > 0 && available <= 5 && !notice && (
          <p className="mt-2 text-muted text-sm">Only {available} left</p>
        )}
      </div>
    </li>
  );
}

function LineTotal({ line, pending }: { line: QuoteLine | undefined; pending: boolean }) {
  if (!line) return <Skeleton className="h-6 w-16" />;
  return (
    <p className={`font-medium tabular-nums transition-opacity ${pending ? 'opacity-60' : ''}`}>
      {formatMoney(line.subtotal)}
    </p>
  );
}
