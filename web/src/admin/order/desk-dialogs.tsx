import type { CheckedOrder } from '@paydesk/contract/reconciliation';
import type { Asked } from './desk-context.ts';
import { useDesk } from './desk-context.ts';
import { FulfilDialog } from './fulfil-dialog.tsx';
import { RefundDialog } from './refund-dialog.tsx';
import {
  CancelDialog,
  CheckDialog,
  CloseBreakDialog,
  ResendDialog,
  SettleDialog,
  TransferDialog,
} from './small-dialogs.tsx';

type DeskDialogsProps = {
  asked: Asked | null;
  /** Grows by one with each opening, so that a dialog begins anew. */
  round: number;
  onClose(): void;
  onChecked(found: CheckedOrder['found']): void;
};

/** The dialogs of the page, of which one is open at most. */
export function DeskDialogs({ asked, round, onClose, onChecked }: DeskDialogsProps) {
  const { order } = useDesk().desk;
  const path = `/api/admin/orders/${order.id}`;
  const common = { path, onClose };
  const about = asked?.about;
  return (
    <div key={round}>
      <RefundDialog {...common} open={about === 'refund'} />
      <FulfilDialog {...common} open={about === 'fulfil' || about === 'tracking'} />
      <CancelDialog {...common} open={about === 'cancel'} />
      <TransferDialog {...common} open={about === 'transfer'} />
      <CheckDialog {...common} open={about === 'check'} onChecked={onChecked} />
      <ResendDialog {...common} mail={asked?.about === 'resend' ? asked.mail : null} />
      <SettleDialog {...common} asked={asked?.about === 'settle' ? asked : null} />
      <CloseBreakDialog {...common} asked={asked?.about === 'close' ? asked.break : null} />
    </div>
  );
}
