import type { Order, OrderChange } from '@paydesk/contract/orders';
import { useCallback, useEffect, useRef, useState } from 'react';
import { callApi } from '../api/call.ts';
import { isSettled } from './order-state.ts';

export type LiveOrder = {
  order: Order;
  /** Asking by itself has ended without a result; `check` asks once more. */
  stopped: boolean;
  check: () => void;
  /** Puts in an order that an action has just answered with. */
  put: (order: Order) => void;
};

/** Pauses between questions while the stream is down, in milliseconds; the last one repeats. */
const pauses = [2_000, 2_000, 2_000, 5_000, 5_000, 5_000, 15_000];
/** After this long without a result we stop asking, in milliseconds. */
const stopAfter = 10 * 60_000;

/** Keeps an order up to date: by the live stream, and by asking where there is none. */
export function useLiveOrder(loaded: Order): LiveOrder {
  const [order, setOrder] = useState(loaded);
  const [stopped, setStopped] = useState(false);
  const [round, setRound] = useState(0);
  const version = useRef(loaded.version);
  const settled = useRef(isSettled(loaded));

  const put = useCallback((next: Order) => {
    if (next.version < version.current) return;
    version.current = next.version;
    settled.current = isSettled(next);
    setOrder(next);
  }, []);

  const id = loaded.id;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `round` starts again after a stop.
  useEffect(() => {
    const refresh = async () => put((await callApi<{ order: Order }>('GET', `/api/orders/${id}`)).order);
    const polling = startPolling(
      refresh,
      () => settled.current,
      () => setStopped(true),
    );
    const stream = openStream(id, {
      onOpen: polling.pause,
      onLost: polling.resume,
      onChange: (change) => {
        if (change.version > version.current) refresh().catch(polling.resume);
      },
    });
    return () => {
      polling.stop();
      stream.close();
    };
  }, [id, put, round]);

  const check = useCallback(() => {
    setStopped(false);
    setRound((count) => count + 1);
    callApi<{ order: Order }>('GET', `/api/orders/${id}`).then(
      ({ order }) => put(order),
      () => undefined,
    );
  }, [id, put]);
  return { order, stopped, check, put };
}

type StreamEvents = { onOpen: () => void; onLost: () => void; onChange: (change: OrderChange) => void };

/** Hidden tabs close the stream, because a browser allows only six connections to one host; showing opens it again. */
function openStream(id: string, events: StreamEvents): { close: () => void } {
  let source: EventSource | null = null;
  function open() {
    source = new EventSource(`/api/orders/${id}/events`);
    source.onopen = events.onOpen;
    source.onerror = events.onLost;
    source.addEventListener('order', (event) => events.onChange(JSON.parse(event.data) as OrderChange));
  }
  function follow() {
    source?.close();
    if (!document.hidden) open();
  }
  open();
  document.addEventListener('visibilitychange', follow);
  return {
    close() {
      document.removeEventListener('visibilitychange', follow);
      source?.close();
    },
  };
}

function startPolling(refresh: () => Promise<void>, isDone: () => boolean, onStop: () => void) {
  const began = Date.now();
  let asked = 0;
  let paused = false;
  let timer: ReturnType<typeof setTimeout>;
  function next() {
    clearTimeout(timer);
    if (paused || isDone()) return;
    if (Date.now() - began > stopAfter) return onStop();
    timer = setTimeout(ask, pauses[Math.min(asked, pauses.length - 1)]);
  }
  async function ask() {
    asked += 1;
    await refresh().catch(() => undefined);
    next();
  }
  next();
  return {
    pause() {
      paused = true;
      clearTimeout(timer);
    },
    resume() {
      if (!paused) return;
      paused = false;
      asked = 0;
      next();
    },
    stop() {
      paused = true;
      clearTimeout(timer);
    },
  };
}
