import type { Tracking } from '@paydesk/contract/fulfilments';
import { isOpenDispute } from '../../order/dispute-text.ts';
import { TextField } from '../../parts/field.tsx';
import { Notice } from '../../parts/notice.tsx';
import { ActionDialog } from '../parts/action-dialog.tsx';
import { useDesk } from './desk-context.ts';

type FulfilDialogProps = { open: boolean; path: string; onClose(): void };

/** Marks the order as sent, or, where it was sent, corrects how its parcel can be followed. */
export function FulfilDialog({ open, path, onClose }: FulfilDialogProps) {
  const { order } = useDesk().desk;
  const parcel = order.fulfilments.at(-1);
  return (
    <ActionDialog
      open={open}
      onClose={onClose}
      title={parcel ? 'Correct the tracking' : 'Mark as sent'}
      path={`${path}/${parcel ? 'tracking' : 'fulfil'}`}
      action={parcel ? 'Save the tracking' : 'Mark as sent'}
      bodyOf={trackingOf}
    >
      <Warnings />
      <p>
        {parcel
          ? 'The customer sees it on the order’s page at once. No e-mail is sent; the one that was can be sent again.'
          : `${order.contact.firstName} is told by e-mail that the order is on its way. An order is marked as sent once.`}
      </p>
      <TextField
        id="carrier"
        label="Carrier (optional)"
        defaultValue={parcel?.carrier ?? ''}
        maxLength={60}
        autoComplete="off"
      />
      <TextField
        id="trackingNumber"
        label="Tracking number (optional)"
        defaultValue={parcel?.trackingNumber ?? ''}
        maxLength={60}
        autoComplete="off"
      />
      <TextField
        id="trackingUrl"
        type="url"
        label="Address to follow it (optional)"
        hint="The carrier’s page about the parcel, beginning with https://"
        defaultValue={parcel?.trackingUrl ?? ''}
        maxLength={500}
        autoComplete="off"
      />
    </ActionDialog>
  );
}

/** What would make somebody stop before the parcel goes out. */
function Warnings() {
  const { order, returned } = useDesk().desk;
  if (order.fulfilment === 'fulfilled') return null;
  const back = returned.reduce((sum, { quantity }) => sum + quantity, 0);
  const said = [
    order.status === 'refunded' && 'All of its money has gone back.',
    order.disputes.some(isOpenDispute) && 'A bank disputes the payment.',
    back > 0 && `${back} of its ${order.itemCount} items went back to stock.`,
  ].filter(Boolean);
  if (said.length === 0) return null;
  return <Notice tone="warning">{said.join(' ')}</Notice>;
}

function trackingOf(form: FormData): Tracking | string {
  const text = (name: string) => String(form.get(name) ?? '').trim();
  const url = text('trackingUrl');
  if (url !== '' && !(url.startsWith('https://') && URL.canParse(url)))
    return 'The address has to begin with https://.';
  return Object.fromEntries(
    ['carrier', 'trackingNumber', 'trackingUrl']
      .map((name) => [name, text(name)])
      .filter(([, value]) => value),
  );
}
