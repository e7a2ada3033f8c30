import type { Payment } from '@paydesk/contract/payments';

const brandNames: Record<string, string> = {
  amex: 'American Express',
  diners: 'Diners Club',
  jcb: 'JCB',
  unionpay: 'UnionPay',
};

/** How a payment was made, in words; `null` while only its provider knows. */
export function methodText({ card, flow }: Pick<Payment, 'card' | 'flow'>): string | null {
  if (flow === 'transfer') return 'Bank transfer';
  if (!card) return null;
  const brand = brandNames[card.brand] ?? card.brand.charAt(0).toUpperCase() + card.brand.slice(1);
  return `${brand} ending ${card.last4}`;
}
