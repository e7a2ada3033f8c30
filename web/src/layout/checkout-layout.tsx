import Lock from 'lucide-react/icons/lock';
import { Link, Outlet } from 'react-router';
import { useOptionalShopConfig } from '../shop-config.ts';

/** The checkout has no shop navigation: nothing here should lead away by accident. */
export default function CheckoutLayout() {
  const config = useOptionalShopConfig();
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="border-border border-b bg-bg">
        <div className="page flex h-14 items-center justify-between gap-4 md:h-16">
          <Link to="/cart" className="rounded-control py-2 font-semibold text-lg tracking-tight">
            {config?.shopName ?? 'Shop'}
            <span className="sr-only">, back to the cart</span>
          </Link>
          <p className="flex items-center gap-2 text-muted text-sm">
            <Lock aria-hidden="true" size={16} strokeWidth={1.75} />
            Secure checkout
          </p>
        </div>
      </header>
      <main id="main" tabIndex={-1} className="flex flex-1 flex-col">
        <Outlet />
      </main>
    </div>
  );
}
