import type { Minor } from './money.ts';

/**
 * Debits are positive, credits negative; the entries of one journal sum to zero in each currency. Where money lies:
 * `stripe_clearing` (what Stripe holds for us) and `bank`. What it is owed for: `order_due` (paid in part), `unapplied`
 * (belongs to no order), `refunds_payable` (promised back). What was earned: `sales`, `shipping`, `tax`. What it cost:
 * `fees`, `dispute_losses`. `dispute_hold` is what a bank has taken while it decides; `exchange` joins two currencies.
 */
export const accounts = [
  'stripe_clearing',
  'bank',
  'order_due',
  'unapplied',
  'refunds_payable',
  'sales',
  'shipping',
  'tax',
  'fees',
  'dispute_hold',
  'dispute_losses',
  'exchange',
] as const;
export type Account = (typeof accounts)[number];

/** What lies on an account, for people. */
export const accountWords: Record<Account, string> = {
  stripe_clearing: 'What Stripe holds for us',
  bank: 'What our bank holds: transfers that came, and what Stripe has paid out',
  order_due: 'Paid in part, and still owed to the customer',
  unapplied: 'Belongs to no order (yet): paid twice, too much, or too late',
  refunds_payable: 'Promised back, and not gone yet',
  sales: 'Earned with goods',
  shipping: 'Earned with shipping',
  tax: 'Tax that was taken with both',
  fees: 'What Stripe keeps for moving money',
  dispute_hold: 'Taken by a bank while it decides',
  dispute_losses: 'Taken by a bank for good',
  exchange: 'Joins two currencies, where Stripe converts what was paid',
};
export type Entry = { account: Account; amount: number };

/** The order's parts, which a journal of the whole order names. In minor units. */
type Priced = { total: Minor; shipping: Minor; tax: Minor };

/** Where a provider's money lies. */
export function clearingOf(provider: string): Account {
  return provider === 'bank-transfer' ? 'bank' : 'stripe_clearing';
}

/** Money that paid an order whole, at once: goods less discount, shipping and tax. What came too much belongs to nobody. */
export function receiptForOrder(clearing: Account, order: Priced, unapplied: Minor): Entry[] {
  return balanced([
    { account: clearing, amount: order.total + unapplied },
    ...earned(order),
    { account: 'unapplied', amount: -unapplied },
  ]);
}

/** Money that pays a part of an order, or the part that was missing; and money that belongs to no order (yet). */
export function receiptInPart(clearing: Account, applied: Minor, unapplied: Minor): Entry[] {
  return balanced([
    { account: clearing, amount: applied + unapplied },
    { account: 'order_due', amount: -applied },
    { account: 'unapplied', amount: -unapplied },
  ]);
}

/**
 * The last part has come: what was received in parts is earned now.
 *
 * @param held what `order_due` keeps of this order; less than its total where a part has gone back meanwhile
 */
export function settleParts(order: Priced, held: Minor): Entry[] {
  const returned = order.total - held;
  return balanced([
    { account: 'order_due', amount: held },
    ...summed([...earned(order), ...takenBack(returned, { of: 'paid', order, refundedBefore: 0 })]),
  ]);
}

/** What a refund takes back of: an order that is paid, one that is not, or money that belongs to none. */
export type RefundOf =
  | { of: 'paid'; order: Priced; refundedBefore: Minor }
  | { of: 'order_due' }
  | { of: 'unapplied' };

/** A refund is promised: the money is owed to the customer, and no longer earned. */
export function refundRequested(amount: Minor, source: RefundOf): Entry[] {
  return balanced([...takenBack(amount, source), { account: 'refunds_payable', amount: -amount }]);
}

/** The refund has left our balance. */
export function refundDone(clearing: Account, amount: Minor): Entry[] {
  return balanced([
    { account: 'refunds_payable', amount },
    { account: clearing, amount: -amount },
  ]);
}

/** Undoes journals that were written for a refund which failed in the end. */
export function reversed(journals: readonly Entry[]): Entry[] {
  return balanced(summed(journals).map(({ account, amount }) => ({ account, amount: -amount })));
}

/** The bank took the money of a disputed payment back while it decides. */
export function disputeWithdrawn(clearing: Account, amount: Minor): Entry[] {
  return balanced([
    { account: 'dispute_hold', amount },
    { account: clearing, amount: -amount },
  ]);
}

/** The dispute was won: the bank gives it back. */
export function disputeReinstated(clearing: Account, amount: Minor): Entry[] {
  return reversed(disputeWithdrawn(clearing, amount));
}

/** The dispute was lost: what the bank holds is gone. */
export function disputeLost(amount: Minor): Entry[] {
  return balanced([
    { account: 'dispute_losses', amount },
    { account: 'dispute_hold', amount: -amount },
  ]);
}

/** What a provider kept for moving money; negative where it gives a fee back. */
export function feeTaken(clearing: Account, fee: number): Entry[] {
  return balanced([
    { account: 'fees', amount: fee },
    { account: clearing, amount: -fee },
  ]);
}

/** Money the provider paid out to our bank account. */
export function paidOut(clearing: Account, amount: number): Entry[] {
  return balanced([
    { account: 'bank', amount },
    { account: clearing, amount: -amount },
  ]);
}

function earned(order: Priced): Entry[] {
  return [
    { account: 'sales', amount: -(order.total - order.shipping - order.tax) },
    { account: 'shipping', amount: -order.shipping },
    { account: 'tax', amount: -order.tax },
  ];
}

function takenBack(amount: Minor, source: RefundOf): Entry[] {
  if (source.of !== 'paid') return [{ account: source.of, amount }];
  const { order, refundedBefore } = source;
  // By the sum so far, so that all refunds of an order together take back exactly what was earned.
  const part = (whole: Minor) =>
    partOf(whole, refundedBefore + amount, order.total) - partOf(whole, refundedBefore, order.total);
  const shipping = part(order.shipping);
  const tax = part(order.tax);
  return [
    { account: 'sales', amount: amount - shipping - tax },
    { account: 'shipping', amount: shipping },
    { account: 'tax', amount: tax },
  ];
}

function partOf(whole: Minor, refunded: Minor, total: Minor): Minor {
  // BigInt because the product may pass 2^53.
  return Number((BigInt(whole) * BigInt(refunded)) / BigInt(total));
}

/** One entry for each account, in the order in which they are first named. */
function summed(entries: readonly Entry[]): Entry[] {
  const sums = new Map<Account, number>();
  for (const { account, amount } of entries) sums.set(account, (sums.get(account) ?? 0) + amount);
  return [...sums].map(([account, amount]) => ({ account, amount }));
}

function balanced(entries: Entry[]): Entry[] {
  const sum = entries.reduce((total, entry) => total + entry.amount, 0);
  if (sum !== 0) throw new RangeError(`journal does not balance: ${sum}`);
  return entries.filter((entry) => entry.amount !== 0);
}
