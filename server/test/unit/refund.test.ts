import { refundStatuses } from '@paydesk/contract/refunds';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isActiveRefund, nextRefundStatus, refundableOf } from '../../src/domain/refund.ts';

const told = ['pending', 'succeeded', 'failed', 'canceled'] as const;

describe('what a provider says about a refund', () => {
  it.each([
    ['requested', ['pending', 'succeeded', 'failed', 'canceled']],
    ['unknown', ['pending', 'succeeded', 'failed', 'canceled']],
    ['pending', ['pending', 'succeeded', 'failed', 'canceled']],
    ['succeeded', ['succeeded', 'succeeded', 'failed', 'canceled']],
    ['failed', ['failed', 'failed', 'failed', 'failed']],
    ['canceled', ['canceled', 'canceled', 'canceled', 'canceled']],
  ] as const)('moves one that is %s to %j', (status, expected) => {
    expect(told.map((fact) => nextRefundStatus(status, fact))).toEqual(expected);
  });

  it('never makes one active again that was not', () => {
    for (const status of refundStatuses.filter((one) => !isActiveRefund(one)))
      for (const fact of told) expect(isActiveRefund(nextRefundStatus(status, fact))).toBe(false);
  });
});

describe('what can be refunded of a payment', () => {
  const amount = fc.integer({ min: 0, max: 100_000 });
  const part = fc.record({
    amount: fc.integer({ min: 1, max: 100_000 }),
    status: fc.constantFrom(...refundStatuses),
    applies_to: fc.constantFrom('order' as const, 'unapplied' as const),
  });

  it('is never more than came, less what goes or went back', () => {
    fc.assert(
      fc.property(amount, amount, fc.array(part, { maxLength: 6 }), (order, unapplied, refunds) => {
        const left = refundableOf({ received: order + unapplied, unapplied }, refunds);
        const back = (appliesTo: 'order' | 'unapplied') =>
          refunds
            .filter(
              (one) => one.applies_to === appliesTo && one.status !== 'failed' && one.status !== 'canceled',
            )
            .reduce((sum, one) => sum + one.amount, 0);
        expect(left).toEqual({
          order: Math.max(0, order - back('order')),
          unapplied: Math.max(0, unapplied - back('unapplied')),
        });
      }),
    );
  });
});
