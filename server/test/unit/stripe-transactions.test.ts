import type Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import type { StripeClient } from '../../src/providers/stripe/client.ts';
import { stripeRecords } from '../../src/providers/stripe/records.ts';

/** Reads these as Stripe would list them. */
async function read(
  listed: object[],
): Promise<{ movement: string; intentRef: string | null; instanceId: string | null }[]> {
  const list = async () => ({ data: listed as Stripe.BalanceTransaction[], has_more: false });
  const stripe = { balanceTransactions: { list } } as unknown as StripeClient;
  const records = [];
  for await (const record of stripeRecords(stripe).transactions(0)) records.push(record);
  return records;
}

const transaction = { id: 'txn_1', amount: 1, fee: 0, net: 1, currency: 'usd', created: 1, source: null };

describe('a balance transaction of Stripe', () => {
  it.each([
    ['charge', 'charge', 'payment'],
    ['payment', 'charge', 'payment'],
    ['refund', 'refund', 'refund'],
    ['payment_refund', 'refund', 'refund'],
    ['refund_failure', 'refund_failure', 'refund_returned'],
    ['adjustment', 'dispute', 'dispute'],
    ['adjustment', 'dispute_reversal', 'dispute_returned'],
    ['adjustment', 'other_adjustment', 'other'],
    ['payout', 'payout', 'payout'],
    ['payout_failure', 'payout_reversal', 'payout'],
    ['stripe_fee', 'fee', 'fee'],
    ['topup', 'topup', 'other'],
  ])('of type %s, reported as %s, is a %s', async (type, category, movement) => {
    const [record] = await read([{ ...transaction, type, reporting_category: category }]);
    expect(record).toMatchObject({ movement, intentRef: null, instanceId: null });
  });

  it('names the payment and the shop behind it, as far as its source does', async () => {
    const source = { id: 'ch_1', payment_intent: 'pi_1', metadata: { paydesk_instance: 'ins_1' } };
    const listed = [
      { ...transaction, type: 'charge', source },
      { ...transaction, type: 'charge', source: 'ch_2' },
      {
        ...transaction,
        type: 'adjustment',
        source: { id: 'du_1', payment_intent: { id: 'pi_2' }, metadata: {} },
      },
    ];
    expect(await read(listed)).toMatchObject([
      { sourceRef: 'ch_1', intentRef: 'pi_1', instanceId: 'ins_1' },
      { sourceRef: 'ch_2', intentRef: null, instanceId: null },
      { sourceRef: 'du_1', intentRef: 'pi_2', instanceId: null },
    ]);
  });
});
