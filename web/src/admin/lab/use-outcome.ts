import type { LabOutcome } from '@paydesk/contract/admin/lab';
import { useEffect, useState } from 'react';
import { useRevalidator } from 'react-router';
import { ApiError, callApi } from '../../api/call.ts';

/** How often it is looked what has become of the order, in milliseconds, and how often at most. */
const pause = 1_000;
const mostLooks = 120;

export type Watched = { outcome: LabOutcome; hasGivenUp: boolean };

/** Follows an experiment until all is well. */
export function useOutcome(first: LabOutcome): Watched {
  const [outcome, setOutcome] = useState(first);
  const [looks, setLooks] = useState(0);
  const isOver = outcome.state !== 'waiting' || looks >= mostLooks;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each look is followed by the next one.
  useEffect(() => {
    if (isOver) return;
    const stop = new AbortController();
    const timer = setTimeout(async () => {
      const path = `/api/admin/lab/experiments/${outcome.kind}/${outcome.order.id}`;
      try {
        setOutcome(await callApi<LabOutcome>('GET', path, { signal: stop.signal }));
      } catch (error) {
        // The next look may do better.
        if (!(error instanceof ApiError) && !stop.signal.aborted) throw error;
      }
      if (!stop.signal.aborted) setLooks((count) => count + 1);
    }, pause);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [isOver, looks]);
  const { revalidate } = useRevalidator();
  // How often the faults have acted is told beside it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it is over.
  useEffect(() => {
    if (isOver) void revalidate();
  }, [isOver]);
  return { outcome, hasGivenUp: outcome.state === 'waiting' && isOver };
}
