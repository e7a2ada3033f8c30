import type Stripe from 'stripe';
import type { ListedEvent, ProviderRecords } from '../../app/ports.ts';
import type { ChargeRecord, Movement, TransactionRecord } from '../../domain/records.ts';
import { asking, type StripeClient } from './client.ts';
import { disputeFact } from './disputes.ts';
import { handledEvents } from './facts.ts';
import { idOf, metadataNames } from './ids.ts';
import { createdSince, each, pages, seconds } from './pages.ts';
import { payables } from './payables.ts';
import { refundFact } from './refunds.ts';
import { interpret, withoutSecrets } from './webhook.ts';

/** What only adds to a payment we know is not fetched again: there is one for every charge, and nothing depends on it. */
const decisiveEvents = handledEvents.filter(
  (type) => type !== 'charge.succeeded' && type !== 'charge.updated',
);

/** Stripe's own lists, newest first. */
export function stripeRecords(stripe: StripeClient): ProviderRecords {
  return {
    async *events(since, until) {
      const created = { ...createdSince(since), ...(until !== undefined && { lte: seconds(until) }) };
      const query = { created, types: decisiveEvents };
      for await (const page of pages((cursor) => stripe.events.list({ ...query, ...cursor })))
        yield page.map(listedEvent);
    },
    async *charges(since) {
      const created = createdSince(since);
      for await (const charge of each((page) => stripe.charges.list({ created, ...page })))
        yield chargeRecord(charge);
    },
    async *refunds(since) {
      const created = createdSince(since);
      for await (const refund of each((page) => stripe.refunds.list({ created, ...page })))
        yield { fact: refundFact(refund, true), createdAt: refund.created * 1_000 };
    },
    async *disputes(since) {
      const created = createdSince(since);
      for await (const dispute of each((page) => stripe.disputes.list({ created, ...page })))
        yield { fact: disputeFact(dispute, true), createdAt: dispute.created * 1_000 };
    },
    async *transactions(since) {
      // What is behind it carries our ids, also where we do not know it yet.
      const query = { created: createdSince(since), expand: ['data.source'] };
      for await (const moved of each((page) => stripe.balanceTransactions.list({ ...query, ...page })))
        yield transactionRecord(moved);
    },
    payable: (since) => payables(stripe, since),
    balance: () => balanceOf(stripe),
  };
}

function listedEvent(event: Stripe.Event): ListedEvent {
  return {
    id: event.id,
    type: event.type,
    createdAt: event.created * 1_000,
    read: () => ({ event: interpret(event), payload: withoutSecrets(JSON.stringify(event)) }),
  };
}

function chargeRecord(charge: Stripe.Charge): ChargeRecord {
  return {
    chargeRef: charge.id,
    intentRef: idOf(charge.payment_intent),
    instanceId: charge.metadata[metadataNames.instance] ?? null,
    orderId: charge.metadata[metadataNames.order] ?? null,
    paymentId: charge.metadata[metadataNames.payment] ?? null,
    status: charge.status === 'succeeded' ? 'succeeded' : charge.status === 'failed' ? 'failed' : 'pending',
    amount: charge.amount_captured,
    refunded: charge.amount_refunded,
    currency: charge.currency,
    createdAt: charge.created * 1_000,
  };
}

function transactionRecord(moved: Stripe.BalanceTransaction): TransactionRecord {
  const source = sourceOf(moved);
  return {
    id: moved.id,
    type: moved.type,
    movement: movementOf(moved),
    sourceRef: idOf(moved.source),
    intentRef: idOf(source?.payment_intent),
    instanceId: source?.metadata?.[metadataNames.instance] ?? null,
    amount: moved.amount,
    fee: moved.fee,
    net: moved.net,
    currency: moved.currency,
    createdAt: moved.created * 1_000,
  };
}

/** What charges, refunds and disputes have in common. */
type Source = { payment_intent?: string | { id: string } | null; metadata?: Stripe.Metadata | null };

function sourceOf(moved: Stripe.BalanceTransaction): Source | null {
  return typeof moved.source === 'string' ? null : (moved.source as Source | null);
}

/** Source: Stripe, types of balance transactions and reporting categories. */
function movementOf(moved: Stripe.BalanceTransaction): Movement {
  switch (moved.type) {
    case 'charge':
    case 'payment':
      return 'payment';
    case 'refund':
    case 'payment_refund':
      return 'refund';
    case 'refund_failure':
      return 'refund_returned';
    case 'payout':
    case 'payout_cancel':
    case 'payout_failure':
      return 'payout';
    case 'stripe_fee':
    case 'stripe_fx_fee':
    case 'tax_fee':
      return 'fee';
    case 'adjustment':
      if (moved.reporting_category === 'dispute') return 'dispute';
      return moved.reporting_category === 'dispute_reversal' ? 'dispute_returned' : 'other';
    default:
      return 'other';
  }
}

async function balanceOf(stripe: StripeClient): Promise<Map<string, number>> {
  const balance = await asking(() => stripe.balance.retrieve());
  const sums = new Map<string, number>();
  for (const { amount, currency } of [...balance.available, ...balance.pending])
    sums.set(currency, (sums.get(currency) ?? 0) + amount);
  return sums;
}
