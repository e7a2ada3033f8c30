import type { Minor } from './money.ts';

/** A charge as the provider lists it. Amounts in minor units, times in epoch milliseconds. */
export type ChargeRecord = {
  chargeRef: string;
  intentRef: string | null;
  instanceId: string | null;
  orderId: string | null;
  paymentId: string | null;
  status: 'succeeded' | 'pending' | 'failed';
  amount: Minor;
  refunded: Minor;
  currency: string;
  createdAt: number;
};

/** What moved a provider's balance. `*_returned`: money that had left came back. `fee`: one of the account, of no payment. */
export type Movement =
  | 'payment'
  | 'refund'
  | 'refund_returned'
  | 'dispute'
  | 'dispute_returned'
  | 'payout'
  | 'fee'
  | 'other';

/** One movement of the provider's balance. `net = amount - fee`; money that leaves is negative. */
export type TransactionRecord = {
  id: string;
  /** The provider's own word. */
  type: string;
  movement: Movement;
  /** The charge, refund or dispute behind it. */
  sourceRef: string | null;
  /** The payment behind that, and the shop it was made for, as far as the provider tells. */
  intentRef: string | null;
  instanceId: string | null;
  amount: number;
  fee: number;
  net: number;
  currency: string;
  createdAt: number;
};
