import type { RecordedTransfer, SettledRefund } from '@paydesk/contract/transfers';
import { operate } from './operators.ts';

let bookings = 0;

/** What the bank's statement calls a booking; another one each time. */
export function newReference(): string {
  bookings += 1;
  return `NTRF 2026/${String(bookings).padStart(6, '0')}`;
}

/** An operator writes down that money came in. `more` may be wrong, because tests ask for what is. */
export async function recordTransfer(
  shop: { url: string },
  orderId: string,
  amount: unknown,
  { key, ...more }: { key?: string; [property: string]: unknown } = {},
): ReturnType<typeof operate<RecordedTransfer>> {
  const body = { amount, bankReference: newReference(), ...more };
  const options = { body, ...(key !== undefined && { key }) };
  return await operate<RecordedTransfer>(shop, 'POST', `/orders/${orderId}/transfers`, options);
}

/** An operator has sent a refund, or has seen it come back. */
export async function settleRefund(
  shop: { url: string },
  refundId: string,
  verb: 'complete' | 'fail',
  body: object = {},
): ReturnType<typeof operate<SettledRefund>> {
  return await operate<SettledRefund>(shop, 'POST', `/refunds/${refundId}/${verb}`, { body });
}
