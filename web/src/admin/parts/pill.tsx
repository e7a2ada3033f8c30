import type { ReactNode } from 'react';

const tones = {
  neutral: { box: 'bg-subtle text-text', dot: 'bg-faint' },
  info: { box: 'bg-info-soft text-info', dot: 'bg-info' },
  success: { box: 'bg-success-soft text-success', dot: 'bg-success' },
  warning: { box: 'bg-warning-soft text-warning', dot: 'bg-warning' },
  danger: { box: 'bg-danger-soft text-danger', dot: 'bg-danger' },
} as const;

export type Tone = keyof typeof tones;

/** A state: a dot and a word, so that nobody has to tell it by its colour. */
export function Pill({ tone, children }: { tone: Tone; children: ReactNode }) {
  const { box, dot } = tones[tone];
  return (
    <span
      className={`inline-flex items-center gap-1.5 whitespace-nowrap rounded-full px-2 py-0.5 font-medium text-xs ${box}`}
    >
      <span aria-hidden="true" className={`size-1.5 rounded-full ${dot}`} />
      {children}
    </span>
  );
}
