import { describe, expect, it } from 'vitest';
import { comparedKinds } from '../../src/app/comparison.ts';
import { describeReconciliation } from '../../src/app/reconciliation-report.ts';
import { breakAdvice } from '../../src/domain/break-advice.ts';

const at = Date.UTC(2026, 10, 26, 12);

describe('the report of a reconciliation', () => {
  it('says what was compared, each difference with its amount and age, and what to do about it', () => {
    const difference = {
      kind: 'charge_not_booked' as const,
      objectId: 'ch_1',
      orderId: 'ord_1',
      amount: 1999,
      currency: 'usd',
      at: at - 3 * 3_600_000,
      detail: 'pi_1 took money, but our payment pay_1 is open',
      repair: null,
    };
    const nothing = { compared: 0, foreign: 0, agreed: new Set<string>(), differences: [] };
    const report = describeReconciliation({
      since: at - 3 * 24 * 3_600_000,
      at,
      providers: [
        {
          provider: 'stripe',
          eventsFetched: 2,
          orphansClosed: 1,
          repaired: [
            { difference: { ...difference, objectId: 'ch_0' }, outcome: 'payment succeeded, order paid' },
          ],
          comparisons: [
            { ...nothing, what: 'charges', compared: 1204, foreign: 3, differences: [difference] },
            { ...nothing, what: 'refunds', compared: 12 },
            { ...nothing, what: 'disputes' },
          ],
        },
      ],
    });
    expect(
      report,
    ).toBe(`Compared with stripe, from 2026-11-23 12:00 UTC to 2026-11-26 12:00 UTC, without the last two minutes

            compared  agree  differ  not ours
  charges       1204   1203       1         3
  refunds         12     12       0         0
  disputes         0      0       0         0

Events fetched: 2. Orphans ended: 1. Differences repaired: 1.
  charge_not_booked ch_0: payment succeeded, order paid
Differences: 1

  charge_not_booked  ch_1  $19.99  3 h old
    Order ord_1: pi_1 took money, but our payment pay_1 is open
    ${breakAdvice.charge_not_booked.do}
`);
  });

  it('knows what to do about every kind of difference', () => {
    for (const kind of comparedKinds) expect(breakAdvice[kind].do).toMatch(/\.$/);
  });
});
