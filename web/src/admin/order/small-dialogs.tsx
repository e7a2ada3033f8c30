import type { AdminOrder } from '@paydesk/contract/admin';
import type { OrderMail } from '@paydesk/contract/admin/desk';
import { formatMoney } from '@paydesk/contract/money';
import type { CheckedOrder } from '@paydesk/contract/reconciliation';
import { parseAmount } from '../../checkout/parse-amount.ts';
import { plainAmount } from '../../order/transfer-format.ts';
import { TextField } from '../../parts/field.tsx';
import { ActionDialog } from '../parts/action-dialog.tsx';
import { mailText } from '../parts/effect-text.ts';
import { ReasonField, reasonOf } from '../parts/reason-field.tsx';
import { sentence } from '../parts/sentence.ts';
import { type Asked, useDesk } from './desk-context.ts';
import { breakTitle } from './desk-notices.tsx';

type DialogProps = { open: boolean; path: string; onClose(): void };

export function CancelDialog({ open, path, onClose }: DialogProps) {
  const { order } = useDesk().desk;
  const received = order.received.amount > 0;
  return (
    <ActionDialog
      open={open}
      onClose={onClose}
      title="Cancel the order"
      path={`${path}/cancel`}
      action={received ? `Cancel and give ${formatMoney(order.received)} back` : 'Cancel the order'}
      leave="Keep the order"
      danger
      bodyOf={(form) => {
        const reason = String(form.get('reason')).trim();
        return reason === '' ? {} : { reason };
      }}
    >
      <p>
        Nobody can pay it any more, and its items go back on the shelf.{' '}
        {received
          ? `${formatMoney(order.received)} goes back to ${order.contact.firstName}.`
          : 'Nothing was charged.'}{' '}
        This cannot be taken back.
      </p>
      <TextField
        id="reason"
        label="Reason (optional)"
        hint="The customer reads it."
        maxLength={200}
        autoComplete="off"
      />
    </ActionDialog>
  );
}

export function TransferDialog({ open, path, onClose }: DialogProps) {
  const { order } = useDesk().desk;
  const currency = order.total.currency;
  return (
    <ActionDialog
      open={open}
      onClose={onClose}
      title="Record a bank transfer"
      path={`${path}/transfers`}
      action="Record it"
      bodyOf={(form) => {
        const amount = parseAmount(String(form.get('amount')), currency);
        const bankReference = String(form.get('bankReference')).trim();
        if (amount === null) return 'Enter what arrived, such as 18.00.';
        if (bankReference === '') return 'Enter what the bank calls the booking: it is recorded once.';
        return { amount, currency, bankReference };
      }}
    >
      <p>
        As it stands on the bank’s statement. The order is paid by it as by any other payment: a part leaves
        the rest due, what is too much goes back.
      </p>
      <TextField
        id="amount"
        label={`What arrived (${currency.toUpperCase()})`}
        inputMode="decimal"
        defaultValue={order.due.amount > 0 ? plainAmount(order.due) : ''}
        autoComplete="off"
      />
      <TextField
        id="bankReference"
        label="The bank’s reference of the booking"
        hint="The same reference is recorded once, whoever types it."
        maxLength={140}
        autoComplete="off"
      />
    </ActionDialog>
  );
}

type CheckDialogProps = DialogProps & { onChecked(found: CheckedOrder['found']): void };

export function CheckDialog({ open, path, onClose, onChecked }: CheckDialogProps) {
  return (
    <ActionDialog
      open={open}
      onClose={onClose}
      title="Check with Stripe now"
      path={`${path}/check`}
      action="Check now"
      busyText="Asking Stripe…"
      bodyOf={() => ({})}
      onDone={(answer) => onChecked((answer as CheckedOrder).found)}
    >
      <p>
        Stripe is asked for the events that did not come and for what it knows of this order’s payments,
        refunds and disputes. What is news is applied; no money moves.
      </p>
    </ActionDialog>
  );
}

type ResendDialogProps = Omit<DialogProps, 'open'> & { mail: OrderMail | null };

export function ResendDialog({ mail, path, onClose }: ResendDialogProps) {
  return (
    <ActionDialog
      open={mail !== null}
      onClose={onClose}
      title="Send the e-mail again"
      path={`${path}/mails/${encodeURIComponent(mail?.id ?? '')}/resend`}
      action="Send again"
      busyText="Sending…"
      bodyOf={() => ({})}
    >
      <p>
        {mail && mailText(mail.kind)} goes to <strong className="break-all">{mail?.to}</strong> once more,
        with what is true of the order now.
      </p>
    </ActionDialog>
  );
}

type SettleDialogProps = Omit<DialogProps, 'open'> & {
  asked: Extract<Asked, { about: 'settle' }> | null;
};

export function SettleDialog({ asked, onClose }: SettleDialogProps) {
  const { order } = useDesk().desk;
  const refund = order.refunds.find(({ id }) => id === asked?.refundId);
  const amount = refund ? formatMoney(refund.amount) : '';
  const sent = asked?.way === 'complete';
  return (
    <ActionDialog
      open={asked !== null}
      onClose={onClose}
      title={sent ? 'The refund was sent' : 'The refund came back'}
      path={`/api/admin/refunds/${asked?.refundId}/${asked?.way}`}
      action={sent ? `${amount} was sent` : `${amount} came back`}
      bodyOf={(form) => {
        const reason = String(form.get('reason') ?? '').trim();
        return reason === '' ? {} : { reason };
      }}
    >
      {sent ? (
        <p>
          Say so once you have transferred {amount} to {order.contact.firstName}. They are told by e-mail that
          it is on its way.
        </p>
      ) : (
        <>
          <p>The bank did not take {amount}. The customer is told, and it can be refunded anew.</p>
          <TextField id="reason" label="Why (optional)" maxLength={200} autoComplete="off" />
        </>
      )}
    </ActionDialog>
  );
}

type CloseBreakProps = Omit<DialogProps, 'open'> & { asked: AdminOrder['breaks'][number] | null };

export function CloseBreakDialog({ asked, onClose }: CloseBreakProps) {
  return (
    <ActionDialog
      open={asked !== null}
      onClose={onClose}
      title="Close the break"
      path={`/api/admin/breaks/${asked?.id}/close`}
      action="Close it"
      bodyOf={(form) => {
        const said = reasonOf(form, 'resolution');
        return typeof said === 'string' ? said : { resolution: said.reason };
      }}
    >
      <p>{asked && `${breakTitle(asked.kind)} ${sentence(asked.detail)}`}</p>
      <ReasonField name="resolution" label="What you found and did" maxLength={500} />
    </ActionDialog>
  );
}
