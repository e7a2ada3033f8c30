import type { Operators } from '@paydesk/contract/admin/operators';
import { useState } from 'react';
import { useMay, useOperator } from '../../admin/operator.ts';
import { InviteDialog } from '../../admin/operators/invite-dialog.tsx';
import { RoleDialog } from '../../admin/operators/role-dialog.tsx';
import { RulesCard } from '../../admin/operators/rules-card.tsx';
import { AdminPage } from '../../admin/parts/admin-page.tsx';
import { type Column, DataTable } from '../../admin/parts/data-table.tsx';
import { Pill } from '../../admin/parts/pill.tsx';
import { load } from '../../api/load.ts';
import { Button } from '../../parts/button.tsx';
import { pageTitle } from '../../shop-config.ts';
import type { Route } from './+types/operators.ts';

type Row = Operators['operators'][number];

export async function loader({ context }: Route.LoaderArgs): Promise<Operators> {
  return await load<Operators>(context, '/api/admin/operators');
}

export function meta({ matches }: Route.MetaArgs) {
  return [{ title: pageTitle(matches, 'Operators') }];
}

export default function OperatorsPage({ loaderData: { operators, rules } }: Route.ComponentProps) {
  const [invites, setInvites] = useState(false);
  const [changes, setChanges] = useState<Row | null>(null);
  const owns = useMay('owner');
  return (
    <AdminPage
      title="Operators"
      actions={
        owns && (
          <Button size="small" className="max-lg:min-h-11" onClick={() => setInvites(true)}>
            Invite somebody
          </Button>
        )
      }
      lead="Who runs the shop, and what each of them may do. Everything they do is in the log."
    >
      <div className="grid gap-4 lg:grid-cols-3">
        <div className="lg:col-span-2">
          <OperatorTable operators={operators} change={owns ? setChanges : null} />
        </div>
        <RulesCard rules={rules} editable={owns} />
      </div>
      <InviteDialog open={invites} onClose={() => setInvites(false)} />
      <RoleDialog operator={changes} onClose={() => setChanges(null)} />
    </AdminPage>
  );
}

type TableProps = { operators: readonly Row[]; change: ((row: Row) => void) | null };

function OperatorTable({ operators, change }: TableProps) {
  const self = useOperator();
  const columns: Column<Row>[] = [
    { label: 'Name', cell: (row) => <Name row={row} isSelf={row.id === self.id} /> },
    { label: 'Role', cell: ({ role }) => role },
    { label: 'Sign-in', minor: true, cell: ({ hasTwoStep }) => <SignIn hasTwoStep={hasTwoStep} /> },
  ];
  const roleButton = (row: Row) => (
    <Button
      variant="secondary"
      size="small"
      className="max-lg:min-h-11"
      onClick={() => change?.(row)}
      aria-label={`Change the role of ${row.name}`}
    >
      Role
    </Button>
  );
  if (change) columns.push({ label: 'Change', align: 'right', cell: roleButton });
  return <DataTable label="Operators" rows={operators} keyOf={({ id }) => id} columns={columns} />;
}

function Name({ row, isSelf }: { row: Row; isSelf: boolean }) {
  return (
    <>
      <span className="block font-medium">
        {row.name}
        {isSelf && <span className="text-muted"> (you)</span>}
      </span>
      <span className="block break-all text-muted">{row.email}</span>
    </>
  );
}

function SignIn({ hasTwoStep }: { hasTwoStep: boolean }) {
  return hasTwoStep ? <Pill tone="success">Two steps</Pill> : <Pill tone="neutral">Password</Pill>;
}
