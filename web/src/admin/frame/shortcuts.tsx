import { useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { Dialog } from '../../parts/dialog.tsx';
import { adminPages } from './pages.ts';

const switchedOff = 'paydesk-admin-keys-off';

/** How long the second key may take after `g`, in milliseconds. */
const chordTime = 1_500;

const destinations = adminPages.flatMap(({ pages }) => pages).filter(({ key }) => key !== undefined);

/**
 * Single keys: `/` to the search, `j` and `k` through the rows, `g` and a letter to a page, `?` for the list. None of them while somebody
 * types, and none at all where they were switched off, because voice control sends letters that nobody pressed.
 */
export function Shortcuts() {
  const [helps, setHelps] = useState(false);
  const navigate = useNavigate();
  const pressedG = useRef(0);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || !isForUs(event)) return;
      const chord = event.timeStamp - pressedG.current < chordTime;
      pressedG.current = event.key === 'g' ? event.timeStamp : 0;
      const page = chord && destinations.find(({ key }) => key === event.key);
      const done = page ? void navigate(page.to) : act(event.key, () => setHelps(true));
      if (done !== false) event.preventDefault();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [navigate]);
  return (
    <Dialog
      open={helps}
      onClose={() => setHelps(false)}
      title="Keys"
      className="sheet w-full sm:m-auto sm:w-96 sm:rounded-dialog"
    >
      <Keys />
    </Dialog>
  );
}

function isForUs(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  if (localStorage.getItem(switchedOff) !== null && event.key !== '?') return false;
  const at = event.target as HTMLElement;
  const types = at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName);
  return !types && document.querySelector('dialog[open]') === null;
}

function act(key: string, help: () => void): boolean {
  if (key === '?') help();
  else if (key === '/') document.querySelector<HTMLElement>('[data-search]')?.focus();
  else if (key === 'j' || key === 'k') stepRows(key === 'j' ? 1 : -1);
  else return false;
  return true;
}

function stepRows(by: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>('[data-row]')];
  const at = rows.indexOf(document.activeElement as HTMLElement);
  const next = at === -1 ? (by === 1 ? 0 : rows.length - 1) : at + by;
  rows[next]?.focus();
}

function Keys() {
  const [off, setOff] = useState(() => localStorage.getItem(switchedOff) !== null);
  const change = (isOff: boolean) => {
    if (isOff) localStorage.setItem(switchedOff, '1');
    else localStorage.removeItem(switchedOff);
    setOff(isOff);
  };
  const keys = [
    ['/', 'Search'],
    ['j  k', 'Next and previous row'],
    ['Enter', 'Open the row'],
    ...destinations.map(({ key, label }) => [`g ${key}`, label]),
    ['Ctrl K', 'Go anywhere, or to an order'],
    ['?', 'These keys'],
  ];
  return (
    <div className="overflow-y-auto p-5 text-sm">
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-2">
        {keys.map(([key, label]) => (
          <div key={key} className="contents">
            <dt className="font-mono">{key}</dt>
            <dd>{label}</dd>
          </div>
        ))}
      </dl>
      <label className="mt-4 flex min-h-11 items-center gap-2">
        <input
          type="checkbox"
          checked={!off}
          onChange={(event) => change(!event.target.checked)}
          className="size-5"
        />
        Single keys are on
      </label>
    </div>
  );
}
