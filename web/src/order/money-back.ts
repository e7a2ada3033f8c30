import { formatMoney } from '@paydesk/contract/money';
import type { Order } from '@paydesk/contract/orders';
import type { Refund, RefundCause, RefundStatus } from '@paydesk/contract/refunds';

export const refundStatusText: Record<RefundStatus, string> = {
  requested: 'Requested',
  unknown: 'Requested',
  pending: 'On its way',
  succeeded: 'Refunded',
  failed: 'Did not go through',
  canceled: 'Called off',
};

export const bankTime = 'Banks usually show it in 5–10 business days.';

/** Where some money is on its way back: one sentence for what has gone, one for what is going, one for what got stuck. */
export function moneyBackText(refunds: readonly Refund[]): string {
  const done = sumOf(refunds, ['succeeded']);
  const going = sumOf(refunds, open);
  const stuck = sumOf(refunds, ['failed']);
  return [
    done && `${done} has been refunded.`,
    going && `${going} is on its way back to you.`,
    (done || going) && bankTime,
    stuck && `${stuck} could not be sent back yet. We are looking into it.`,
  ]
    .filter(Boolean)
    .join(' ');
}

/** What a customer should hear about money that goes back while the order itself stands. */
export function moneyBackNotes({ refunds }: Pick<Order, 'refunds'>): string[] {
  const notes = unexpected.map(({ cause, lead }) => {
    const text = moneyBackText(refunds.filter((refund) => refund.cause === cause));
    return text && `${lead} ${text}`;
  });
  const wanted = refunds.filter(({ cause }) => !unexpected.some((each) => each.cause === cause));
  const going = sumOf(wanted, open);
  const stuck = sumOf(wanted, ['failed']);
  return [
    ...notes,
    going && `A refund of ${going} is on its way.`,
    stuck && `A refund of ${stuck} did not go through. We are looking into it.`,
  ].filter((note): note is string => Boolean(note));
}

/** Money that nobody asked for, and what is said of it first. */
const unexpected: readonly { cause: RefundCause; lead: string }[] = [
  { cause: 'duplicate', lead: 'A second payment arrived for this order.' },
  { cause: 'excess', lead: 'More arrived than was due.' },
  { cause: 'late', lead: 'A payment arrived after the order had ended.' },
];

const open: readonly RefundStatus[] = ['requested', 'unknown', 'pending'];

/** Formatted, or `null` where there is none. */
function sumOf(refunds: readonly Refund[], statuses: readonly RefundStatus[]): string | null {
  const counted = refunds.filter(({ status }) => statuses.includes(status));
  if (counted.length === 0) return null;
  const amount = counted.reduce((sum, refund) => sum + refund.amount.amount, 0);
  return formatMoney({ ...counted[0]!.amount, amount });
}
