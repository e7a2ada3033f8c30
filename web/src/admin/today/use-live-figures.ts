import type { Figures } from '@paydesk/contract/admin/figures';
import type { Today } from '@paydesk/contract/admin/today';
import { useCallback, useEffect, useRef, useState } from 'react';
import { ApiError, callApi } from '../../api/call.ts';

/** What the page shows; a half that could not be read is null. */
export type TodayData = { today: Today | null; figures: Figures | null };

export type Live = TodayData & {
  /** What went wrong with the last look; what is shown is older then. */
  trouble: string | null;
  /** When it was looked last with success, in epoch milliseconds; null before the browser did. */
  updatedAt: number | null;
};

/** However much happens, the figures are read again only this often, in milliseconds. */
const atMostEvery = 2_000;
/** When a stream that the server refused is tried again, in milliseconds. */
const tryAgainAfter = 5_000;

/** Keeps the figures up to date while somebody looks: a stream says that something changed, and then they are read again. */
export function useLiveFigures(loaded: TodayData, query: string): Live {
  const [fresh, setFresh] = useState<{ of: TodayData; data: TodayData } | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [updatedAt, setUpdatedAt] = useState<number | null>(null);

  const refresh = useCallback(async () => {
    try {
      const [today, figures] = await Promise.all([
        callApi<Today>('GET', '/api/admin/today'),
        callApi<Figures>('GET', `/api/admin/figures?${query}`),
      ]);
      setFresh({ of: loaded, data: { today, figures } });
      setTrouble(null);
      setUpdatedAt(Date.now());
    } catch (error) {
      setTrouble(error instanceof ApiError && error.status === 401 ? 'You are signed out.' : 'Reconnecting…');
    }
  }, [loaded, query]);

  useChanges(refresh, () => setTrouble('Reconnecting…'));
  const data = fresh?.of === loaded ? fresh.data : loaded;
  return { ...data, trouble, updatedAt };
}

/** Calls back when something in the shop has changed, now and then, and once when the stream begins or comes back. */
function useChanges(onChange: () => Promise<void>, onLost: () => void): void {
  const callbacks = useRef({ onChange, onLost });
  callbacks.current = { onChange, onLost };
  useEffect(() => {
    const paced = makePaced(() => callbacks.current.onChange());
    const stream = openStream(paced.run, () => callbacks.current.onLost());
    return () => {
      stream.close();
      paced.stop();
    };
  }, []);
}

/** One run at a time, and a while between two; a wish that comes meanwhile is met afterwards. */
function makePaced(work: () => Promise<void>): { run: () => void; stop: () => void } {
  let busy = false;
  let wanted = false;
  let stopped = false;
  let timer: ReturnType<typeof setTimeout>;
  const run = () => {
    wanted = true;
    if (busy || stopped) return;
    busy = true;
    wanted = false;
    void work().finally(() => {
      timer = setTimeout(() => {
        busy = false;
        if (wanted) run();
      }, atMostEvery);
    });
  };
  const stop = () => {
    stopped = true;
    clearTimeout(timer);
  };
  return { run, stop };
}

/** Hidden tabs close the stream, because a browser allows only six connections to one host; showing opens it again. */
function openStream(onChange: () => void, onLost: () => void): { close: () => void } {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout>;
  function open() {
    source = new EventSource('/api/admin/live');
    source.onopen = onChange;
    source.addEventListener('changed', onChange);
    source.onerror = () => {
      onLost();
      // The browser comes back by itself unless the server said no.
      if (source?.readyState === EventSource.CLOSED) timer = setTimeout(follow, tryAgainAfter);
    };
  }
  function follow() {
    clearTimeout(timer);
    source?.close();
    source = null;
    if (!document.hidden) open();
  }
  follow();
  document.addEventListener('visibilitychange', follow);
  return {
    close() {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', follow);
      source?.close();
    },
  };
}
