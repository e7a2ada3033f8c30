import Ellipsis from 'lucide-react/icons/ellipsis';
import { type KeyboardEvent, type RefObject, useEffect, useId, useRef, useState } from 'react';

export type MenuItem = { label: string; danger?: boolean; choose(): void };

/**
 * Further actions behind one button. Arrows go through them, Escape leaves, and the button has the focus again. On a phone the
 * menu is as wide as the nearest positioned parent.
 */
export function ActionMenu({ label, items }: { label: string; items: readonly MenuItem[] }) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  useMenuFocus(root, open, () => setOpen(false));
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  if (items.length === 0) return null;
  return (
    <div ref={root} className="sm:relative">
      <button
        ref={button}
        type="button"
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
        className="inline-flex min-h-11 items-center gap-1.5 rounded-control border border-control bg-surface px-3 font-medium text-sm hover:bg-hover lg:min-h-9"
      >
        <Ellipsis aria-hidden="true" size={16} strokeWidth={1.75} />
        {label}
      </button>
      {open && <Menu id={id} label={label} items={items} close={close} />}
    </div>
  );
}

type MenuProps = { id: string; label: string; items: readonly MenuItem[]; close(): void };

function Menu({ id, label, items, close }: MenuProps) {
  const press = (event: KeyboardEvent<HTMLElement>) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Escape') close();
    else if (step !== undefined) moveFocus(event.currentTarget, step);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      id={id}
      role="menu"
      aria-label={label}
      tabIndex={-1}
      onKeyDown={press}
      className="absolute top-full right-0 z-30 mt-1 grid min-w-56 rounded-card border border-border bg-surface p-1 shadow-popover max-sm:left-0"
    >
      {items.map(({ label: text, danger, choose }) => (
        <button
          key={text}
          type="button"
          role="menuitem"
          tabIndex={-1}
          onClick={() => {
            close();
            choose();
          }}
          className={`min-h-11 rounded-control px-3 text-left text-sm hover:bg-hover lg:min-h-9 ${danger ? 'text-danger' : ''}`}
        >
          {text}
        </button>
      ))}
    </div>
  );
}

/** The first item has the focus once the menu is open; pressing or going elsewhere closes it. */
function useMenuFocus(root: RefObject<HTMLElement | null>, open: boolean, onLeave: () => void): void {
  const leave = useRef(onLeave);
  leave.current = onLeave;
  useEffect(() => {
    if (!open) return;
    itemsOf(root.current!)[0]?.focus();
    const look = (event: Event) => {
      if (!root.current?.contains(event.target as Node)) leave.current();
    };
    document.addEventListener('pointerdown', look);
    document.addEventListener('focusin', look);
    return () => {
      document.removeEventListener('pointerdown', look);
      document.removeEventListener('focusin', look);
    };
  }, [open, root]);
}

function moveFocus(menu: HTMLElement, step: number): void {
  const items = itemsOf(menu);
  const at = items.indexOf(document.activeElement as HTMLElement);
  items[(at + step + items.length) % items.length]?.focus();
}

function itemsOf(element: HTMLElement): HTMLElement[] {
  return [...element.querySelectorAll<HTMLElement>('[role=menuitem]')];
}
