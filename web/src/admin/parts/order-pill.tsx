import type { OrderStatus } from '@paydesk/contract/orders';
import { Pill, type Tone } from './pill.tsx';

const shown: Record<OrderStatus, { tone: Tone; word: string }> = {
  pending: { tone: 'neutral', word: 'Unpaid' },
  processing: { tone: 'info', word: 'Processing' },
  partially_paid: { tone: 'warning', word: 'Partly paid' },
  paid: { tone: 'success', word: 'Paid' },
  failed: { tone: 'danger', word: 'Payment failed' },
  canceled: { tone: 'neutral', word: 'Cancelled' },
  expired: { tone: 'neutral', word: 'Expired' },
  partially_refunded: { tone: 'info', word: 'Partly refunded' },
  refunded: { tone: 'info', word: 'Refunded' },
  review: { tone: 'danger', word: 'Under review' },
};

export function OrderPill({ status }: { status: OrderStatus }) {
  const { tone, word } = shown[status];
  return <Pill tone={tone}>{word}</Pill>;
}

export function orderStatusWord(status: OrderStatus): string {
  return shown[status].word;
}
