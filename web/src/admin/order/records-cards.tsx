import type { AdminOrder } from '@paydesk/contract/admin';
import ChevronDown from 'lucide-react/icons/chevron-down';
import type { ReactNode } from 'react';
import { Ago } from '../parts/ago.tsx';
import { Amount } from '../parts/amount.tsx';
import { type Column, DataTable } from '../parts/data-table.tsx';
import { effectText } from '../parts/effect-text.ts';
import { Pill, type Tone } from '../parts/pill.tsx';
import { useDesk } from './desk-context.ts';
import { EventLink } from './timeline-card.tsx';

type Event = AdminOrder['events'][number];
type Entry = AdminOrder['ledger'][number];
type Effect = AdminOrder['effects'][number];

/** The records behind the story: what the provider told, what was booked, what was and is to be done. */
export function RecordsCards() {
  const { events, ledger, effects } = useDesk().desk;
  return (
    <>
      <Fold title="Events" count={events.length} none="Nothing was told about it yet.">
        <DataTable label="Events" rows={events.toReversed()} keyOf={({ id }) => id} columns={eventColumns} />
      </Fold>
      <Fold title="Ledger" count={ledger.length} none="No money has moved yet.">
        <DataTable
          label="Ledger entries"
          rows={ledger}
          keyOf={({ journal, about, account }) => `${journal} ${about} ${account}`}
          columns={entryColumns}
        />
      </Fold>
      <Fold title="Work" count={effects.length} none="Nothing is to be done.">
        <DataTable
          label="Effects"
          rows={effects.toReversed()}
          keyOf={({ key }) => key}
          columns={effectColumns}
        />
      </Fold>
    </>
  );
}

type FoldProps = { title: string; count: number; none: string; children: ReactNode };

/** Closed until somebody wants to know. */
function Fold({ title, count, none, children }: FoldProps) {
  return (
    <details className="group/fold rounded-card border border-border bg-surface">
      <summary className="flex min-h-12 items-center gap-2 px-4">
        <h2 className="mr-auto font-semibold text-base">
          {title} <span className="font-normal text-muted tabular-nums">({count})</span>
        </h2>
        <ChevronDown
          aria-hidden="true"
          size={16}
          className="text-muted transition-transform group-open/fold:rotate-180"
        />
      </summary>
      <div className="px-4 pb-4">{count === 0 ? <p className="text-muted">{none}</p> : children}</div>
    </details>
  );
}

const sources: Record<Event['source'], string> = {
  hook: 'delivered',
  poll: 'fetched',
  reconcile: 'compared',
  operator: 'written down',
};

const states: Record<Event['state'], Tone> = {
  new: 'info',
  waiting: 'warning',
  done: 'success',
  parked: 'danger',
};

const eventColumns: Column<Event>[] = [
  {
    label: 'Event',
    cell: ({ id, type }) => (
      <>
        <span className="block">{type}</span>
        <span className="text-xs">
          <EventLink id={id} className="max-sm:break-all sm:whitespace-nowrap" />
        </span>
      </>
    ),
  },
  { label: 'State', cell: ({ state }) => <Pill tone={states[state]}>{state}</Pill> },
  { label: 'Outcome', minor: true, cell: ({ outcome }) => outcome ?? '' },
  { label: 'Came', minor: true, cell: ({ source }) => sources[source] },
  { label: 'When', align: 'right', cell: ({ receivedAt }) => <Ago at={receivedAt} /> },
];

const entryColumns: Column<Entry>[] = [
  {
    label: 'Journal',
    cell: ({ journal, about }) => (
      <>
        <span className="block">{journal}</span>
        <span className="break-all font-mono text-muted text-xs">{about}</span>
      </>
    ),
  },
  { label: 'Account', cell: ({ account }) => account },
  { label: 'Debit, credit', align: 'right', cell: ({ amount }) => <Amount money={amount} /> },
  { label: 'When', align: 'right', minor: true, cell: ({ at }) => <Ago at={at} /> },
];

const effectColumns: Column<Effect>[] = [
  {
    label: 'Effect',
    cell: ({ key }) => (
      <>
        <span className="block">{effectText(key.split(':')[0]!)}</span>
        <span className="break-all font-mono text-muted text-xs">{key}</span>
      </>
    ),
  },
  { label: 'State', cell: (effect) => <EffectState effect={effect} /> },
  { label: 'Tries', align: 'right', minor: true, cell: ({ attempts }) => attempts },
  {
    label: 'Said',
    minor: true,
    cell: ({ lastError }) => <span className="break-words">{lastError ?? ''}</span>,
  },
];

function EffectState({ effect }: { effect: Effect }) {
  if (effect.gaveUpAt) return <Pill tone="danger">Gave up</Pill>;
  if (effect.doneAt) return <Pill tone="success">Done</Pill>;
  return (
    <span className="inline-flex flex-wrap items-center gap-2">
      <Pill tone="info">Due</Pill>
      <Ago at={effect.dueAt} />
    </span>
  );
}
