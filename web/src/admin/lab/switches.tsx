import type { LabState } from '@paydesk/contract/admin/lab';
import { Button } from '../../parts/button.tsx';
import { LocalTime } from '../../parts/local-time.tsx';
import { Card } from '../parts/card.tsx';
import { Pill } from '../parts/pill.tsx';
import { useAction } from '../parts/use-action.ts';

/** From here on the clocks differ, in milliseconds; less is what two looks at a clock take. */
const apart = 30_000;

/** What is switched on in the sandbox now. */
export function FaultsCard({ faults }: { faults: LabState['faults'] }) {
  const clear = useAction({ method: 'DELETE', path: '/api/admin/lab/faults' });
  return (
    <Card
      title="Active faults"
      actions={
        faults.length > 0 && (
          <Button
            variant="secondary"
            size="small"
            className="max-lg:min-h-11"
            aria-disabled={clear.busy}
            onClick={() => void clear.run()}
          >
            Clear all
          </Button>
        )
      }
    >
      {faults.length === 0 && <p className="text-muted">None: everything works as it should.</p>}
      <ul className="grid gap-2">
        {faults.map(({ id, text, hits, isSpent }) => (
          <li key={id} className="flex items-start gap-2">
            <Pill tone={isSpent ? 'neutral' : 'warning'}>{isSpent ? 'Spent' : 'Active'}</Pill>
            <span>
              {text}.{hits > 0 && <span className="text-muted"> Acted {hits}×.</span>}
            </span>
          </li>
        ))}
      </ul>
      {clear.problem && (
        <p role="alert" className="mt-2 text-danger">
          {clear.problem}
        </p>
      )}
    </Card>
  );
}

const moves = [
  { advance: '5m', label: '+5 min' },
  { advance: '1h', label: '+1 hour' },
  { advance: '1d', label: '+1 day' },
] as const;

/** Stripe's time: what falls due on the way happens at once. */
export function ClockCard({ clock }: { clock: LabState['clock'] }) {
  const move = useAction({ path: '/api/admin/lab/clock' });
  const isAhead = Math.abs(clock.aheadBy) > apart;
  return (
    <Card title="Stripe’s clock">
      <p className="flex flex-wrap items-center gap-2">
        <LocalTime at={clock.at} as="moment" />
        {isAhead ? <Pill tone="warning">{inWords(clock.aheadBy)}</Pill> : <Pill tone="success">Right</Pill>}
      </p>
      <p className="mt-2 text-muted">
        What falls due on the way happens at once: repeated webhooks, pages that end. More than five minutes
        ahead, the shop refuses webhooks and fetches the events instead.
      </p>
      <div className="mt-3 flex flex-wrap gap-2">
        {moves.map(({ advance, label }) => (
          <Button
            key={advance}
            variant="secondary"
            size="small"
            className="max-lg:min-h-11"
            aria-disabled={move.busy}
            onClick={() => void move.run({ advance })}
          >
            {label}
          </Button>
        ))}
        {isAhead && (
          <Button
            size="small"
            className="max-lg:min-h-11"
            aria-disabled={move.busy}
            onClick={() => void move.run({ advance: 'back' })}
          >
            Set it right
          </Button>
        )}
      </div>
      {move.problem && (
        <p role="alert" className="mt-2 text-danger">
          {move.problem}
        </p>
      )}
    </Card>
  );
}

function inWords(milliseconds: number): string {
  const minutes = Math.round(Math.abs(milliseconds) / 60_000);
  const size =
    minutes < 120
      ? `${minutes} min`
      : minutes < 48 * 60
        ? `${Math.round(minutes / 60)} h`
        : `${Math.round(minutes / 1_440)} days`;
  return `${size} ${milliseconds > 0 ? 'ahead' : 'behind'}`;
}
