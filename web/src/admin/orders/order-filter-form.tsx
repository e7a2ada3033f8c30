import { orderStatuses } from '@paydesk/contract/orders';
import { Filters, InputFilter, SearchFilter, SelectFilter } from '../parts/filters.tsx';
import { orderStatusWord } from '../parts/order-pill.tsx';
import type { OrderFiltering } from './order-filters.ts';

const statuses = orderStatuses.map((value) => ({ value, label: orderStatusWord(value) }));

/** Search, status, and behind a word the rest: what is in use of it is told by the chips, so that the list stays in sight. */
export function OrderFilterForm({ chips, query, problems }: OrderFiltering) {
  const email = query.get('email');
  return (
    <Filters chips={chips} keep={['view']}>
      {email !== null && <input type="hidden" name="email" value={email} />}
      <SearchFilter label="Search" name="q" placeholder="Number, e-mail, pi_…" />
      <SelectFilter label="Status" name="status" options={statuses} all="Any" />
      <details open={problems.length > 0} className="group max-sm:w-full sm:contents">
        <summary className="flex min-h-11 cursor-pointer items-center rounded-control px-2 text-accent text-sm underline underline-offset-4 lg:min-h-8">
          Date and amount
        </summary>
        <div className="flex flex-wrap items-end gap-2 max-sm:mt-1">
          <InputFilter label="From" name="from" type="date" />
          <InputFilter label="Until" name="to" type="date" />
          <InputFilter label="Total from" name="min" type="text" inputMode="decimal" />
          <InputFilter label="Total to" name="max" type="text" inputMode="decimal" />
        </div>
      </details>
    </Filters>
  );
}
