import { useEffect, useState } from 'react';
import { CartLines } from '../cart/cart-lines.tsx';
import { DiscountField } from '../cart/discount-field.tsx';
import { PlacedOrderNotice } from '../cart/placed-order-notice.tsx';
import { QuoteProblem } from '../cart/quote-problem.tsx';
import { useShopCart } from '../cart/shop-cart.tsx';
import { Totals } from '../cart/totals.tsx';
import { type CartQuote, useCartQuote } from '../cart/use-cart-quote.ts';
import { useDiscountFromAddress } from '../cart/use-discount-from-address.ts';
import { ButtonLink } from '../parts/button.tsx';
import { Skeleton } from '../parts/skeleton.tsx';
import { pageTitle, useShopConfig } from '../shop-config.ts';
import { loadShopStripe } from '../stripe.ts';
import type { Route } from './+types/cart.ts';

export function meta({ matches }: Route.MetaArgs) {
  return [{ title: pageTitle(matches, 'Cart') }, { name: 'robots', content: 'noindex' }];
}

export default function CartPage() {
  const cart = useShopCart();
  const quote = useCartQuote();
  const [hadItems, setHadItems] = useState(false);
  useDiscountFromAddress();
  useEarlyStripe();
  useEffect(() => {
    if (cart.items.length > 0) setHadItems(true);
  }, [cart.items]);
  const isEmpty = cart.ready && cart.items.length === 0;
  return (
    <>
      <h1 className="font-semibold text-3xl md:text-4xl">Cart</h1>
      <noscript>
        <p className="mt-6">The cart needs JavaScript. Please switch it on to order.</p>
      </noscript>
      <PlacedOrderNotice />
      {isEmpty && <EmptyCart />}
      {(!isEmpty || hadItems) && (
        <div className="mt-6 lg:grid lg:grid-cols-12 lg:gap-10">
          <div className="lg:col-span-8">
            <QuoteProblem quote={quote} className="mb-4" />
            {cart.ready ? <CartLines quote={quote} /> : <Skeleton className="h-40 w-full" />}
          </div>
          {!isEmpty && (
            <div className="mt-8 lg:col-span-4 lg:mt-0">
              <Summary quote={quote} />
            </div>
          )}
        </div>
      )}
    </>
  );
}

function Summary({ quote }: { quote: CartQuote }) {
  const cart = useShopCart();
  const [draft, setDraft] = useState('');
  if (!quote.quote) return <Skeleton className="h-72 w-full" />;
  return (
    <section
      aria-label="Summary"
      className="space-y-5 rounded-card border border-border bg-surface p-5 lg:sticky lg:top-32"
    >
      <h2 className="font-semibold text-lg">Summary</h2>
      <DiscountField
        applied={quote.quote.discountCode}
        problem={quote.quote.discountProblem?.message ?? null}
        draft={draft}
        onDraft={setDraft}
        onApply={(code) => cart.setDiscountCode(code)}
        onRemove={() => {
          setDraft('');
          cart.setDiscountCode(undefined);
        }}
      />
      <Totals of={quote.quote} pending={quote.pending} />
      {quote.blocked ? (
        <p className="font-medium text-danger text-sm">Remove what is sold out to go on.</p>
      ) : (
        <ButtonLink to="/checkout" size="large" className="w-full">
          Checkout
        </ButtonLink>
      )}
    </section>
  );
}

function EmptyCart() {
  return (
    <div className="mt-6">
      <p className="text-lg">Your cart is empty.</p>
      <ButtonLink to="/" className="mt-5">
        Browse products
      </ButtonLink>
    </div>
  );
}

/**
 * Stripe's script is fetched from here on, when the page is idle, so that the checkout has it at once. Earlier pages do
 * without: it would cost every visitor of the catalogue a few hundred kilobytes.
 */
function useEarlyStripe() {
  const config = useShopConfig();
  useEffect(() => {
    const idle = window.requestIdleCallback ?? ((work: () => void) => setTimeout(work, 1_500));
    idle(() => {
      loadShopStripe(config).catch(() => undefined);
    });
  }, [config]);
}
