import type { Effect } from '@paydesk/contract/admin/effects';
import { Button } from '../../parts/button.tsx';
import { ActionDialog } from '../parts/action-dialog.tsx';
import { ReasonField, reasonOf } from '../parts/reason-field.tsx';

export type Doing = { effect: Effect; way: 'retry' | 'give-up' };

/** What can be done about one effect; nothing about one that is done. */
export function EffectButtons({ effect, act }: { effect: Effect; act(doing: Doing): void }) {
  if (effect.state === 'done' || effect.state === 'unneeded') return null;
  return (
    <span className="inline-flex gap-2">
      <Button
        variant="secondary"
        size="small"
        className="max-lg:min-h-11 lg:min-h-8"
        aria-label={`Retry ${effect.key}`}
        onClick={() => act({ effect, way: 'retry' })}
      >
        Retry
      </Button>
      {effect.mustHappen === null && (
        <Button
          variant="secondary"
          size="small"
          className="whitespace-nowrap max-lg:min-h-11 lg:min-h-8"
          aria-label={`Give up ${effect.key}`}
          onClick={() => act({ effect, way: 'give-up' })}
        >
          Give up
        </Button>
      )}
    </span>
  );
}

export function EffectDialog({ doing, onClose }: { doing: Doing | null; onClose(): void }) {
  const path = `/api/admin/effects/${encodeURIComponent(doing?.effect.key ?? '')}`;
  return (
    <>
      <ActionDialog
        open={doing?.way === 'retry'}
        onClose={onClose}
        title="Retry"
        path={`${path}/retry`}
        action="Retry now"
      >
        <p>
          <span className="break-all font-mono text-xs">{doing?.effect.key}</span> is tried at once. What was
          done already is not done again.
        </p>
      </ActionDialog>
      <ActionDialog
        open={doing?.way === 'give-up'}
        onClose={onClose}
        title="Give up"
        path={`${path}/give-up`}
        bodyOf={reasonOf}
        action="Give up"
        danger
      >
        <p>
          <span className="break-all font-mono text-xs">{doing?.effect.key}</span> is not tried again, and
          this mail is not sent.
        </p>
        <ReasonField maxLength={500} />
      </ActionDialog>
    </>
  );
}
