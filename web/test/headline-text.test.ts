import type { Order } from '@paydesk/contract/orders';
import type { Refund } from '@paydesk/contract/refunds';
import { describe, expect, it } from 'vitest';
import { headlineDetail, headlineNotes, headlineText } from '../src/order/headline-text.ts';

const usd = (amount: number) => ({ amount, currency: 'usd' });

function refund(status: Refund['status'], cause: Refund['cause'], amount: number): Refund {
  return { status, cause, amount: usd(amount) } as Refund;
}

function order(part: Partial<Order>): Order {
  return {
    contact: { firstName: 'Ada' },
    total: usd(4_800),
    received: usd(0),
    due: usd(4_800),
    refunded: usd(0),
    payments: [],
    refunds: [],
    ...part,
  } as unknown as Order;
}

describe('what an order that ended says about its money', () => {
  it('says that nothing was charged where nothing arrived', () => {
    expect(headlineDetail(order({}), 'canceled')).toBe('You were not charged.');
  });

  it('says that a deposit goes back, before and after it has gone', () => {
    const deposit = { received: usd(2_000) };
    expect(headlineDetail(order(deposit), 'canceled')).toBe(
      'You had paid $20.00. It goes back to where it came from.',
    );
    const going = order({ ...deposit, refunds: [refund('pending', 'order_canceled', 2_000)] });
    expect(headlineDetail(going, 'canceled')).toBe(
      'You had paid $20.00. $20.00 is on its way back to you. Banks usually show it in 5–10 business days.',
    );
    const gone = order({ ...deposit, refunds: [refund('succeeded', 'order_expired', 2_000)] });
    expect(headlineDetail(gone, 'expired')).toContain('$20.00 has been refunded.');
  });

  it('says that a late payment goes back, and does not say that nothing was charged', () => {
    const late = order({ refunds: [refund('requested', 'late', 4_800)] });
    expect(headlineDetail(late, 'expired')).toMatch(
      /^Your payment arrived after the order had ended\. \$48\.00 is on its way back/,
    );
    expect(headlineNotes(late, 'expired')).toEqual([]);
  });
});

describe('what an order that stands says about money that goes back', () => {
  it('tells of a second payment, of too much, and of a refund under way', () => {
    const refunds = [
      refund('succeeded', 'duplicate', 4_800),
      refund('pending', 'excess', 200),
      refund('requested', 'operator', 500),
      refund('canceled', 'operator', 900),
    ];
    expect(headlineNotes(order({ refunds }), 'paid')).toEqual([
      'A second payment arrived for this order. $48.00 has been refunded. Banks usually show it in 5–10 business days.',
      'More arrived than was due. $2.00 is on its way back to you. Banks usually show it in 5–10 business days.',
      'A refund of $5.00 is on its way.',
    ]);
  });

  it('does not hide a refund that failed', () => {
    const refunds = [refund('failed', 'operator', 500), refund('failed', 'duplicate', 4_800)];
    expect(headlineNotes(order({ refunds }), 'paid')).toEqual([
      'A second payment arrived for this order. $48.00 could not be sent back yet. We are looking into it.',
      'A refund of $5.00 did not go through. We are looking into it.',
    ]);
  });

  it('puts the amount into the headline and the card below it', () => {
    const refunded = order({
      refunded: usd(1_800),
      payments: [
        { flow: 'elements', card: { brand: 'visa', last4: '4242' }, refunded: usd(1_800) },
      ] as unknown as Order['payments'],
    });
    expect(headlineText(refunded, 'partially_refunded')).toBe('$18.00 refunded');
    expect(headlineDetail(refunded, 'partially_refunded')).toBe(
      'Sent to Visa ending 4242. Banks usually show it in 5–10 business days.',
    );
  });
});

describe('what an order that is paid in parts says', () => {
  const part = { received: usd(2_000), due: usd(2_800) };

  it('names what arrived and what is still due', () => {
    expect(headlineDetail(order(part), 'partially_paid')).toMatch(
      /^We have received \$20\.00 of \$48\.00; \$28\.00 is still due\./,
    );
  });

  it('adds that to the reason when the payment of the rest fails', () => {
    const payments = [
      { status: 'succeeded', failure: null },
      { status: 'failed', failure: { message: 'This card was declined.' } },
    ] as unknown as Order['payments'];
    expect(headlineDetail(order({ ...part, payments }), 'failed')).toBe(
      'This card was declined. We have received $20.00 of $48.00; $28.00 is still due.',
    );
  });

  it('asks for the amount of the transfer that is awaited, not for the total', () => {
    const payments = [{ status: 'awaiting_transfer', amount: usd(2_800) }] as unknown as Order['payments'];
    const awaited = order({ ...part, status: 'partially_paid', payments });
    expect(headlineDetail(awaited, 'awaiting_transfer')).toContain('Send $28.00 to the account below.');
  });
});
