import type { Ledger } from '@paydesk/contract/admin/ledger';
import { useSearchParams } from 'react-router';
import { Balances } from '../../admin/ledger/balances.tsx';
import { ComparisonCard } from '../../admin/ledger/comparison-card.tsx';
import { JournalTable } from '../../admin/ledger/journal-table.tsx';
import { AdminPage } from '../../admin/parts/admin-page.tsx';
import { Empty } from '../../admin/parts/empty.tsx';
import { Filters, InputFilter, SearchFilter, SelectFilter } from '../../admin/parts/filters.tsx';
import { NewerOlder } from '../../admin/parts/newer-older.tsx';
import { chipsOf } from '../../admin/queues/chips.ts';
import { listQuery } from '../../admin/queues/list-query.ts';
import { LookedThrough } from '../../admin/queues/looked-through.tsx';
import { load } from '../../api/load.ts';
import { pageTitle } from '../../shop-config.ts';
import type { Route } from './+types/ledger.ts';

const filters = ['account', 'kind', 'order', 'from', 'to'];

export async function loader({ context, request }: Route.LoaderArgs): Promise<Ledger> {
  return await load<Ledger>(context, `/api/admin/ledger?${listQuery(request, filters)}`);
}

export function meta({ matches }: Route.MetaArgs) {
  return [{ title: pageTitle(matches, 'Ledger') }];
}

export default function LedgerPage({ loaderData }: Route.ComponentProps) {
  const { balances, balancesAsOf, comparison, journals, kinds, newer, older, lookedThrough } = loaderData;
  const [params] = useSearchParams();
  const chips = chipsOf(params, {
    order: (name) => `Order ${name}`,
    account: (account) => account,
    kind: (kind) => kind,
    from: (day) => `From ${day}`,
    to: (day) => `Until ${day}`,
  });
  return (
    <AdminPage title="Ledger" lead="The books, in double entry: nothing in them is ever changed.">
      <div className="mb-6 grid gap-4 lg:grid-cols-3">
        <div className="min-w-0 lg:col-span-2">
          <Balances balances={balances} asOf={balancesAsOf} />
        </div>
        <ComparisonCard comparison={comparison} />
      </div>
      <div className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-2">
        <h2 className="mr-auto font-semibold text-lg">Journals</h2>
        <a
          href={`/api/admin/ledger.csv?${exportOf(params)}`}
          download="ledger.csv"
          className="inline-flex min-h-11 items-center text-accent underline underline-offset-4 lg:min-h-8"
        >
          {chips.length > 0 ? 'Export these as CSV' : 'Export as CSV'}
        </a>
      </div>
      <Filters chips={chips}>
        <SearchFilter label="Order" name="order" placeholder="7K3M-92QX" />
        <SelectFilter
          label="Account"
          name="account"
          all="All accounts"
          options={balances.map(accountOption)}
        />
        <SelectFilter
          label="Kind"
          name="kind"
          all="All kinds"
          options={kinds.map((kind) => ({ value: kind, label: kind }))}
        />
        <InputFilter label="From" name="from" type="date" />
        <InputFilter label="Until" name="to" type="date" />
      </Filters>
      {journals.length === 0 ? (
        <Empty title={chips.length > 0 ? 'No journal fits the filters' : 'Nothing was booked yet'}>
          {chips.length > 0 ? 'Take one off.' : 'The first payment is the first journal.'}
        </Empty>
      ) : (
        <JournalTable journals={journals} />
      )}
      <LookedThrough at={lookedThrough} />
      <NewerOlder newer={newer} older={older} />
    </AdminPage>
  );
}

function accountOption({ account }: Ledger['balances'][number]) {
  return { value: account, label: account };
}

/** The same filters, without the place in the list. */
function exportOf(params: URLSearchParams): URLSearchParams {
  return new URLSearchParams([...params].filter(([name, value]) => filters.includes(name) && value !== ''));
}
