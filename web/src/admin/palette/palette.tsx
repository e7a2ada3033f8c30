import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { Dialog } from '../../parts/dialog.tsx';
import { useMay } from '../operator.ts';
import { type Choice, choicesFor } from './choices.ts';
import { useFoundOrders } from './use-found-orders.ts';

type PaletteProps = { open: boolean; setOpen(open: boolean): void; sandbox: boolean };

/** Goes anywhere in the back office by its name, and to an order by what somebody has of it. Opens on Ctrl or ⌘ with K. */
export function Palette({ open, setOpen, sandbox }: PaletteProps) {
  useEffect(() => {
    const press = (event: globalThis.KeyboardEvent) => {
      const isOurs = event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey);
      if (!isOurs || event.altKey || event.shiftKey || event.defaultPrevented) return;
      // Not over a dialog in which something is being decided.
      if (!open && document.querySelector('dialog[open]') !== null) return;
      event.preventDefault();
      setOpen(!open);
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [open, setOpen]);
  return (
    <Dialog
      open={open}
      onClose={() => setOpen(false)}
      title="Go to"
      className="sheet h-[min(640px,76dvh)] w-full max-sm:mt-auto sm:mx-auto sm:mt-[10vh] sm:w-[560px] sm:rounded-dialog"
    >
      <Search sandbox={sandbox} close={() => setOpen(false)} />
    </Dialog>
  );
}

/** A combobox with its list always shown (ARIA Authoring Practices, "combobox"): the focus stays in the field. */
function Search({ sandbox, close }: { sandbox: boolean; close(): void }) {
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const navigate = useNavigate();
  const id = useId();
  const mayManage = useMay('manager');
  const choices = choicesFor(text, useFoundOrders(text), { sandbox, mayManage });
  const current = Math.min(at, choices.length - 1);
  const press = (event: KeyboardEvent) => {
    const next = step(event.key, current, choices.length);
    if (next !== null) setAt(next);
    else if (event.key === 'Enter' && !event.nativeEvent.isComposing) go(choices[current]!);
    else return;
    event.preventDefault();
  };
  const go = ({ to }: Choice) => {
    close();
    void navigate(to);
  };
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <input
        type="text"
        role="combobox"
        aria-label="Page, order number, e-mail or id"
        aria-expanded="true"
        aria-controls={id}
        aria-activedescendant={`${id}-${current}`}
        aria-autocomplete="list"
        placeholder="Page, order number, e-mail, pi_…"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={200}
        value={text}
        data-first=""
        onChange={({ target }) => {
          setText(target.value);
          setAt(0);
        }}
        onKeyDown={press}
        className="m-3 h-11 shrink-0 rounded-control border border-control bg-surface px-3 text-base"
      />
      <Choices id={id} choices={choices} current={current} close={close} />
    </div>
  );
}

/** Where the arrows lead, round at both ends; null for another key. */
function step(key: string, at: number, count: number): number | null {
  if (key === 'ArrowDown') return (at + 1) % count;
  return key === 'ArrowUp' ? (at + count - 1) % count : null;
}

type ChoicesProps = { id: string; choices: readonly Choice[]; current: number; close(): void };

function Choices({ id, choices, current, close }: ChoicesProps) {
  const chosen = useRef<HTMLAnchorElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another line has become the chosen one.
  useEffect(() => {
    void chosen.current?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  return (
    <div id={id} role="listbox" aria-label="Places" className="overflow-y-auto px-2 pb-3">
      {choices.map(({ to, label, hint }, index) => (
        <Link
          key={to}
          ref={index === current ? chosen : null}
          id={`${id}-${index}`}
          to={to}
          role="option"
          aria-selected={index === current}
          tabIndex={-1}
          onClick={close}
          className="flex min-h-11 items-center justify-between gap-4 rounded-control px-3 text-sm hover:bg-hover aria-selected:bg-accent-soft aria-selected:text-accent lg:min-h-9"
        >
          <span className="truncate">{label}</span>
          {hint !== undefined && <span className="truncate text-muted text-xs">{hint}</span>}
        </Link>
      ))}
    </div>
  );
}
