import type { FailureReason, Lag, Sums } from '@paydesk/contract/admin/figures';
import { delayWithin, type FigureName, type Sum } from '../../domain/figures.ts';

/** What was summed, in the words of the contract. Money of another currency than the shop's is not in it. */
export function presentSums(figures: readonly Sum[], currency: string): Sums {
  const own = figures.filter((figure) => figure.currency === '' || figure.currency === currency);
  const count = (name: FigureName) => sum(own, name, 'count');
  const received = sum(own, 'received', 'amount');
  const refunded = sum(own, 'refunded', 'amount');
  return {
    placed: count('placed'),
    paid: count('paid'),
    canceled: count('canceled'),
    expired: count('expired'),
    failed: count('failed'),
    disputed: count('disputed'),
    receipts: count('received'),
    received,
    refunds: count('refunded'),
    refunded,
    net: received - refunded,
  };
}

function sum(figures: readonly Sum[], name: FigureName, of: 'count' | 'amount'): number {
  return figures.reduce((total, figure) => total + (figure.name === name ? figure[of] : 0), 0);
}

/** Money in other currencies, each for itself. */
export function presentElsewhere(figures: readonly Sum[], currency: string) {
  const currencies = figures
    .filter(({ name }) => name === 'received' || name === 'refunded')
    .map((one) => one.currency);
  return [...new Set(currencies)]
    .filter((other) => other !== currency)
    .toSorted()
    .map((other) => {
      const { received, refunded } = presentSums(figures, other);
      return { currency: other, received, refunded };
    });
}

/** The most frequent first. */
export function presentFailures(figures: readonly Sum[]): FailureReason[] {
  const counts = new Map<string, number>();
  for (const { name, key, count } of figures)
    if (name === 'failed') counts.set(key, (counts.get(key) ?? 0) + count);
  return [...counts]
    .map(([code, count]) => ({ code, count }))
    .filter(({ count }) => count > 0)
    .toSorted((one, other) => other.count - one.count || one.code.localeCompare(other.code));
}

/** How long events took that are counted here. */
export function presentLag(figures: readonly Sum[]): Lag {
  const counts = figures.filter(({ name }) => name === 'lag');
  const events = counts.reduce((total, { count }) => total + count, 0);
  return { half: delayWithin(counts, 0.5), most: delayWithin(counts, 0.95), events };
}
