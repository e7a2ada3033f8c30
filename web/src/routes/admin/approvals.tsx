import type { Approval, Approvals } from '@paydesk/contract/admin/approvals';
import { formatMoney, type Money } from '@paydesk/contract/money';
import { useState } from 'react';
import { Link } from 'react-router';
import { ActionDialog } from '../../admin/parts/action-dialog.tsx';
import { AdminPage } from '../../admin/parts/admin-page.tsx';
import { Ago } from '../../admin/parts/ago.tsx';
import { Amount } from '../../admin/parts/amount.tsx';
import { Empty } from '../../admin/parts/empty.tsx';
import { ReasonField, reasonOf } from '../../admin/parts/reason-field.tsx';
import { load } from '../../api/load.ts';
import { Button } from '../../parts/button.tsx';
import { pageTitle } from '../../shop-config.ts';
import type { Route } from './+types/approvals.ts';

export async function loader({ context }: Route.LoaderArgs): Promise<Approvals> {
  return await load<Approvals>(context, '/api/admin/approvals');
}

export function meta({ matches }: Route.MetaArgs) {
  return [{ title: pageTitle(matches, 'Approvals') }];
}

type Deciding = { approval: Approval; way: 'approve' | 'reject' };

export default function ApprovalsPage({ loaderData: { approvals } }: Route.ComponentProps) {
  const [deciding, setDeciding] = useState<Deciding | null>(null);
  return (
    <AdminPage
      title="Approvals"
      lead="Refunds that are more than whoever asked may give back alone. Nothing has moved yet."
    >
      {approvals.length === 0 && (
        <Empty title="Nothing waits for you">
          Refunds above a limit appear here, for somebody else to agree to.
        </Empty>
      )}
      <ul className="grid gap-3">
        {approvals.map((approval) => (
          <li key={approval.id} className="rounded-card border border-border bg-surface p-4">
            <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
              <div className="mr-auto min-w-0">
                <p className="font-medium">
                  <Amount money={approval.amount} /> of{' '}
                  <Link
                    to={`/admin/orders/${approval.orderId}`}
                    className="text-accent underline underline-offset-4"
                  >
                    this order
                  </Link>
                </p>
                <p className="mt-1 break-words">“{approval.reason}”</p>
                <p className="mt-1 text-muted">
                  {approval.askedBy}, <Ago at={approval.askedAt} />
                </p>
              </div>
              <Buttons approval={approval} decide={(way) => setDeciding({ approval, way })} />
            </div>
          </li>
        ))}
      </ul>
      <Decide deciding={deciding} onClose={() => setDeciding(null)} />
    </AdminPage>
  );
}

function Buttons({ approval, decide }: { approval: Approval; decide(way: Deciding['way']): void }) {
  return (
    <div className="flex flex-wrap gap-2">
      <Button variant="secondary" size="small" className="max-lg:min-h-11" onClick={() => decide('reject')}>
        Reject
      </Button>
      {approval.mayDecide ? (
        <Button size="small" className="max-lg:min-h-11" onClick={() => decide('approve')}>
          Agree
        </Button>
      ) : (
        <p className="self-center text-muted">Somebody else has to agree.</p>
      )}
    </div>
  );
}

function Decide({ deciding, onClose }: { deciding: Deciding | null; onClose(): void }) {
  const amount = deciding ? formatMoney(deciding.approval.amount as Money) : '';
  const agrees = deciding?.way === 'approve';
  return (
    <ActionDialog
      key={`${deciding?.approval.id} ${deciding?.way}`}
      open={deciding !== null}
      onClose={onClose}
      title={agrees ? 'Agree to the refund' : 'Reject the refund'}
      path={`/api/admin/approvals/${deciding?.approval.id}/${deciding?.way}`}
      action={agrees ? `Refund ${amount}` : 'Reject'}
      danger={agrees}
      bodyOf={agrees ? () => ({}) : reasonOf}
    >
      {agrees ? (
        <p>
          {amount} goes back to the customer, as {deciding?.approval.askedBy} asks: “
          {deciding?.approval.reason}”
        </p>
      ) : (
        <ReasonField label="Why not" />
      )}
    </ActionDialog>
  );
}
