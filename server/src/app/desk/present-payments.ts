import type { AdminOrder } from '@paydesk/contract/admin';
import type { MovementRow } from '../../db/desk.ts';
import type { DisputeRow } from '../../db/disputes.ts';
import type { PaymentRow } from '../../db/payments.ts';
import type { RefundRow } from '../../db/refunds.ts';
import { blocksRefunds } from '../../domain/dispute.ts';
import { refundableOf } from '../../domain/refund.ts';
import { iso } from '../iso.ts';
import type { App } from '../ports.ts';
import { declineOf } from './decline-advice.ts';
import type { ToldByEvents } from './read-events.ts';

export type MoneyParts = {
  payments: readonly PaymentRow[];
  refunds: readonly RefundRow[];
  disputes: readonly DisputeRow[];
  movements: readonly MovementRow[];
  told: ToldByEvents;
};

/** What operators are told about each attempt, beside what the customer sees of it. */
export function presentPayments(app: App, parts: MoneyParts): AdminOrder['payments'] {
  return parts.payments.map((row) => ({
    id: row.id,
    sessionReference: row.session_ref,
    paymentReference: row.intent_ref,
    chargeReference: row.charge_ref,
    balanceReference: row.balance_ref,
    failureCode: row.failure_code,
    decline: declineOf(row.failure_code),
    unapplied: row.unapplied,
    ...refundableNow(row, parts),
    byHand: app.providers.get(row.provider)?.byHand ?? false,
    ...balanceOf(row, parts),
    checks: parts.told.checks.get(row.id) ?? null,
    dashboardUrl:
      app.providers
        .get(row.provider)
        ?.dashboardUrl({ sessionRef: row.session_ref, intentRef: row.intent_ref }, 'operator') ?? null,
    closedAt: iso(row.closed_at),
    lastEventId: row.last_event_id,
    lastEventAt: iso(row.last_event_at),
  }));
}

function refundableNow(row: PaymentRow, { refunds, disputes }: MoneyParts) {
  const left = refundableOf(
    row,
    refunds.filter(({ payment_id }) => payment_id === row.id),
  );
  const isDisputed = disputes.some((each) => each.payment_id === row.id && blocksRefunds(each.status));
  return { refundable: left.order, unappliedRefundable: left.unapplied, isDisputed };
}

/** By the provider's own list: null until it has listed the charge, or where what moved is in several currencies. */
function balanceOf(row: PaymentRow, { refunds, disputes, movements }: MoneyParts) {
  const refs = [
    row.charge_ref,
    row.intent_ref,
    ...refunds.filter((each) => each.payment_id === row.id).map(({ refund_ref }) => refund_ref),
    ...disputes.filter((each) => each.payment_id === row.id).map(({ dispute_ref }) => dispute_ref),
  ];
  const moved = movements.filter(({ sourceRef }) => refs.includes(sourceRef));
  const isListed = moved.some(({ sourceRef }) => [row.charge_ref, row.intent_ref].includes(sourceRef));
  const currencies = new Set(moved.map(({ currency }) => currency));
  if (!isListed || currencies.size !== 1) return { fees: null, net: null };
  const [currency] = currencies;
  const sum = (name: 'fee' | 'net') => moved.reduce((total, each) => total + each[name], 0);
  return {
    fees: { amount: sum('fee'), currency: currency! },
    net: { amount: sum('net'), currency: currency! },
  };
}
