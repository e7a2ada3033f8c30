import { formatMoney } from '@paydesk/contract/money';
import { useState } from 'react';
import { plainAmount } from '../../order/transfer-format.ts';
import { Notice } from '../../parts/notice.tsx';
import { useOperator } from '../operator.ts';
import { ActionDialog } from '../parts/action-dialog.tsx';
import { hasUnapplied } from './desk-actions.ts';
import { useDesk } from './desk-context.ts';
import { RefundFields } from './refund-fields.tsx';
import { mostRefundable, planRefund, type RefundWish } from './refund-plan.ts';
import { givenWith, refundPreview } from './refund-preview.ts';

type RefundDialogProps = { open: boolean; path: string; onClose(): void };

/** Gives money back: all that is left, some items, or a sum. Its button says how much. */
export function RefundDialog({ open, path, onClose }: RefundDialogProps) {
  const { desk } = useDesk();
  const [wish, setWish] = useState<RefundWish>(() => firstWish(desk));
  const plan = planRefund(desk, wish);
  const { refundLimit } = useOperator();
  const money = formatMoney({ amount: plan.amount, currency: desk.order.total.currency });
  const needsOther = refundLimit !== null && givenWith(desk, plan.amount) > refundLimit;
  const verb = needsOther ? 'Ask to refund' : 'Refund';
  return (
    <ActionDialog
      open={open}
      onClose={onClose}
      title="Refund"
      path={`${path}/refunds`}
      action={plan.amount > 0 ? `${verb} ${money}` : verb}
      busyText="Refunding…"
      danger
      bodyOf={() => plan.problem ?? ('request' in plan ? plan.request : '')}
    >
      <RefundFields wish={wish} change={(changes) => setWish({ ...wish, ...changes })} amount={plan.amount} />
      {desk.refundable.disputed.amount > 0 && (
        <p className="text-muted">
          {formatMoney(desk.refundable.disputed)} more is disputed, and cannot be refunded meanwhile.
        </p>
      )}
      {plan.problem === null && (
        <div role="status" className="rounded-control bg-subtle p-3">
          {refundPreview(desk, { ...plan, paymentId: wish.paymentId }).join(' ')}
        </div>
      )}
      {plan.problem === null && needsOther && (
        <Notice tone="info">
          This is more than you may give back of one order alone. Nothing moves until somebody else agrees.
        </Notice>
      )}
    </ActionDialog>
  );
}

/** Begins with everything; where only money is left that belongs to no order, with its payment. */
function firstWish(desk: ReturnType<typeof useDesk>['desk']): RefundWish {
  const { amount } = desk.refundable;
  const paymentId = amount.amount > 0 ? '' : (desk.payments.find(hasUnapplied)?.id ?? '');
  const most = { amount: mostRefundable(desk, paymentId), currency: amount.currency };
  return {
    way: 'all',
    paymentId,
    units: {},
    shipping: false,
    amount: plainAmount(most),
    restock: false,
    back: {},
    reason: '',
  };
}
