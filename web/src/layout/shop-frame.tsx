import type { ReactNode } from 'react';
import { Footer } from './footer.tsx';
import { Header } from './header.tsx';

/** Header, main and footer of every page but the checkout. */
export function ShopFrame({ children }: { children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col">
      <Header />
      <main id="main" tabIndex={-1} className="page flex-1 py-6 md:py-8">
        {children}
      </main>
      <Footer />
    </div>
  );
}
