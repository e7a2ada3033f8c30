import type { OperatorSelf } from '@paydesk/contract/admin/operators';
import { useState } from 'react';
import { Outlet, redirect } from 'react-router';
import { Shortcuts } from '../admin/frame/shortcuts.tsx';
import { AdminSidebar } from '../admin/frame/sidebar.tsx';
import { Palette } from '../admin/palette/palette.tsx';
import { loadIfSignedIn } from '../api/load.ts';
import { useOptionalShopConfig } from '../shop-config.ts';
import type { Route } from './+types/admin-layout.ts';

export async function loader({ context, request }: Route.LoaderArgs): Promise<{ operator: OperatorSelf }> {
  const { pathname, search } = new URL(request.url);
  const page = pathname.replace(/\.data$/, '');
  const operator = await loadIfSignedIn<OperatorSelf>(context, '/api/admin/me');
  if (!operator) throw redirect(`/sign-in?next=${encodeURIComponent(page + search)}`);
  if (operator.mustSetUpTwoStep) throw redirect('/account?two-step=required');
  return { operator };
}

export function headers() {
  return { 'Cache-Control': 'private, no-store', 'Referrer-Policy': 'no-referrer' };
}

export function meta() {
  return [{ name: 'robots', content: 'noindex' }];
}

/** The back office: a sidebar of its pages, and the page. */
export default function AdminLayout({ loaderData: { operator } }: Route.ComponentProps) {
  const sandbox = useOptionalShopConfig()?.sandbox ?? false;
  const [goes, setGoes] = useState(false);
  return (
    <div className={`lg:flex ${sandbox ? 'min-h-[calc(100dvh-2rem)]' : 'min-h-dvh'}`}>
      <AdminSidebar operator={operator} sandbox={sandbox} goTo={() => setGoes(true)} />
      <main id="main" tabIndex={-1} className="min-w-0 flex-1 px-4 py-5 text-sm md:px-6 lg:py-6">
        <div className="mx-auto max-w-[1440px]">
          <Outlet />
        </div>
      </main>
      <Shortcuts />
      <Palette open={goes} setOpen={setGoes} sandbox={sandbox} />
    </div>
  );
}
