import type { OperatorSelf } from '@paydesk/contract/admin/operators';
import LogOut from 'lucide-react/icons/log-out';
import Menu from 'lucide-react/icons/menu';
import Search from 'lucide-react/icons/search';
import Store from 'lucide-react/icons/store';
import { useEffect, useState } from 'react';
import { Link, NavLink, useLocation } from 'react-router';
import { callApi } from '../../api/call.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { useHydrated } from '../../parts/local-time.tsx';
import { useOptionalShopConfig } from '../../shop-config.ts';
import { useMay } from '../operator.ts';
import { adminPages, isOffered } from './pages.ts';

type SidebarProps = { operator: OperatorSelf; sandbox: boolean };
/** Opens what goes anywhere. */
type Finder = { goTo(): void };

/** Beside the page where there is room, a sheet behind a button where there is not. */
export function AdminSidebar({ operator, sandbox, goTo }: SidebarProps & Finder) {
  const [open, setOpen] = useState(false);
  const { pathname } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a page that was chosen closes the sheet.
  useEffect(() => setOpen(false), [pathname]);
  return (
    <>
      <header
        className={`print-hidden sticky z-20 flex h-14 items-center gap-2 border-border border-b bg-bg px-2 lg:hidden ${sandbox ? 'top-8' : 'top-0'}`}
      >
        <button
          type="button"
          aria-label="Pages of the back office"
          onClick={() => setOpen(true)}
          className="grid size-11 place-items-center rounded-control hover:bg-hover"
        >
          <Menu aria-hidden="true" size={20} strokeWidth={1.75} />
        </button>
        <ShopName />
        <button
          type="button"
          aria-label="Go to"
          onClick={goTo}
          className="ml-auto grid size-11 place-items-center rounded-control hover:bg-hover"
        >
          <Search aria-hidden="true" size={20} strokeWidth={1.75} />
        </button>
      </header>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title="Back office"
        className="drawer-left h-dvh w-72"
      >
        <div className="flex flex-1 flex-col overflow-y-auto p-3">
          <Pages operator={operator} sandbox={sandbox} />
        </div>
      </Dialog>
      <aside
        className={`print-hidden sticky hidden w-56 shrink-0 flex-col overflow-y-auto border-border border-r bg-subtle p-3 lg:flex ${sandbox ? 'top-8 h-[calc(100dvh-2rem)]' : 'top-0 h-dvh'}`}
      >
        <div className="mb-3 px-2">
          <ShopName />
        </div>
        <GoTo goTo={goTo} />
        <Pages operator={operator} sandbox={sandbox} />
      </aside>
    </>
  );
}

function GoTo({ goTo }: Finder) {
  const hydrated = useHydrated();
  const isMac = hydrated && /mac|iphone|ipad/i.test(navigator.platform);
  return (
    <button
      type="button"
      onClick={goTo}
      className="mb-3 flex h-8 items-center gap-2 rounded-control border border-control bg-surface px-2 text-[13px] text-muted hover:bg-hover"
    >
      <Search aria-hidden="true" size={14} strokeWidth={1.75} />
      Go to
      <kbd className="ml-auto font-sans text-xs">{isMac ? '⌘K' : 'Ctrl K'}</kbd>
    </button>
  );
}

function ShopName() {
  return (
    <Link to="/admin" className="rounded-control py-2 font-semibold text-base tracking-tight">
      {useOptionalShopConfig()?.shopName ?? 'Shop'}
    </Link>
  );
}

function Pages({ operator, sandbox }: SidebarProps) {
  const looker = { sandbox, mayManage: useMay('manager') };
  return (
    <div className="flex flex-1 flex-col">
      <nav aria-label="Back office" className="grid gap-4">
        {adminPages.map(({ title, pages }) => (
          <div key={title}>
            <p className="px-2 pb-1 font-medium text-muted text-xs">{title}</p>
            <ul className="grid gap-0.5">
              {pages
                .filter((page) => isOffered(page, looker))
                .map(({ to, label, icon: Icon }) => (
                  <li key={to}>
                    <NavLink
                      to={to}
                      end={to === '/admin'}
                      className="flex min-h-11 items-center gap-2.5 rounded-control px-2 text-sm hover:bg-hover aria-[current=page]:bg-accent-soft aria-[current=page]:font-medium aria-[current=page]:text-accent lg:min-h-8"
                    >
                      <Icon aria-hidden="true" size={16} strokeWidth={1.75} className="shrink-0" />
                      {label}
                      {to === '/admin/approvals' && <Waiting count={operator.waiting.approvals} />}
                    </NavLink>
                  </li>
                ))}
            </ul>
          </div>
        ))}
      </nav>
      <Self operator={operator} />
    </div>
  );
}

function Waiting({ count }: { count: number }) {
  if (count === 0) return null;
  return (
    <span className="ml-auto rounded-full bg-accent px-1.5 text-on-accent text-xs tabular-nums">
      {count}
      <span className="sr-only"> waiting</span>
    </span>
  );
}

function Self({ operator }: { operator: OperatorSelf }) {
  const signOut = async () => {
    await callApi('POST', '/api/auth/sign-out', { body: {} });
    location.assign('/sign-in?next=/admin');
  };
  const item = 'flex min-h-11 w-full items-center gap-2.5 rounded-control px-2 hover:bg-hover lg:min-h-8';
  return (
    <div className="mt-6 grid gap-0.5 border-border border-t pt-3 text-sm lg:mt-auto">
      <Link to="/account" className={item}>
        <span className="min-w-0">
          <span className="block truncate font-medium">{operator.name}</span>
          <span className="block text-muted text-xs">{operator.role}</span>
        </span>
      </Link>
      <Link to="/" className={item}>
        <Store aria-hidden="true" size={16} strokeWidth={1.75} />
        The shop
      </Link>
      <button type="button" onClick={signOut} className={item}>
        <LogOut aria-hidden="true" size={16} strokeWidth={1.75} />
        Sign out
      </button>
    </div>
  );
}
