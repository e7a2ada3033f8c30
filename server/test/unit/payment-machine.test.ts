import { type PaymentStatus, paymentStatuses } from '@paydesk/contract/payments';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  closesPayment,
  nextPaymentStatus,
  type PaymentFactKind,
  paymentFactKinds,
  takenStatus,
} from '../../src/domain/payment.ts';
import { readMachine } from '../support/machine-table.ts';
import { fixedSeed } from '../support/properties.ts';

const table = readMachine(`
fact             creating         open             awaiting_transfer  requires_action  processing  unknown          failed           canceled   succeeded  partially_refunded  refunded  disputed
requires_action  requires_action  requires_action  requires_action    ·                ·           requires_action  requires_action  ·          ·          ·                   ·         ·
processing       processing       processing       processing         processing       ·           processing       processing       ·          ·          ·                   ·         ·
succeeded        succeeded        succeeded        succeeded          succeeded        succeeded   succeeded        succeeded        succeeded  ·          ·                   ·         ·
failed           failed           failed           failed             failed           failed      failed           ·                ·          ·          ·                   ·         ·
failed_for_good  failed           failed           failed             failed           failed      failed           ·                ·          ·          ·                   ·         ·
canceled         canceled         canceled         canceled           canceled         canceled    canceled         ·                ·          ·          ·                   ·         ·
details          ·                ·                ·                  ·                ·           ·                ·                ·          ·          ·                   ·         ·
`);

const moneyHasArrived: PaymentStatus[] = ['succeeded', 'partially_refunded', 'refunded', 'disputed'];

describe('the payment’s state machine', () => {
  it('is written down for every state and every fact', () => {
    expect(table.states.toSorted()).toEqual([...paymentStatuses].toSorted());
    expect(table.facts.toSorted()).toEqual([...paymentFactKinds].toSorted());
    expect(table.cells).toHaveLength(paymentStatuses.length * paymentFactKinds.length);
  });

  it.each(table.cells)('$state becomes $next by $fact', ({ state, fact, next }) => {
    expect(nextPaymentStatus(state as PaymentStatus, fact as PaymentFactKind)).toBe(next);
  });

  it('ends succeeded in every order of facts that contain a success', () => {
    const facts = fc.array(fc.constantFrom(...paymentFactKinds), { maxLength: 8 });
    fc.assert(
      fc.property(facts, facts, fc.constantFrom(...paymentStatuses), (before, after, first) => {
        const last = [...before, 'succeeded' as const, ...after].reduce(nextPaymentStatus, first);
        expect(moneyHasArrived).toContain(last);
      }),
      fixedSeed,
    );
  });

  it('never leaves a status that says money has arrived', () => {
    for (const status of moneyHasArrived) {
      for (const kind of paymentFactKinds) expect(nextPaymentStatus(status, kind)).toBe(status);
    }
  });

  it.each<[PaymentStatus, number, boolean, PaymentStatus]>([
    ['succeeded', 0, false, 'succeeded'],
    ['succeeded', 400, false, 'partially_refunded'],
    ['partially_refunded', 1000, false, 'refunded'],
    ['refunded', 400, false, 'partially_refunded'],
    ['refunded', 0, false, 'succeeded'],
    ['partially_refunded', 400, true, 'disputed'],
    ['disputed', 400, false, 'partially_refunded'],
    ['canceled', 0, true, 'canceled'],
    ['awaiting_transfer', 0, false, 'awaiting_transfer'],
  ])('%s, with %i of 1000 given back, disputed: %s, is %s', (status, refunded, isDisputed, expected) => {
    expect(takenStatus({ status, received: 1000, refunded }, isDisputed)).toBe(expected);
  });

  it.each([
    ['requires_action', false],
    ['processing', false],
    ['succeeded', true],
    ['failed', false],
    ['failed_for_good', true],
    ['canceled', true],
    ['details', false],
  ] as const satisfies readonly [PaymentFactKind, boolean][])(
    'after %s it can no longer take money: %s',
    (kind, closed) => {
      expect(closesPayment(kind)).toBe(closed);
    },
  );
});
