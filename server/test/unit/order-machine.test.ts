import { type OrderStatus, orderStatuses } from '@paydesk/contract/orders';
import { describe, expect, it } from 'vitest';
import {
  isClosable,
  isPaidLike,
  isPayable,
  isReleased,
  nextOrderStatus,
  type OrderFact,
  orderFacts,
  refundedFact,
} from '../../src/domain/order.ts';
import { readMachine } from '../support/machine-table.ts';

// Whoever changes the machine changes this table, and says with it what customers and stock will see.
const table = readMachine(`
fact                     pending         processing      failed          partially_paid  paid                canceled  expired  partially_refunded  refunded            review
payment_processing       processing      ·               processing      ·               ·                   ·         ·        ·                   ·                   ·
payment_failed           failed          failed          ·               ·               ·                   ·         ·        ·                   ·                   ·
paid                     paid            paid            paid            paid            ·                   ·         ·        ·                   ·                   ·
paid_in_part             partially_paid  partially_paid  partially_paid  ·               ·                   ·         ·        ·                   ·                   ·
paid_late_with_stock     ·               ·               ·               ·               ·                   paid      paid     ·                   ·                   ·
paid_late_without_stock  ·               ·               ·               ·               ·                   ·         ·        ·                   ·                   ·
paid_again               ·               ·               ·               ·               ·                   ·         ·        ·                   ·                   ·
payment_mismatch         review          review          review          review          ·                   review    review   ·                   ·                   ·
canceled                 canceled        ·               canceled        canceled        ·                   ·         ·        ·                   ·                   canceled
expired                  expired         ·               expired         expired         ·                   ·         ·        ·                   ·                   ·
refunded_in_part         ·               ·               ·               review          partially_refunded  ·         ·        ·                   partially_refunded  ·
refunded_whole           ·               ·               ·               review          refunded            ·         ·        refunded            ·                   ·
refunds_undone           ·               ·               ·               ·               ·                   ·         ·        paid                paid                ·
`);

describe('the order’s state machine', () => {
  it('is written down for every state and every fact', () => {
    expect(table.states.toSorted()).toEqual([...orderStatuses].toSorted());
    expect(table.facts.toSorted()).toEqual([...orderFacts].toSorted());
    expect(table.cells).toHaveLength(orderStatuses.length * orderFacts.length);
  });

  it.each(table.cells)('$state becomes $next by $fact', ({ state, fact, next }) => {
    expect(nextOrderStatus(state as OrderStatus, fact as OrderFact)).toBe(next);
  });

  it('takes a paid order nowhere but to its refunds, whatever arrives late', () => {
    for (const status of orderStatuses.filter(isPaidLike)) {
      for (const fact of orderFacts.filter((one) => !one.startsWith('refund')))
        expect(nextOrderStatus(status, fact)).toBe(status);
      for (const fact of orderFacts) expect(isPaidLike(nextOrderStatus(status, fact))).toBe(true);
    }
  });

  it.each<[number, number, OrderFact]>([
    [1000, 0, 'refunds_undone'],
    [1000, 1, 'refunded_in_part'],
    [1000, 999, 'refunded_in_part'],
    [1000, 1000, 'refunded_whole'],
  ])('of %i received, %i given back is %s', (received, refunded, fact) => {
    expect(refundedFact({ received }, refunded)).toBe(fact);
  });
});

describe('what an order’s status allows', () => {
  it.each([
    { status: 'pending', payable: true, closable: true, paidLike: false, released: false },
    { status: 'processing', payable: false, closable: false, paidLike: false, released: false },
    { status: 'partially_paid', payable: true, closable: true, paidLike: false, released: false },
    { status: 'paid', payable: false, closable: false, paidLike: true, released: false },
    { status: 'failed', payable: true, closable: true, paidLike: false, released: false },
    { status: 'canceled', payable: false, closable: false, paidLike: false, released: true },
    { status: 'expired', payable: false, closable: false, paidLike: false, released: true },
    { status: 'partially_refunded', payable: false, closable: false, paidLike: true, released: false },
    { status: 'refunded', payable: false, closable: false, paidLike: true, released: false },
    { status: 'review', payable: false, closable: false, paidLike: false, released: false },
  ] as const satisfies readonly { status: OrderStatus; [allowed: string]: unknown }[])(
    'of a $status order: payable $payable, closable $closable, paid $paidLike, released $released',
    ({ status, payable, closable, paidLike, released }) => {
      expect([isPayable(status), isClosable(status), isPaidLike(status), isReleased(status)]).toEqual([
        payable,
        closable,
        paidLike,
        released,
      ]);
    },
  );
});
