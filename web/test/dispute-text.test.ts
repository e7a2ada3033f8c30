import { disputeStatuses } from '@paydesk/contract/disputes';
import { describe, expect, it } from 'vitest';
import { disputeText, isOpenDispute } from '../src/order/dispute-text.ts';

const amount = { amount: 4_800, currency: 'usd' } as const;

describe('disputeText', () => {
  it.each(disputeStatuses)('names the amount and accuses nobody when the dispute is %s', (status) => {
    const { title, text } = disputeText({ status, amount });
    expect(text).toContain('$48.00');
    expect(`${title} ${text}`).not.toMatch(/fraud|evidence|dispute|you claimed/i);
  });

  it('says that nothing can be refunded only while the bank has yet to decide', () => {
    expect(disputeText({ status: 'needs_response', amount }).text).toContain('nothing can be refunded');
    expect(disputeText({ status: 'warning_needs_response', amount }).text).not.toContain('refund');
  });

  it('tells open from answered', () => {
    const open = disputeStatuses.filter((status) => isOpenDispute({ status }));
    expect(open).toEqual([
      'warning_needs_response',
      'warning_under_review',
      'needs_response',
      'under_review',
    ]);
  });
});
