import type { AdminOrder } from '@paydesk/contract/admin';
import type { Approval } from '@paydesk/contract/admin/approvals';
import type { CheckedOrder } from '@paydesk/contract/reconciliation';
import X from 'lucide-react/icons/x';
import { useMemo, useState } from 'react';
import { useMay } from '../operator.ts';
import { type Asked, DeskContext } from './desk-context.ts';
import { DeskDialogs } from './desk-dialogs.tsx';
import { DeskHeader } from './desk-header.tsx';
import { DeskNotices } from './desk-notices.tsx';
import { ItemsCard } from './items-card.tsx';
import { MailsCard } from './mails-card.tsx';
import { NotesCard } from './notes-card.tsx';
import { PaymentsCard } from './payments-card.tsx';
import { RecordsCards } from './records-cards.tsx';
import { RefundsCard } from './refunds-card.tsx';
import { CustomerCard, DisputesCard, DocumentsCard, MoneyCard, ParcelCard } from './side-cards.tsx';
import { TimelineCard } from './timeline-card.tsx';
import { useDeskLive } from './use-desk-live.ts';

/** One order, with everything that touched it and everything that can be done about it. */
export function OrderDesk({ desk, approvals }: { desk: AdminOrder; approvals: readonly Approval[] }) {
  const mayManage = useMay('manager');
  const [dialog, setDialog] = useState<{ asked: Asked | null; round: number }>({ asked: null, round: 0 });
  const [found, setFound] = useState<CheckedOrder['found'] | null>(null);
  useDeskLive(desk);
  const context = useMemo(
    () => ({
      desk,
      mayManage,
      ask: (asked: Asked) => setDialog(({ round }) => ({ asked, round: round + 1 })),
    }),
    [desk, mayManage],
  );
  return (
    <DeskContext value={context}>
      <DeskHeader />
      {found && <Found found={found} onClose={() => setFound(null)} />}
      <DeskNotices approvals={approvals} />
      {/* On a phone who and how much come before the story. */}
      <div className="grid items-start gap-4 lg:grid-cols-3 lg:grid-rows-[auto_1fr]">
        <div className="min-w-0 lg:col-span-2">
          <ItemsCard />
        </div>
        <div className="grid min-w-0 gap-4 lg:col-start-3 lg:row-span-2 lg:row-start-1">
          <CustomerCard />
          <MoneyCard />
          <ParcelCard />
          <DisputesCard />
          <NotesCard />
          <DocumentsCard />
        </div>
        <div className="grid min-w-0 gap-4 lg:col-span-2">
          <TimelineCard />
          <PaymentsCard />
          <RefundsCard />
          <MailsCard />
          <RecordsCards />
        </div>
      </div>
      <DeskDialogs
        asked={dialog.asked}
        round={dialog.round}
        onClose={() => setDialog(({ round }) => ({ asked: null, round }))}
        onChecked={setFound}
      />
    </DeskContext>
  );
}

/** What Stripe said when it was asked just now. */
function Found({ found, onClose }: { found: CheckedOrder['found']; onClose(): void }) {
  return (
    <section aria-label="What Stripe said" className="mb-4 rounded-card bg-info-soft p-4 text-info">
      <div className="flex items-start gap-2">
        <div role="status" className="min-w-0 flex-1">
          <p className="font-medium">Stripe was asked just now.</p>
          {found.length === 0 && <p>It knows no payment of this order.</p>}
          <ul>
            {found.map(({ object, outcome }) => (
              <li key={object} className="wrap-anywhere">
                <span className="font-mono text-xs">{object}</span>: {outcome}
              </li>
            ))}
          </ul>
        </div>
        <button
          type="button"
          aria-label="Close what Stripe said"
          onClick={onClose}
          className="-m-2 grid size-11 place-items-center rounded-control hover:bg-hover"
        >
          <X aria-hidden="true" size={16} />
        </button>
      </div>
    </section>
  );
}
