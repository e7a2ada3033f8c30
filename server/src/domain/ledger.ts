import type { Minor } from './money.ts';

/** Debits are positive, credits negative; the entries of one journal sum to zero. */
export const accounts = ['stripe_clearing', 'sales', 'shipping', 'tax', 'unapplied'] as const;
export type Account = (typeof accounts)[number];
export type Entry = { account: Account; amount: number };

/** The journal of money that paid an order whole: goods less discount, shipping and tax, against what Stripe holds for us. */
export function receiptForOrder(order: { total: Minor; shipping: Minor; tax: Minor }): Entry[] {
  return balanced([
    { account: 'stripe_clearing', amount: order.total },
    { account: 'sales', amount: -(order.total - order.shipping - order.tax) },
    { account: 'shipping', amount: -order.shipping },
    { account: 'tax', amount: -order.tax },
  ]);
}

/** The journal of money that belongs to no order yet: a person must say where it goes. */
export function receiptUnapplied(received: Minor): Entry[] {
  return balanced([
    { account: 'stripe_clearing', amount: received },
    { account: 'unapplied', amount: -received },
  ]);
}

function balanced(entries: Entry[]): Entry[] {
  const sum = entries.reduce((total, entry) => total + entry.amount, 0);
  if (sum !== 0) throw new RangeError(`journal does not balance: ${sum}`);
  return entries.filter((entry) => entry.amount !== 0);
}
