import type { TimelineEntry } from '@paydesk/contract/orders';
import { expect, it } from 'vitest';
import { groupTimeline } from '../src/order/timeline-groups.ts';

function entry(type: string, of: Partial<TimelineEntry> = {}): TimelineEntry {
  return { type, paymentId: null, refundId: null, ...of } as TimelineEntry;
}

it('puts what tells one story in a row together, and keeps the order in time', () => {
  const groups = groupTimeline([
    entry('order.placed'),
    entry('payment.failed', { paymentId: 'pay_1' }),
    entry('payment.canceled', { paymentId: 'pay_1' }),
    entry('payment.processing', { paymentId: 'pay_2' }),
    entry('order.paid', { paymentId: 'pay_2' }),
    entry('mail.sent'),
    entry('refund.requested', { refundId: 'ref_1', paymentId: 'pay_2' }),
    entry('refund.succeeded', { refundId: 'ref_1', paymentId: 'pay_2' }),
    entry('mail.sent', { refundId: 'ref_1' }),
    entry('refund.requested', { refundId: 'ref_2', paymentId: 'pay_2' }),
    entry('dispute.opened', { paymentId: 'pay_2' }),
    entry('mail.sent', { refundId: 'ref_2' }),
    entry('something.new'),
  ]);
  expect(groups.map(({ subject, entries }) => [subject, entries.map(({ type }) => type)])).toEqual([
    ['order', ['order.placed']],
    ['payment', ['payment.failed', 'payment.canceled']],
    ['payment', ['payment.processing']],
    ['order', ['order.paid']],
    ['mail', ['mail.sent']],
    ['refund', ['refund.requested', 'refund.succeeded', 'mail.sent']],
    ['refund', ['refund.requested']],
    ['dispute', ['dispute.opened']],
    ['mail', ['mail.sent']],
    ['order', ['something.new']],
  ]);
});
