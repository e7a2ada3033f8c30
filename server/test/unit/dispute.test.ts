import { disputeFunds, disputeStatuses } from '@paydesk/contract/disputes';
import { describe, expect, it } from 'vitest';
import {
  blocksRefunds,
  isClosedDispute,
  isOpenDispute,
  nextDisputeFunds,
  nextDisputeStatus,
} from '../../src/domain/dispute.ts';

const pairs = disputeStatuses.flatMap((from) => disputeStatuses.map((to) => ({ from, to })));

describe('a dispute', () => {
  it.each(pairs)('that is $from and is told $to is never open again once it was closed', ({ from, to }) => {
    const next = nextDisputeStatus(from, to);
    expect([from, to]).toContain(next);
    if (isClosedDispute(from)) expect(isOpenDispute(next)).toBe(false);
  });

  it.each([
    ['warning_needs_response', 'needs_response', 'needs_response'],
    ['needs_response', 'warning_needs_response', 'needs_response'],
    ['under_review', 'needs_response', 'under_review'],
    ['under_review', 'won', 'won'],
    ['won', 'under_review', 'won'],
    ['lost', 'won', 'won'],
  ] as const)('that is %s and is told %s is %s', (from, told, next) => {
    expect(nextDisputeStatus(from, told)).toBe(next);
  });

  it('takes money once and gives it back once', () => {
    for (const [at, from] of disputeFunds.entries())
      for (const [to, told] of disputeFunds.entries())
        expect(nextDisputeFunds(from, told)).toBe(disputeFunds[Math.max(at, to)]);
  });

  it('blocks refunds while the bank may take the money, and after it was lost', () => {
    expect(disputeStatuses.filter(blocksRefunds)).toEqual(['needs_response', 'under_review', 'lost']);
  });
});
