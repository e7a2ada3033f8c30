import type { Effect } from '@paydesk/contract/admin/effects';
import { Pill, type Tone } from '../parts/pill.tsx';

const shown: Record<Effect['state'], { tone: Tone; word: string }> = {
  waiting: { tone: 'info', word: 'Waiting' },
  failing: { tone: 'warning', word: 'Failing' },
  done: { tone: 'success', word: 'Done' },
  unneeded: { tone: 'neutral', word: 'Not needed' },
  'gave-up': { tone: 'danger', word: 'Gave up' },
};

export function EffectPill({ state }: { state: Effect['state'] }) {
  const { tone, word } = shown[state];
  return <Pill tone={tone}>{word}</Pill>;
}
