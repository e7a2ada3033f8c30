import X from 'lucide-react/icons/x';
import { type MouseEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';

type DialogProps = {
  open: boolean;
  onClose: () => void;
  title: string;
  className: string;
  children: ReactNode;
};

/**
 * A modal dialog on the browser's own element, which keeps the focus inside, makes the rest inert, closes on Escape
 * and gives the focus back to whatever opened it. The content exists only while it is open. The focus begins on what has `data-first`,
 * else on the heading.
 */
export function Dialog({ open, onClose, title, className, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const titleId = useId();
  const isShown = useLingering(open);
  useEffect(() => {
    const element = dialog.current!;
    if (open && !element.open) {
      element.showModal();
      (element.querySelector<HTMLElement>('[data-first]') ?? heading.current)?.focus();
    }
    if (!open && element.open) element.close();
  }, [open]);
  function closeFromBackdrop(event: MouseEvent) {
    if (event.target === dialog.current) onClose();
  }
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes it; the click is the backdrop's.
    <dialog
      ref={dialog}
      aria-labelledby={titleId}
      onClose={onClose}
      onClick={closeFromBackdrop}
      className={`m-0 max-h-none max-w-none bg-surface p-0 text-text shadow-dialog ${className}`}
    >
      {isShown && (
        <div className="flex h-full flex-col">
          <div className="flex items-center justify-between border-border border-b py-2 pr-2 pl-5">
            <h2 ref={heading} id={titleId} tabIndex={-1} className="font-semibold text-lg">
              {title}
            </h2>
            <button
              type="button"
              aria-label={`Close ${title.toLowerCase()}`}
              onClick={onClose}
              className="grid size-11 place-items-center rounded-control hover:bg-hover"
            >
              <X aria-hidden="true" size={20} strokeWidth={1.75} />
            </button>
          </div>
          {children}
        </div>
      )}
    </dialog>
  );
}

/** Milliseconds in which a closing dialog leaves; see `drawer` and `sheet` in styles/app.css. */
const leaving = 200;

/** Stays true a little longer than `open`, so that the content leaves together with its dialog. */
function useLingering(open: boolean): boolean {
  const [lingers, setLingers] = useState(false);
  useEffect(() => {
    if (open) setLingers(true);
    const timer = open ? undefined : setTimeout(() => setLingers(false), leaving);
    return () => clearTimeout(timer);
  }, [open]);
  return open || lingers;
}
