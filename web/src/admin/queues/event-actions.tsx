import type { EventDetail } from '@paydesk/contract/admin/events';
import { useState } from 'react';
import { Button } from '../../parts/button.tsx';
import { useMay } from '../operator.ts';
import { ActionDialog } from '../parts/action-dialog.tsx';
import { ReasonField, reasonOf } from '../parts/reason-field.tsx';

/** What can be done about one event. */
export function EventActions({ event }: { event: EventDetail['event'] }) {
  const [way, setWay] = useState<'replay' | 'give-up' | null>(null);
  const may = useMay('manager');
  if (!may) return null;
  const isOpen = event.state === 'new' || event.state === 'waiting';
  const replay = isOpen ? 'Try now' : 'Replay';
  const path = `/api/admin/events/${encodeURIComponent(event.id)}`;
  const close = () => setWay(null);
  return (
    <>
      {event.state !== 'done' && (
        <Button
          variant="secondary"
          size="small"
          className="max-lg:min-h-11"
          onClick={() => setWay('give-up')}
        >
          Give up
        </Button>
      )}
      <Button size="small" className="max-lg:min-h-11" onClick={() => setWay('replay')}>
        {replay}
      </Button>
      <ActionDialog
        open={way === 'replay'}
        onClose={close}
        title={`${replay} this event`}
        path={`${path}/replay`}
        action={replay}
      >
        <p>
          It goes through the same steps as when it came. What it has changed already it does not change
          again: no payment and no refund happens twice.
        </p>
      </ActionDialog>
      <ActionDialog
        open={way === 'give-up'}
        onClose={close}
        title="Give up this event"
        path={`${path}/give-up`}
        bodyOf={reasonOf}
        action="Give up"
        danger
      >
        <p>It is not tried again by itself. It stays here with your reason, and can be replayed.</p>
        <ReasonField maxLength={500} />
      </ActionDialog>
    </>
  );
}
