import type { Journal } from '@paydesk/contract/admin/ledger';
import { Ago } from '../parts/ago.tsx';
import { Amount } from '../parts/amount.tsx';
import { type Column, DataTable } from '../parts/data-table.tsx';
import { OrderLink } from '../queues/order-link.tsx';

const columns: Column<Journal>[] = [
  { label: 'Journal', cell: (journal) => <Name journal={journal} /> },
  { label: 'Written', cell: ({ at }) => <Ago at={at} /> },
  { label: 'Order', minor: true, cell: (journal) => <OrderLink order={journal} /> },
  { label: 'Debit', align: 'right', minor: true, cell: (journal) => <Side journal={journal} sign={1} /> },
  { label: 'Credit', align: 'right', minor: true, cell: (journal) => <Side journal={journal} sign={-1} /> },
];

export function JournalTable({ journals }: { journals: readonly Journal[] }) {
  return (
    <DataTable
      label="Journals"
      columns={columns}
      rows={journals}
      keyOf={({ kind, ref }) => `${kind}:${ref}`}
    />
  );
}

/** On a phone what it moved stands here, debits first. */
function Name({ journal }: { journal: Journal }) {
  const { kind, ref, entries } = journal;
  return (
    <span className="grid gap-0.5 py-1">
      <span className="flex items-center gap-3 font-medium">
        {kind}
        <span className="font-normal md:hidden">
          {journal.orderNumber !== null && <OrderLink order={journal} />}
        </span>
      </span>
      <span className="break-all font-mono text-muted text-xs">{ref}</span>
      <span className="grid grid-cols-[1fr_auto] gap-x-3 md:hidden">
        {entries
          .toSorted((one, other) => other.amount.amount - one.amount.amount)
          .map(({ account, amount }) => (
            <span key={account} className="contents">
              <span className="break-all text-muted">{account}</span>
              <Amount money={amount} className="text-right" />
            </span>
          ))}
      </span>
    </span>
  );
}

/** The accounts of one side, each with its amount. */
function Side({ journal: { entries }, sign }: { journal: Journal; sign: 1 | -1 }) {
  const own = entries.filter(({ amount }) => Math.sign(amount.amount) === sign);
  return (
    <span className="inline-grid grid-cols-[auto_auto] justify-end gap-x-3 gap-y-0.5 py-1">
      {own.map(({ account, amount }) => (
        <span key={account} className="contents">
          <span className="text-muted">{account}</span>
          <Amount money={{ ...amount, amount: Math.abs(amount.amount) }} />
        </span>
      ))}
    </span>
  );
}
