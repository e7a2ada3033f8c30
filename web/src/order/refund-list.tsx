import { formatMoney } from '@paydesk/contract/money';
import type { Order } from '@paydesk/contract/orders';
import type { Refund, RefundStatus } from '@paydesk/contract/refunds';
import { LocalTime } from '../parts/local-time.tsx';
import { DocumentLink } from './card.tsx';
import { methodText } from './method-text.ts';
import { refundStatusText } from './money-back.ts';

/** What goes back, or went back: how much, why, where to, and how far it is. */
export function RefundList({ order }: { order: Order }) {
  return (
    <ul className="divide-y divide-border">
      {order.refunds.map((refund) => (
        <li key={refund.id} className="py-4 first:pt-0 last:pb-0">
          <RefundFacts refund={refund} order={order} />
        </li>
      ))}
    </ul>
  );
}

const tones: Record<RefundStatus, string> = {
  requested: 'bg-info-soft text-info',
  unknown: 'bg-info-soft text-info',
  pending: 'bg-info-soft text-info',
  succeeded: 'bg-success-soft text-success',
  failed: 'bg-danger-soft text-danger',
  canceled: 'bg-hover text-muted',
};

function RefundFacts({ refund, order }: { refund: Refund; order: Order }) {
  const amount = formatMoney(refund.amount);
  const payment = order.payments.find(({ id }) => id === refund.paymentId);
  const isOver = refund.status === 'failed' || refund.status === 'canceled';
  const method = payment && !isOver ? methodText(payment) : null;
  return (
    <>
      <p className="flex flex-wrap items-baseline justify-between gap-x-3 gap-y-1">
        <span className="font-medium tabular-nums">{amount}</span>
        <span className={`rounded-full px-2.5 py-0.5 font-medium text-sm ${tones[refund.status]}`}>
          {refundStatusText[refund.status]}
        </span>
      </p>
      <p className="mt-1 wrap-anywhere">{refund.reason}</p>
      {refund.failure && <p className="mt-1 text-danger">{refund.failure.message}</p>}
      {method && (
        <p className="mt-1 text-muted text-sm">
          {refund.status === 'succeeded' ? 'Sent' : 'Goes'} to {method}
        </p>
      )}
      <p className="flex flex-wrap items-center justify-between gap-x-3 text-muted text-sm">
        <LocalTime at={refund.settledAt ?? refund.createdAt} as="date" />
        {refund.creditNoteUrl && (
          <DocumentLink url={refund.creditNoteUrl} label="Credit note (PDF)" of={`of ${amount}`} />
        )}
      </p>
    </>
  );
}
