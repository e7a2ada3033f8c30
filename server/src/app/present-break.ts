import type { Break } from '@paydesk/contract/admin';
import type { BreakRow } from '../db/books.ts';

export function presentBreak(row: BreakRow): Break {
  return {
    id: row.id,
    kind: row.kind,
    object: row.object_id,
    orderId: row.order_id,
    amount: row.amount,
    detail: row.detail,
    openedAt: new Date(row.opened_at).toISOString(),
    closedAt: row.closed_at === null ? null : new Date(row.closed_at).toISOString(),
    closedBy: row.closed_by,
    resolution: row.resolution,
  };
}
