import { Notice } from '../parts/notice.tsx';
import type { CartQuote } from './use-cart-quote.ts';

/** Why the shop gave no prices, and a way to ask again. */
export function QuoteProblem({ quote, className }: { quote: CartQuote; className?: string }) {
  if (!quote.error) return null;
  return (
    <Notice tone="danger" role="alert" {...(className ? { className } : {})}>
      {quote.error.message}{' '}
      <button type="button" className="underline underline-offset-4" onClick={quote.refresh}>
        Try again
      </button>
    </Notice>
  );
}
