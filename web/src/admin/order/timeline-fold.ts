import type { DeskEntry } from '@paydesk/contract/admin/desk';

export type Folded = { newest: DeskEntry[]; middle: DeskEntry[]; first: DeskEntry[] };

/** More than this many entries are folded. */
const shownWhole = 4;

/** Newest first: what happened last and how it began stay in sight, and what lies between them is folded away. */
export function foldTimeline(entries: readonly DeskEntry[]): Folded {
  const newestFirst = entries.toReversed();
  if (newestFirst.length <= shownWhole) return { newest: newestFirst, middle: [], first: [] };
  return {
    newest: newestFirst.slice(0, 3),
    middle: newestFirst.slice(3, -1),
    first: newestFirst.slice(-1),
  };
}
