import { formatMoney } from '@paydesk/contract/money';
import type { Quote } from '@paydesk/contract/quote';
import { useEffect, useRef, useState } from 'react';
import { DiscountField } from '../cart/discount-field.tsx';
import { useShopCart } from '../cart/shop-cart.tsx';
import { Totals } from '../cart/totals.tsx';
import type { CartQuote } from '../cart/use-cart-quote.ts';
import { Notice } from '../parts/notice.tsx';
import { Skeleton } from '../parts/skeleton.tsx';
import { useShopConfig } from '../shop-config.ts';
import { SummaryLines } from './summary-lines.tsx';

type CartSummaryProps = { quote: CartQuote; draft: string; onDraft: (code: string) => void };

/** What the checkout is about to order, with its discount code and totals. */
export function CartSummary({ quote, draft, onDraft }: CartSummaryProps) {
  const cart = useShopCart();
  const current = quote.quote;
  if (!current) return <Skeleton className="h-64 w-full" />;
  const notices = Object.values(quote.notices);
  return (
    <div className="space-y-6">
      <SummaryLines lines={current.lines} />
      {notices.length > 0 && (
        <Notice tone="warning" role="status">
          {notices.join(' ')}
        </Notice>
      )}
      <DiscountField
        applied={current.discountCode}
        problem={current.discountProblem?.message ?? null}
        draft={draft}
        onDraft={onDraft}
        onApply={(code) => cart.setDiscountCode(code)}
        onRemove={() => {
          onDraft('');
          cart.setDiscountCode(undefined);
        }}
      />
      <Totals of={current} pending={quote.pending} />
      <TotalChange quote={current} />
    </div>
  );
}

/** Says what a new country or code did to the total. */
function TotalChange({ quote }: { quote: Quote }) {
  const { countries } = useShopConfig();
  const before = useRef(quote);
  const [text, setText] = useState('');
  useEffect(() => {
    const last = before.current;
    before.current = quote;
    if (last.total.amount !== quote.total.amount) setText(totalChange(last, quote, countries));
  }, [quote, countries]);
  return (
    <p role="status" className="text-muted text-sm">
      {text}
    </p>
  );
}

function totalChange(last: Quote, now: Quote, countries: readonly { code: string; name: string }[]): string {
  const total = `The total is now ${formatMoney(now.total)}.`;
  if (last.country === now.country || !last.shipping || !now.shipping) return total;
  const difference = now.shipping.amount - last.shipping.amount;
  if (difference === 0) return total;
  const name = countries.find(({ code }) => code === now.country)?.name ?? now.country;
  const money = formatMoney({ ...now.shipping, amount: Math.abs(difference) });
  return `Shipping to ${name} ${difference > 0 ? 'added' : 'saved'} ${money}. ${total}`;
}
