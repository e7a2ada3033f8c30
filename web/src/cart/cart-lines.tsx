import type { QuoteLine } from '@paydesk/contract/quote';
import { useState } from 'react';
import { Button } from '../parts/button.tsx';
import { Notice } from '../parts/notice.tsx';
import { CartLine } from './cart-line.tsx';
import type { CartItem } from './cart-storage.ts';
import { useShopCart } from './shop-cart.tsx';
import type { CartQuote } from './use-cart-quote.ts';

type Removed = { item: CartItem; index: number };

/** The lines of the cart. A removed one leaves "Undo" in its place until the page is left. */
export function CartLines({ quote, compact = false }: { quote: CartQuote; compact?: boolean }) {
  const cart = useShopCart();
  const [removed, setRemoved] = useState<Removed[]>([]);
  const gone = removed.filter(({ item }) => !cart.items.some(({ id }) => id === item.id));
  const rows = withRemoved(cart.items, gone);

  function remove(item: CartItem) {
    const index = rows.findIndex((row) => row.item.id === item.id);
    setRemoved([...removed.filter((entry) => entry.item.id !== item.id), { item, index }]);
    cart.remove(item.id);
  }
  function undo({ item }: Removed) {
    const before = rows.slice(
      0,
      rows.findIndex((row) => row.item.id === item.id),
    );
    cart.restore(item, before.filter((row) => !row.gone).length);
    setRemoved(removed.filter((entry) => entry.item.id !== item.id));
  }

  const lost = Object.entries(quote.notices).filter(([id]) => !rows.some((row) => row.item.id === id));
  return (
    <>
      {lost.length > 0 && (
        <Notice tone="warning" role="status" className="my-4">
          {lost.map(([, notice]) => notice).join(' ')}
        </Notice>
      )}
      <ul className="divide-y divide-border">
        {rows.map((row) =>
          row.gone ? (
            <li key={row.item.id} className="flex items-center justify-between gap-4 py-4 text-muted">
              <span role="status">{row.item.name} removed.</span>
              <Button variant="quiet" size="small" onClick={() => undo(row.gone!)}>
                Undo<span className="sr-only"> removing {row.item.name}</span>
              </Button>
            </li>
          ) : (
            <CartLine
              key={row.item.id}
              item={row.item}
              line={lineOf(quote, row.item.id)}
              pending={quote.pending}
              notice={quote.notices[row.item.id]}
              compact={compact}
              onRemove={() => remove(row.item)}
            />
          ),
        )}
      </ul>
    </>
  );
}

function withRemoved(items: CartItem[], gone: Removed[]): { item: CartItem; gone?: Removed }[] {
  const rows: { item: CartItem; gone?: Removed }[] = items.map((item) => ({ item }));
  for (const entry of gone.toSorted((a, b) => a.index - b.index)) {
    rows.splice(entry.index, 0, { item: entry.item, gone: entry });
  }
  return rows;
}

function lineOf(quote: CartQuote, productId: string): QuoteLine | undefined {
  return quote.quote?.lines.find((line) => line.productId === productId);
}
