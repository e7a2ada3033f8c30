import Search from 'lucide-react/icons/search';
import ShoppingBag from 'lucide-react/icons/shopping-bag';
import UserRound from 'lucide-react/icons/user-round';
import { Link } from 'react-router';
import { useShopCart } from '../cart/shop-cart.tsx';
import { SearchField } from '../catalogue/search-field.tsx';
import { useOptionalShopConfig } from '../shop-config.ts';

export function Header() {
  const config = useOptionalShopConfig();
  return (
    <header
      className={`print-hidden sticky z-20 border-border border-b bg-bg ${config?.sandbox ? 'top-8' : 'top-0'}`}
    >
      <div className="page flex h-14 items-center gap-3 md:h-16 md:gap-6">
        <Link to="/" className="mr-auto rounded-control py-2 font-semibold text-lg tracking-tight">
          {config?.shopName ?? 'Shop'}
        </Link>
        <SearchField id="header-search" landmark="Search the shop" className="hidden w-72 md:block lg:w-96" />
        <Link
          to="/#search"
          aria-label="Search"
          className="grid size-11 place-items-center rounded-control hover:bg-hover md:hidden"
        >
          <Search aria-hidden="true" size={20} strokeWidth={1.75} />
        </Link>
        <Link
          to="/account"
          className="flex h-11 items-center gap-2 rounded-control px-2.5 font-medium text-sm hover:bg-hover"
        >
          <UserRound aria-hidden="true" size={20} strokeWidth={1.75} />
          <span className="max-sm:sr-only">Account</span>
        </Link>
        <CartLink />
      </div>
    </header>
  );
}

function CartLink() {
  const { count } = useShopCart();
  return (
    <Link
      to="/cart"
      className="-mr-2 flex h-11 items-center gap-2 rounded-control px-2.5 font-medium text-sm hover:bg-hover"
    >
      <ShoppingBag aria-hidden="true" size={20} strokeWidth={1.75} />
      <span className="max-sm:sr-only">Cart</span>
      <span
        className={`min-w-6 rounded-full px-1.5 text-center text-xs leading-6 tabular-nums ${count > 0 ? 'bg-accent text-on-accent' : 'bg-hover text-muted'}`}
      >
        {count}
        <span className="sr-only">{count === 1 ? ' item' : ' items'}</span>
      </span>
    </Link>
  );
}
