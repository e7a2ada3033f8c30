import { type AdminDiscount, type AdminDiscounts, discountStates } from '@paydesk/contract/admin/discounts';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { DiscountPill, discountWords } from '../../admin/discounts/discount-pill.tsx';
import { usesText, valueText } from '../../admin/discounts/discount-text.ts';
import { NewCodeDialog } from '../../admin/discounts/new-code-dialog.tsx';
import { useMay } from '../../admin/operator.ts';
import { AdminPage } from '../../admin/parts/admin-page.tsx';
import { Ago } from '../../admin/parts/ago.tsx';
import { type Column, DataTable } from '../../admin/parts/data-table.tsx';
import { Empty } from '../../admin/parts/empty.tsx';
import { Filters, SearchFilter, SelectFilter } from '../../admin/parts/filters.tsx';
import { NewerOlder } from '../../admin/parts/newer-older.tsx';
import { load } from '../../api/load.ts';
import { Button } from '../../parts/button.tsx';
import { pageTitle, useShopConfig } from '../../shop-config.ts';
import type { Route } from './+types/discounts.ts';

const filters = ['q', 'state', 'after', 'before'];
const states = discountStates.map((state) => ({ value: state, label: discountWords[state].word }));

export async function loader({ context, request }: Route.LoaderArgs): Promise<AdminDiscounts> {
  const { searchParams } = new URL(request.url);
  const query = new URLSearchParams(
    [...searchParams].filter(([name, value]) => filters.includes(name) && value !== ''),
  );
  return await load<AdminDiscounts>(context, `/api/admin/discounts?${query}`);
}

export function meta({ matches }: Route.MetaArgs) {
  return [{ title: pageTitle(matches, 'Discounts') }];
}

const columns: readonly Column<AdminDiscount>[] = [
  { label: 'Code', cell: ({ code }) => <span className="font-mono">{code}</span> },
  { label: 'Takes off', align: 'right', cell: valueText },
  { label: 'Used', align: 'right', cell: usesText },
  { label: 'Ends', minor: true, cell: ({ endsAt }) => (endsAt === null ? 'open' : <Ago at={endsAt} />) },
  { label: 'Note', minor: true, cell: ({ note }) => note },
  { label: 'State', cell: ({ state }) => <DiscountPill state={state} /> },
];

export default function DiscountsPage({ loaderData }: Route.ComponentProps) {
  const { discounts, previous, next } = loaderData;
  const [open, setOpen] = useState(false);
  const { currency } = useShopConfig();
  const mayManage = useMay('manager');
  return (
    <AdminPage
      title="Discounts"
      actions={
        mayManage && (
          <Button size="small" className="max-lg:min-h-11" onClick={() => setOpen(true)}>
            New code
          </Button>
        )
      }
    >
      <DiscountFilters />
      {discounts.length > 0 ? (
        <DataTable
          label="Discount codes"
          columns={columns}
          rows={discounts}
          keyOf={({ code }) => code}
          hrefOf={({ code }) => `/admin/discounts/${code}`}
        />
      ) : (
        <Empty title="No codes here">Codes that customers can type into their cart appear here.</Empty>
      )}
      <NewerOlder newer={previous} older={next} words={{ back: 'Previous', on: 'Next' }} />
      <NewCodeDialog open={open} onClose={() => setOpen(false)} currency={currency} />
    </AdminPage>
  );
}

function DiscountFilters() {
  const [params] = useSearchParams();
  const [q, state] = [params.get('q'), params.get('state')];
  const stateName = states.find(({ value }) => value === state)?.label;
  const chips = [
    ...(q ? [{ label: `“${q}”`, name: 'q' }] : []),
    ...(stateName ? [{ label: stateName, name: 'state' }] : []),
  ];
  return (
    <Filters chips={chips}>
      <SearchFilter label="Search" name="q" placeholder="Code or note" />
      <SelectFilter label="State" name="state" all="All" options={states} />
    </Filters>
  );
}
