import type { EventRow } from '@paydesk/contract/admin/events';
import { Pill, type Tone } from '../parts/pill.tsx';

const states: Record<EventRow['state'], { tone: Tone; word: string }> = {
  new: { tone: 'info', word: 'New' },
  waiting: { tone: 'warning', word: 'Waiting' },
  parked: { tone: 'danger', word: 'Parked' },
  done: { tone: 'success', word: 'Done' },
};

export function EventPill({ event: { state, outcome } }: { event: Pick<EventRow, 'state' | 'outcome'> }) {
  const { tone, word } = states[state];
  if (state !== 'done') return <Pill tone={tone}>{word}</Pill>;
  if (outcome?.startsWith('no effect')) return <Pill tone="neutral">No effect</Pill>;
  if (outcome?.startsWith('given up')) return <Pill tone="neutral">Given up</Pill>;
  return <Pill tone={tone}>{word}</Pill>;
}

export const eventStateWords = Object.fromEntries(
  Object.entries(states).map(([state, { word }]) => [state, word]),
) as Record<EventRow['state'], string>;

export const sourceWords: Record<EventRow['source'], string> = {
  hook: 'Delivered',
  poll: 'Fetched',
  reconcile: 'Compared',
  operator: 'By an operator',
};
