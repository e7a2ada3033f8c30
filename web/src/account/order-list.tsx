import type { AccountOrder, AccountOrders } from '@paydesk/contract/account';
import { formatMoney } from '@paydesk/contract/money';
import { useState } from 'react';
import { Link } from 'react-router';
import { callApi } from '../api/call.ts';
import { DocumentLink } from '../order/card.tsx';
import { Button, ButtonLink } from '../parts/button.tsx';
import { LocalTime } from '../parts/local-time.tsx';

/** Somebody's orders, newest first, with what can be done about each. */
export function OrderList({ first }: { first: AccountOrders }) {
  const [pages, setPages] = useState([first]);
  const [busy, setBusy] = useState(false);
  const orders = pages.flatMap((page) => page.orders);
  const next = pages.at(-1)?.next ?? null;
  if (orders.length === 0) return <NoOrders />;
  const more = () => {
    if (busy) return;
    setBusy(true);
    callApi<AccountOrders>('GET', `/api/account/orders?before=${encodeURIComponent(next ?? '')}`)
      .then((page) => setPages((known) => [...known, page]))
      .finally(() => setBusy(false));
  };
  return (
    <>
      <ul className="divide-y divide-border rounded-card border border-border bg-surface">
        {orders.map((order) => (
          <OrderRow key={order.id} order={order} />
        ))}
      </ul>
      {next !== null && (
        <Button variant="secondary" className="mt-4" aria-disabled={busy} onClick={more}>
          {busy ? 'Loading…' : 'Show older orders'}
        </Button>
      )}
    </>
  );
}

function OrderRow({ order }: { order: AccountOrder }) {
  const { id, number, status, placedAt, itemCount, total, payable, invoiceUrl } = order;
  return (
    <li className="grid grid-cols-[1fr_auto] items-center gap-x-6 gap-y-1 p-4 sm:grid-cols-[1fr_12rem_6rem_6rem]">
      <div>
        <Link
          to={`/orders/${id}`}
          className="inline-flex min-h-9 items-center font-medium font-mono underline underline-offset-4"
        >
          {number}
        </Link>
        <p className="text-muted text-sm">
          <LocalTime at={placedAt} as="date" /> · {itemCount === 1 ? '1 item' : `${itemCount} items`}
        </p>
      </div>
      <p className="text-sm max-sm:order-last">{statusText(order)}</p>
      <p className="text-right font-medium tabular-nums">{formatMoney(total)}</p>
      <div className="flex min-h-9 justify-end max-sm:order-last">
        {payable && (
          <ButtonLink to={`/checkout?order=${id}`} size="small">
            {status === 'failed' ? 'Try again' : 'Pay'}
          </ButtonLink>
        )}
        {invoiceUrl && <DocumentLink url={invoiceUrl} label="Invoice" of={`of order ${number}`} />}
      </div>
    </li>
  );
}

const statusTexts: Record<AccountOrder['status'], string> = {
  pending: 'Waiting for payment',
  processing: 'Payment under way',
  partially_paid: 'Paid in part',
  paid: 'Paid',
  failed: 'Payment failed',
  canceled: 'Cancelled',
  expired: 'Expired',
  partially_refunded: 'Refunded in part',
  refunded: 'Refunded',
  review: 'We are looking into it',
};

function statusText({ status, refunded }: AccountOrder): string {
  const text = statusTexts[status];
  return refunded.amount > 0 && status === 'partially_refunded' ? `${formatMoney(refunded)} refunded` : text;
}

function NoOrders() {
  return (
    <div className="rounded-card border border-border bg-surface p-6">
      <p className="text-muted">
        Your orders will be here. Orders that you placed with this address before are found by themselves.
      </p>
      <ButtonLink to="/" variant="secondary" className="mt-4">
        Browse products
      </ButtonLink>
    </div>
  );
}
