import { formatMoney } from '@paydesk/contract/money';
import { useEffect } from 'react';
import { useLocation } from 'react-router';
import { Button, ButtonLink } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { CartLines } from './cart-lines.tsx';
import { useShopCart } from './shop-cart.tsx';
import { useCartQuote } from './use-cart-quote.ts';

/** Opens from the right after something was added. */
export function CartDrawer() {
  const { drawer } = useShopCart();
  const { pathname } = useLocation();
  // A new page closes the drawer, also one that has none: it would open again on the next page that has.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only leaving a page closes it.
  useEffect(() => drawer.hide, [pathname]);
  return (
    <Dialog
      open={drawer.open}
      onClose={drawer.hide}
      title="Cart"
      className="drawer fixed inset-y-0 right-0 left-auto h-dvh w-[400px] max-[479px]:w-full"
    >
      <DrawerContent onClose={drawer.hide} />
    </Dialog>
  );
}

function DrawerContent({ onClose }: { onClose: () => void }) {
  const cart = useShopCart();
  const quote = useCartQuote();
  if (cart.ready && cart.items.length === 0 && !quote.quote) {
    return <EmptyDrawer onClose={onClose} />;
  }
  return (
    <>
      <div className="min-h-0 flex-1 overflow-y-auto px-5">
        <CartLines quote={quote} compact />
      </div>
      <div className="space-y-3 border-border border-t p-5">
        <p className="text-muted text-sm">Shipping and tax are added at checkout.</p>
        <ButtonLink to="/checkout" size="large" className="w-full tabular-nums">
          Checkout{quote.quote && ` · ${formatMoney(quote.quote.total)}`}
        </ButtonLink>
        <ButtonLink to="/cart" variant="secondary" className="w-full">
          View cart
        </ButtonLink>
      </div>
    </>
  );
}

function EmptyDrawer({ onClose }: { onClose: () => void }) {
  return (
    <div className="grid flex-1 place-content-center gap-4 p-5 text-center">
      <p>Your cart is empty.</p>
      <Button variant="secondary" onClick={onClose}>
        Go on shopping
      </Button>
    </div>
  );
}
