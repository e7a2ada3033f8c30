import { type ReactNode, type RefObject, useEffect, useState } from 'react';

/** Pixels of scrolling after which the bar may appear. */
const appearsAt = 500;

type StickyBarProps = {
  name: string;
  price: string;
  /** The buttons it stands in for; while they are in sight it stays away. */
  buttons: RefObject<HTMLElement | null>;
  children: ReactNode;
};

/** On phones, while the buy box is out of sight: name, price and button at the bottom. */
export function StickyBar({ name, price, buttons, children }: StickyBarProps) {
  const [visible, setVisible] = useState(false);
  useEffect(() => {
    function scrolled() {
      const place = buttons.current?.getBoundingClientRect();
      const inSight = place && place.bottom > 0 && place.top < window.innerHeight;
      setVisible(window.scrollY > appearsAt && !inSight);
    }
    scrolled();
    window.addEventListener('scroll', scrolled, { passive: true });
    return () => window.removeEventListener('scroll', scrolled);
  }, [buttons]);
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
