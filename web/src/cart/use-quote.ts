import type { Quote, QuoteRequest } from '@paydesk/contract/quote';
import { useCallback, useEffect, useRef, useState } from 'react';
import { ApiError, callApi } from '../api/call.ts';

export type QuoteState = {
  /** The last answer; it stays while a new one is on its way, so that nothing blinks. */
  quote: Quote | null;
  /** The answer does not belong to what is wanted now. */
  pending: boolean;
  error: ApiError | null;
  refresh: () => void;
};

/** How long a shopper may go on changing things before the shop is asked, in milliseconds. */
const settleTime = 400;

/** The server's prices, stock and totals for a cart; `null` asks for nothing. */
export function useQuote(request: QuoteRequest | null): QuoteState {
  const wanted = request ? JSON.stringify(request) : null;
  const [answer, setAnswer] = useState<{ wanted: string; quote: Quote } | null>(null);
  const [failure, setFailure] = useState<{ wanted: string; error: ApiError } | null>(null);
  const [round, setRound] = useState(0);
  const asked = useRef(false);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `round` asks again for the same.
  useEffect(() => {
    if (wanted === null) return;
    const stop = new AbortController();
    const timer = setTimeout(
      () => {
        asked.current = true;
        callApi<Quote>('POST', '/api/quote', { body: JSON.parse(wanted), signal: stop.signal }).then(
          (quote) => {
            if (stop.signal.aborted) return;
            setAnswer({ wanted, quote });
            setFailure(null);
          },
          (error: unknown) => {
            if (!stop.signal.aborted && error instanceof ApiError) setFailure({ wanted, error });
          },
        );
      },
      asked.current ? settleTime : 0,
    );
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [wanted, round]);

  const refresh = useCallback(() => setRound((count) => count + 1), []);
  const error = failure && failure.wanted === wanted ? failure.error : null;
  return {
    quote: wanted === null ? null : (answer?.quote ?? null),
    pending: wanted !== null && answer?.wanted !== wanted && !error,
    error,
    refresh,
  };
}
