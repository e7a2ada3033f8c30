import type { Effect } from '@paydesk/contract/admin/effects';
import type { OutboxRow } from '../db/outbox.ts';
import { mustHappen } from './give-up-effect.ts';
import { iso } from './iso.ts';

export function presentEffect(row: OutboxRow, numbers: ReadonlyMap<string, string>): Effect {
  return {
    key: row.dedupe_key,
    kind: row.kind,
    orderId: row.order_id === '' ? null : row.order_id,
    orderNumber: numbers.get(row.order_id) ?? null,
    subjectId: row.subject_id,
    state: stateOf(row),
    attempts: row.attempts,
    lastError: row.last_error,
    createdAt: iso(row.created_at),
    dueAt: iso(row.not_before),
    doneAt: iso(row.done_at),
    gaveUpAt: iso(row.dead_at),
    mustHappen: mustHappen(row.kind),
  };
}

function stateOf(row: OutboxRow): Effect['state'] {
  if (row.dead_at !== null) return 'gave-up';
  if (row.done_at !== null) return row.last_error === null ? 'done' : 'unneeded';
  return row.last_error === null ? 'waiting' : 'failing';
}
