import type { AdminOrder } from '@paydesk/contract/admin';
import type { OrderChange } from '@paydesk/contract/orders';
import { useEffect, useRef } from 'react';
import { useRevalidator } from 'react-router';

/** What has no version, such as an e-mail that is sent, is looked at this often while it is expected, in milliseconds. */
const lookEvery = 4_000;
/** And this often in any case, should a change have gone unheard. */
const lookAnyway = 60_000;

/** Keeps the page of an order true while somebody looks at it: by the live stream, and by asking where something is expected. */
export function useDeskLive(desk: AdminOrder): void {
  const { revalidate } = useRevalidator();
  const { id } = desk.order;
  const version = useRef(desk.order.version);
  version.current = desk.order.version;
  const pause = isWaiting(desk) ? lookEvery : lookAnyway;

  useEffect(() => {
    let source: EventSource | null = null;
    const follow = () => {
      source?.close();
      source = document.hidden ? null : new EventSource(`/api/admin/orders/${id}/live`);
      source?.addEventListener('order', (event) => {
        const change = JSON.parse(event.data) as OrderChange;
        if (change.version > version.current) void revalidate();
      });
    };
    follow();
    document.addEventListener('visibilitychange', follow);
    return () => {
      document.removeEventListener('visibilitychange', follow);
      source?.close();
    };
  }, [id, revalidate]);

  useEffect(() => {
    const timer = setInterval(() => !document.hidden && void revalidate(), pause);
    return () => clearInterval(timer);
  }, [pause, revalidate]);
}

/** Something is due within a moment that changes no version. */
function isWaiting({ mails, effects, refunds, order }: AdminOrder): boolean {
  const soon = Date.now() + 2 * lookAnyway;
  const open = new Set(['requested', 'unknown']);
  return (
    mails.some(({ state, dueAt }) => state === 'waiting' && Date.parse(dueAt) < soon) ||
    effects.some((each) => each.doneAt === null && each.gaveUpAt === null && Date.parse(each.dueAt) < soon) ||
    (refunds.length > 0 && order.refunds.some(({ status }) => open.has(status)))
  );
}
