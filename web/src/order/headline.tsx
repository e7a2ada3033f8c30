import { formatMoney } from '@paydesk/contract/money';
import type { Order } from '@paydesk/contract/orders';
import Check from 'lucide-react/icons/check';
import CircleAlert from 'lucide-react/icons/circle-alert';
import Clock from 'lucide-react/icons/clock';
import LoaderCircle from 'lucide-react/icons/loader-circle';
import Package from 'lucide-react/icons/package';
import RotateCcw from 'lucide-react/icons/rotate-ccw';
import X from 'lucide-react/icons/x';
import type { ReactNode } from 'react';
import { decisivePayment, type OrderState } from './order-state.ts';

/** The headline (h1) of an order in a state. */
export function headlineText(order: Order, state: OrderState): string {
  switch (state) {
    case 'unpaid':
      return 'Your order is waiting for payment';
    case 'confirming':
      return 'We are confirming your payment';
    case 'partially_paid':
      return 'Part of your order is paid';
    case 'paid':
      return `Thank you, ${order.contact.firstName}. Your order is confirmed`;
    case 'fulfilled':
      return 'On its way';
    case 'failed':
      return 'Your payment did not go through';
    case 'canceled':
      return 'Order cancelled';
    case 'expired':
      return 'This order expired';
    case 'partially_refunded':
      return 'Part of your money is on its way back';
    case 'refunded':
      return `${formatMoney(order.total)} refunded`;
    case 'review':
      return 'We are checking your payment';
  }
}

/** The sentence below it: what it means and what happens next. */
export function headlineDetail(order: Order, state: OrderState): string {
  switch (state) {
    case 'unpaid':
      return 'Nothing has been charged yet.';
    case 'confirming':
      return 'This usually takes a few seconds. You can close this page; your order goes through all the same.';
    case 'partially_paid':
      return `We have received ${formatMoney(order.received)} of ${formatMoney(order.total)}.`;
    case 'paid':
      return 'Your payment has arrived and your items are set aside for you.';
    case 'fulfilled':
      return 'Your order has left our shelves.';
    case 'failed':
      return decisivePayment(order)?.failure?.message ?? 'You have not been charged. You can try again.';
    case 'canceled':
    case 'expired':
      return order.received.amount === 0
        ? 'You were not charged.'
        : `${formatMoney(order.received)} goes back to where it came from.`;
    case 'partially_refunded':
    case 'refunded':
      return 'Banks usually show it in 5–10 business days.';
    case 'review':
      return 'A person has to look at it. You need not do anything.';
  }
}

const looks: Record<OrderState, { tone: string; icon: ReactNode }> = {
  unpaid: { tone: 'bg-warning-soft text-warning', icon: <Clock /> },
  confirming: { tone: 'bg-info-soft text-info', icon: <LoaderCircle className="animate-spin" /> },
  partially_paid: { tone: 'bg-warning-soft text-warning', icon: <Clock /> },
  paid: {
    tone: 'bg-success-soft text-success',
    icon: <Check pathLength={1} strokeDasharray={1} className="*:animate-draw" />,
  },
  fulfilled: { tone: 'bg-success-soft text-success', icon: <Package /> },
  failed: { tone: 'bg-danger-soft text-danger', icon: <CircleAlert /> },
  canceled: { tone: 'bg-hover text-muted', icon: <X /> },
  expired: { tone: 'bg-hover text-muted', icon: <Clock /> },
  partially_refunded: { tone: 'bg-info-soft text-info', icon: <RotateCcw /> },
  refunded: { tone: 'bg-info-soft text-info', icon: <RotateCcw /> },
  review: { tone: 'bg-info-soft text-info', icon: <Clock /> },
};

export function StateIcon({ state }: { state: OrderState }) {
  const { tone, icon } = looks[state];
  return (
    <span
      key={state}
      aria-hidden="true"
      className={`print-hidden grid size-14 place-items-center rounded-full *:size-7 *:stroke-2 ${tone}`}
    >
      {icon}
    </span>
  );
}
