import type { DiscountState } from '@paydesk/contract/admin/discounts';
import { Pill, type Tone } from '../parts/pill.tsx';

export const discountWords: Record<DiscountState, { tone: Tone; word: string }> = {
  active: { tone: 'success', word: 'Active' },
  scheduled: { tone: 'info', word: 'Scheduled' },
  used_up: { tone: 'warning', word: 'Used up' },
  ended: { tone: 'neutral', word: 'Ended' },
};

export function DiscountPill({ state }: { state: DiscountState }) {
  const { tone, word } = discountWords[state];
  return <Pill tone={tone}>{word}</Pill>;
}
