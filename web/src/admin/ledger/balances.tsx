import type { Ledger } from '@paydesk/contract/admin/ledger';
import { LocalTime } from '../../parts/local-time.tsx';
import { Amount } from '../parts/amount.tsx';
import { DataTable } from '../parts/data-table.tsx';

type Balance = Ledger['balances'][number];

/** Every account with what lies on it. Debits are positive, credits have a minus. */
export function Balances({ balances, asOf }: { balances: readonly Balance[]; asOf: string | null }) {
  return (
    <>
      {asOf !== null && (
        <p className="mb-2 text-muted">
          As of <LocalTime at={asOf} as="moment" />: what came since is being summed up.
        </p>
      )}
      <DataTable
        label="Accounts"
        rows={balances}
        keyOf={({ account }) => account}
        columns={[
          { label: 'Account', cell: ({ account }) => <span className="font-mono text-xs">{account}</span> },
          {
            label: 'What lies there',
            minor: true,
            cell: ({ says }) => <span className="text-muted">{says}</span>,
          },
          { label: 'Balance', align: 'right', cell: ({ amounts }) => <Sums amounts={amounts} /> },
        ]}
      />
    </>
  );
}

/** Sums of different currencies are never added. */
function Sums({ amounts }: Pick<Balance, 'amounts'>) {
  if (amounts.length === 0) return <span className="text-muted">0</span>;
  return (
    <span className="grid justify-items-end">
      {amounts.map((money) => (
        <Amount key={money.currency} money={money} />
      ))}
    </span>
  );
}
