/** What the shop does because of something, by the kind of the effect. */
const texts: Record<string, string> = {
  'payment.create': 'Make a payment at the provider',
  'payment.close': 'End a payment at the provider',
  'payment.check': 'Ask what became of a payment',
  'order.close': 'End the order, unless it is paid',
  'refund.create': 'Give money back at the provider',
};

const mails: Record<string, string> = {
  'mail.placed': 'Order placed',
  'mail.payment_failed': 'Payment failed',
  'mail.paid': 'Receipt',
  'mail.shipped': 'On its way',
  'mail.refunded': 'Refund',
  'mail.refund_failed': 'Refund failed',
  'mail.transfer': 'Details for the transfer',
  'mail.disputed': 'Dispute, to the shop',
  'mail.account': 'About an account',
};

export function effectText(kind: string): string {
  return texts[kind] ?? `E-mail: ${mailText(kind)}`;
}

/** A kind of a newer version has no words yet. */
export function mailText(kind: string): string {
  return mails[kind] ?? kind;
}
