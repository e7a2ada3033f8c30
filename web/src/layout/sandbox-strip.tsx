import ArrowUpRight from 'lucide-react/icons/arrow-up-right';
import ChevronDown from 'lucide-react/icons/chevron-down';
import { useEffect, useRef } from 'react';
import { CopyButton } from '../parts/copy-button.tsx';

// Stripe's published test cards that a first visitor wants; the sandbox knows all of them.
const testCards = [
  { number: '4242 4242 4242 4242', does: 'Succeeds' },
  { number: '4000 0025 0000 3155', does: 'Asks for 3-D Secure' },
  { number: '4000 0000 0000 0002', does: 'Is declined' },
  { number: '4000 0000 0000 9995', does: 'Has insufficient funds' },
  { number: '4000 0084 0000 1629', does: 'Asks for 3-D Secure, then is declined' },
];

/** On every page of a shop that runs on the sandbox; it cannot be closed. */
export function SandboxStrip({ sandboxUrl, mailbox }: { sandboxUrl: string | null; mailbox: boolean }) {
  return (
    <aside
      aria-label="Sandbox"
      className="print-hidden sticky top-0 z-30 h-8 bg-strip text-on-strip text-xs leading-8 sm:text-[13px]"
    >
      <div className="page flex items-center justify-between gap-2 whitespace-nowrap">
        <p className="truncate">
          <strong className="font-semibold">Sandbox.</strong> No real money moves.
        </p>
        <div className="flex items-center gap-3 sm:gap-4">
          <TestCards />
          <a href="/admin" className="underline underline-offset-2">
            <span className="max-sm:sr-only">Back office</span>
            <span aria-hidden="true" className="sm:hidden">
              Admin
            </span>
          </a>
          {mailbox && (
            <a href="/mailbox" className="underline underline-offset-2">
              <span className="max-sm:sr-only">Mailbox</span>
              <span aria-hidden="true" className="sm:hidden">
                Mail
              </span>
            </a>
          )}
          {sandboxUrl && (
            <a
              href={sandboxUrl}
              rel="noopener"
              className="flex items-center gap-1 underline underline-offset-2"
            >
              <span className="max-sm:sr-only">Open the sandbox</span>
              <span aria-hidden="true" className="max-[359px]:hidden sm:hidden">
                Open
              </span>
              <ArrowUpRight aria-hidden="true" size={14} />
            </a>
          )}
        </div>
      </div>
    </aside>
  );
}

function TestCards() {
  const details = useRef<HTMLDetailsElement>(null);
  useEffect(() => closeFromOutside(details.current!), []);
  return (
    <details ref={details} className="group relative">
      <summary className="flex list-none items-center gap-1 underline underline-offset-2">
        Test cards
        <ChevronDown aria-hidden="true" size={14} className="group-open:rotate-180 max-sm:hidden" />
      </summary>
      <div className="absolute top-8 right-0 w-80 whitespace-normal max-sm:fixed max-sm:inset-x-4 max-sm:top-9 max-sm:w-auto rounded-card border border-border bg-surface p-4 text-sm text-text leading-5 shadow-popover">
        <p className="text-muted">Any future date, any security code, any name.</p>
        <ul className="mt-2 divide-y divide-border">
          {testCards.map((card) => (
            <li key={card.number} className="flex items-center justify-between gap-2 py-2">
              <span>
                <span className="font-mono text-[13px] tabular-nums">{card.number}</span>
                <span className="block text-muted text-xs">{card.does}</span>
              </span>
              <CopyButton
                text={card.number.replaceAll(' ', '')}
                label={`Copy the card number that ${card.does.toLowerCase()}`}
              />
            </li>
          ))}
        </ul>
      </div>
    </details>
  );
}

function closeFromOutside(details: HTMLDetailsElement): () => void {
  const closing = new AbortController();
  const { signal } = closing;
  document.addEventListener(
    'click',
    (event) => {
      if (!details.contains(event.target as Node)) details.open = false;
    },
    { signal },
  );
  details.addEventListener(
    'keydown',
    (event) => {
      if (event.key !== 'Escape' || !details.open) return;
      details.open = false;
      details.querySelector('summary')?.focus();
    },
    { signal },
  );
  return () => closing.abort();
}
