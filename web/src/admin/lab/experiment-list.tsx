import type { ExperimentKind, LabFault, LabState } from '@paydesk/contract/admin/lab';
import { labFaults } from '@paydesk/contract/admin/lab';
import { Button } from '../../parts/button.tsx';
import { Card } from '../parts/card.tsx';

type Experiment = LabState['experiments'][number];

const groups: { title: string; kinds: readonly ExperimentKind[] }[] = [
  {
    title: 'Webhooks',
    kinds: ['drop_webhook', 'delay_webhook', 'duplicate_webhook', 'reorder_webhooks'],
  },
  { title: 'Stripe’s answers', kinds: ['timeout_before', 'timeout_after', 'error_500', 'rate_limit'] },
  {
    title: 'Customers and time',
    kinds: ['two_tabs', 'pay_after_cancel', 'pay_after_expiry', 'cancel_after_pay', 'page_expires'],
  },
];

type ExperimentListProps = {
  experiments: readonly Experiment[];
  /** The one that runs now. */
  running: ExperimentKind | null;
  run(kind: ExperimentKind): void;
  /** Switches its fault on for whoever comes next, without an order of its own. */
  arm(fault: LabFault): void;
};

export function ExperimentList({ experiments, running, run, arm }: ExperimentListProps) {
  return (
    <div className="grid gap-4">
      {groups.map(({ title, kinds }) => (
        <Card key={title} title={title}>
          <ul className="divide-y divide-border">
            {kinds.map((kind) => {
              const experiment = experiments.find((known) => known.kind === kind);
              return (
                experiment && (
                  <ExperimentRow key={kind} experiment={experiment} running={running} run={run} arm={arm} />
                )
              );
            })}
          </ul>
        </Card>
      ))}
    </div>
  );
}

type RowProps = Pick<ExperimentListProps, 'running' | 'run' | 'arm'> & { experiment: Experiment };

function ExperimentRow({ experiment, running, run, arm }: RowProps) {
  const { kind, title, happens, seconds } = experiment;
  const fault = labFaults.find((known) => known === kind);
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3 first:pt-1 last:pb-0">
      <div className="min-w-56 flex-1">
        <h3 className="font-medium">{title}</h3>
        <p className="text-muted">
          {happens} About {seconds} s.
        </p>
      </div>
      <div className="flex flex-wrap gap-2">
        {fault && (
          <Button
            variant="quiet"
            size="small"
            className="max-lg:min-h-11"
            aria-label={`${title}: for the next customer`}
            onClick={() => arm(fault)}
          >
            For the next customer
          </Button>
        )}
        <Button
          variant="secondary"
          size="small"
          className="max-lg:min-h-11"
          aria-disabled={running !== null}
          aria-label={`${title}: run it`}
          onClick={() => run(kind)}
        >
          {running === kind ? 'Running…' : 'Run it'}
        </Button>
      </div>
    </li>
  );
}
