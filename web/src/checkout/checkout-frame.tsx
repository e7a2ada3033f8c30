import { formatMoney } from '@paydesk/contract/money';
import ChevronDown from 'lucide-react/icons/chevron-down';
import { type ReactNode, useState } from 'react';
import { useShopConfig } from '../shop-config.ts';

type CheckoutFrameProps = {
  itemCount: number;
  total: { amount: number; currency: string } | null;
  summary: ReactNode;
  children: ReactNode;
};

/** The form on the left, what is bought on the right; on a phone the latter folds into a bar that stays on top. */
export function CheckoutFrame({ itemCount, total, summary, children }: CheckoutFrameProps) {
  return (
    <>
      <SummaryBar itemCount={itemCount} total={total} summary={summary} />
      <div className="grid flex-1 lg:grid-cols-[minmax(0,1fr)_minmax(0,480px)] xl:grid-cols-[minmax(0,1fr)_minmax(0,560px)]">
        <div className="px-4 py-8 sm:px-6 lg:px-12 lg:py-12">
          <div className="mx-auto w-full max-w-[560px] lg:mr-0">{children}</div>
        </div>
        <aside aria-label="Order summary" className="hidden border-border border-l bg-subtle lg:block">
          <div className="sticky top-8 max-w-[448px] p-12 pl-10">
            <h2 className="mb-5 font-semibold text-xl">Order summary</h2>
            {summary}
          </div>
        </aside>
      </div>
    </>
  );
}

function SummaryBar({ itemCount, total, summary }: Omit<CheckoutFrameProps, 'children'>) {
  const { sandbox } = useShopConfig();
  const [open, setOpen] = useState(false);
  return (
    <div className="contents lg:hidden">
      <div
        className={`sticky z-10 border-border border-b bg-subtle lg:hidden ${sandbox ? 'top-8' : 'top-0'}`}
      >
        <button
          type="button"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          className="flex min-h-13 w-full items-center gap-2 px-4 text-left sm:px-6"
        >
          <span className="font-medium">Order summary</span>
          {itemCount > 0 && (
            <span className="text-muted text-sm">
              · {itemCount} {itemCount === 1 ? 'item' : 'items'}
            </span>
          )}
          <ChevronDown aria-hidden="true" size={16} className={open ? 'rotate-180' : ''} />
          <span className="ml-auto font-semibold tabular-nums">{total ? formatMoney(total) : '…'}</span>
        </button>
      </div>
      {/* Only the bar stays on top: an open summary must not cover the field somebody works in. */}
      {open && (
        <div className="border-border border-b bg-subtle px-4 pt-4 pb-6 sm:px-6 lg:hidden">{summary}</div>
      )}
    </div>
  );
}
