/** `total_details.breakdown`: the discounts and taxes of all items together, shown only when asked. */
import type { LineItemParts, LineItemTax } from '../objects.ts';
import type { Store } from '../store/store.ts';

type Breakdown = Pick<LineItemParts, 'discounts' | 'taxes'>;

export function breakdownOf(store: Store, session: string): Breakdown {
  const items = store.session_secrets.get(session)?.items ?? [];
  const parts = items.flatMap(({ id }) => store.line_item_parts.get(id) ?? []);
  const discounts = parts.flatMap((part) => part.discounts);
  const amount = discounts.reduce((total, discount) => total + discount.amount, 0);
  return {
    discounts: discounts.slice(0, 1).map(({ discount }) => ({ amount, discount })),
    taxes: byRate(parts.flatMap((part) => part.taxes)),
  };
}

function byRate(taxes: readonly LineItemTax[]): LineItemTax[] {
  const sums = new Map<string, LineItemTax>();
  for (const tax of taxes) {
    const sum = sums.get(tax.rate.id) ?? { ...tax, amount: 0, taxable_amount: 0 };
    sum.amount += tax.amount;
    sum.taxable_amount = (sum.taxable_amount ?? 0) + (tax.taxable_amount ?? 0);
    sums.set(tax.rate.id, sum);
  }
  return [...sums.values()];
}
