import type { Minor } from './money.ts';
import type { PaymentFact } from './payment.ts';

/** Money that an operator found on the shop's bank account, as it was told: the inbox keeps it like any event. */
export type TransferBooking = {
  instanceId: string;
  orderId: string;
  paymentId: string;
  /** Whether the account is a real one. */
  live: boolean;
  amount: Minor;
  currency: string;
  /** What the bank's statement calls this one booking. */
  bankReference: string;
  /** When the bank booked it, in epoch milliseconds; null where nobody said. */
  receivedAt: number | null;
};

/** The inbox's name of a booking. A bank's reference is recorded once, whoever types it and however often. */
export function transferEventId(bankReference: string): string {
  return `transfer:${bankReference}`;
}

/** Money that is on the account has arrived: nothing about it can become untrue. */
export function transferFact(booking: TransferBooking): PaymentFact {
  return {
    kind: 'succeeded',
    final: true,
    live: booking.live,
    instanceId: booking.instanceId,
    orderId: booking.orderId,
    paymentId: booking.paymentId,
    sessionRef: null,
    intentRef: null,
    chargeRef: null,
    balanceRef: null,
    amount: booking.amount,
    currency: booking.currency,
    card: null,
    failureCode: null,
  };
}
