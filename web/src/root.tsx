import interLatin from '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url';
import type { ShopConfig } from '@paydesk/contract/config';
import type { ReactNode } from 'react';
import { Links, Meta, Outlet, Scripts, ScrollRestoration } from 'react-router';
import type { Route } from './+types/root.ts';
import { load } from './api/load.ts';
import { ShopCartProvider } from './cart/shop-cart.tsx';
import { ErrorPage } from './layout/error-page.tsx';
import { NavigationFocus } from './layout/navigation-focus.tsx';
import { NavigationProgress } from './layout/navigation-progress.tsx';
import { SandboxStrip } from './layout/sandbox-strip.tsx';
import { ShopFrame } from './layout/shop-frame.tsx';
import { useOptionalShopConfig } from './shop-config.ts';
import './styles/app.css';

export const links: Route.LinksFunction = () => [
  { rel: 'preload', href: interLatin, as: 'font', type: 'font/woff2', crossOrigin: 'anonymous' },
];

export async function loader({ context }: Route.LoaderArgs): Promise<{ config: ShopConfig }> {
  return { config: await load<ShopConfig>(context, '/api/config') };
}

/** The configuration stays the same for as long as a page is open. */
export function shouldRevalidate(): boolean {
  return false;
}

export function Layout({ children }: { children: ReactNode }) {
  const config = useOptionalShopConfig();
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <link
          rel="icon"
          type="image/svg+xml"
          href={config?.sandbox ? '/favicon-sandbox.svg' : '/favicon.svg'}
        />
        <Meta />
        <Links />
      </head>
      <body>
        <a
          href="#main"
          className="sr-only z-50 rounded-control bg-surface px-4 py-3 shadow-popover focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
        >
          Skip to content
        </a>
        <NavigationProgress />
        {config?.sandbox && <SandboxStrip sandboxUrl={config.sandboxUrl} mailbox={config.mailbox} />}
        <ShopCartProvider>{children}</ShopCartProvider>
        <NavigationFocus />
        <ScrollRestoration />
        <Scripts />
      </body>
    </html>
  );
}

export default function Root() {
  return <Outlet />;
}

export function ErrorBoundary({ error }: Route.ErrorBoundaryProps) {
  return (
    <ShopFrame>
      <ErrorPage error={error} />
    </ShopFrame>
  );
}
