import type { Actor, TimelineEntry } from '@paydesk/contract/orders';

export type TimelineSubject = 'order' | 'payment' | 'refund' | 'dispute' | 'mail';
export type TimelineGroup = { subject: TimelineSubject; entries: TimelineEntry[] };

/** Entries in a row that tell one story, such as a refund from its request to its end, stand together. Oldest first. */
export function groupTimeline(entries: readonly TimelineEntry[]): TimelineGroup[] {
  const groups: (TimelineGroup & { story: string | null })[] = [];
  for (const entry of entries) {
    const subject = subjectOf(entry);
    const story = storyOf(entry, subject);
    const last = groups.at(-1);
    if (last && story !== null && last.story === story) last.entries.push(entry);
    else groups.push({ subject, story, entries: [entry] });
  }
  return groups.map(({ subject, entries: told }) => ({ subject, entries: told }));
}

/** Who was behind it, as a customer calls them. */
export const actorText: Record<Actor, string> = {
  customer: 'You',
  operator: 'Our team',
  provider: 'Payment provider',
  clock: 'Automatic',
  reconciler: 'Automatic check',
  shop: 'Automatic',
};

function subjectOf({ type }: TimelineEntry): TimelineSubject {
  const area = type.split('.')[0];
  return subjects.find((subject) => subject === area) ?? 'order';
}

const subjects: readonly TimelineSubject[] = ['payment', 'refund', 'dispute', 'mail'];

/** `null`: it stands by itself. An e-mail about a refund belongs to the refund's story. */
function storyOf({ paymentId, refundId }: TimelineEntry, subject: TimelineSubject): string | null {
  if (refundId !== null) return `refund ${refundId}`;
  if (subject === 'payment' || subject === 'dispute') return `${subject} ${paymentId}`;
  return subject === 'mail' ? 'mail' : null;
}
