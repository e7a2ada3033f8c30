import type { LabActor, LabOutcome, LabStep } from '@paydesk/contract/admin/lab';
import { formatMoney } from '@paydesk/contract/money';
import Check from 'lucide-react/icons/check';
import Circle from 'lucide-react/icons/circle';
import X from 'lucide-react/icons/x';
import { Link } from 'react-router';
import { useHydrated } from '../../parts/local-time.tsx';
import { Card } from '../parts/card.tsx';
import { Pill, type Tone } from '../parts/pill.tsx';
import { useOutcome } from './use-outcome.ts';

type OutcomeCardProps = {
  title: string;
  first: LabOutcome;
  /** What was done to bring it about; nothing after the page was opened anew. */
  did: readonly LabStep[];
};

/** What has become of an experiment: the proof, what happened, and why. */
export function OutcomeCard({ title, first, did }: OutcomeCardProps) {
  const { outcome, hasGivenUp } = useOutcome(first);
  const { order, checks, lesson } = outcome;
  const { tone, text } = stateOf(outcome, hasGivenUp);
  return (
    <Card title={title} className="mb-5">
      <p role="status" className="mb-3 flex flex-wrap items-center gap-x-3 gap-y-1">
        <Pill tone={tone}>{text}</Pill>
        <span>
          Order{' '}
          <Link to={`/admin/orders/${order.id}`} className="text-accent underline underline-offset-4">
            {order.number}
          </Link>
          , {formatMoney(order.total as Parameters<typeof formatMoney>[0])},{' '}
          {order.status.replaceAll('_', ' ')}
        </span>
      </p>
      <div className="grid gap-x-8 gap-y-5 lg:grid-cols-2">
        <div>
          <h3 className="mb-2 font-medium">What both sides say</h3>
          <ul className="grid gap-2">
            {checks.map((check) => (
              <CheckLine key={check.text} {...check} />
            ))}
          </ul>
          <h3 className="mt-5 mb-2 font-medium">Why no money is lost</h3>
          <p className="max-w-prose text-muted">{lesson}</p>
        </div>
        <div>
          <h3 className="mb-2 font-medium">What happened, step by step</h3>
          <Steps steps={merge(did, outcome.steps)} />
        </div>
      </div>
    </Card>
  );
}

function stateOf({ state }: LabOutcome, hasGivenUp: boolean): { tone: Tone; text: string } {
  if (state === 'safe') return { tone: 'success', text: 'Nothing was lost' };
  if (state === 'wrong') return { tone: 'danger', text: 'Something is wrong: look at the order' };
  return hasGivenUp
    ? { tone: 'warning', text: 'Not all is well yet: look at the order' }
    : { tone: 'info', text: 'Waiting for the shop…' };
}

function CheckLine({ text, holds }: LabOutcome['checks'][number]) {
  const shown = {
    true: { icon: Check, color: 'text-success', word: 'Yes' },
    false: { icon: X, color: 'text-danger', word: 'No' },
    null: { icon: Circle, color: 'text-faint', word: 'Not yet' },
  }[String(holds) as 'true' | 'false' | 'null'];
  const Icon = shown.icon;
  return (
    <li className="flex items-start gap-2">
      <Icon aria-hidden="true" size={16} className={`mt-0.5 shrink-0 ${shown.color}`} />
      <span>
        {text} <span className="sr-only">{shown.word}.</span>
      </span>
    </li>
  );
}

const names: Record<LabActor, string> = {
  lab: 'Lab',
  customer: 'Customer',
  operator: 'Operator',
  stripe: 'Stripe',
  shop: 'Shop',
};

function Steps({ steps }: { steps: readonly LabStep[] }) {
  const hydrated = useHydrated();
  const clock = new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    ...(hydrated ? {} : { timeZone: 'UTC' }),
  });
  return (
    <ol className="grid gap-2 border-border border-l pl-4">
      {steps.map(({ at, who, text }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: steps have no names, and are only ever added.
        <li key={index} className="grid grid-cols-[5.5rem_minmax(0,1fr)] gap-x-3">
          <span className="text-muted">
            <span className="block">{names[who]}</span>
            <time dateTime={at} suppressHydrationWarning className="text-xs tabular-nums">
              {clock.format(new Date(at))}
            </time>
          </span>
          <span className="min-w-0 break-words">{text}</span>
        </li>
      ))}
    </ol>
  );
}

/** What was done and what came of it, in the order of time. The lab's word of the order's placing says more than the order's. */
function merge(did: readonly LabStep[], came: readonly LabStep[]): LabStep[] {
  const own = did.length > 0 ? came.filter(({ text }) => !text.startsWith('Order placed')) : came;
  return [...did, ...own].toSorted((one, other) => one.at.localeCompare(other.at));
}
