import { type ReactNode, useEffect, useState } from 'react';

/** On phones, once the buy box is out of sight: name, price and button at the bottom. In pixels of scrolling. */
const appearsAt = 500;

export function StickyBar({ name, price, children }: { name: string; price: string; children: ReactNode }) {
  const [visible, setVisible] = useState(false);
  useEffect(() => {
    const scrolled = () => setVisible(window.scrollY > appearsAt);
    scrolled();
    window.addEventListener('scroll', scrolled, { passive: true });
    return () => window.removeEventListener('scroll', scrolled);
  }, []);
  if (!visible) return null;
  return (
    <div
      data-sticky-bar
      className="print-hidden fixed inset-x-0 bottom-0 z-20 flex items-center gap-4 border-border border-t bg-surface px-4 py-2 lg:hidden"
    >
      <p className="min-w-0 flex-1">
        <span className="block truncate font-medium text-sm">{name}</span>
        <span className="text-muted text-sm tabular-nums">{price}</span>
      </p>
      {children}
    </div>
  );
}
