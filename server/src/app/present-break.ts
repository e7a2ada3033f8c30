import type { Break } from '@paydesk/contract/admin/breaks';
import type { BreakRow } from '../db/books.ts';
import { type BreakFilter, breakKey, listBreaks } from '../db/breaks.ts';
import { findNumbers } from '../db/order-numbers.ts';
import { adviceOn } from '../domain/break-advice.ts';
import { iso } from './iso.ts';
import { type Page, type Paging, readPage } from './paging.ts';
import type { App } from './ports.ts';

/** A page of breaks, newest first. */
export async function pageOfBreaks(app: App, filter: BreakFilter, paging: Paging): Promise<Page<Break>> {
  const { read } = app.database;
  const page = await readPage(paging, (reach) => listBreaks(read, filter, reach), breakKey(filter.state));
  const numbers = await findNumbers(
    read,
    page.rows.map((row) => row.order_id),
  );
  return { ...page, rows: page.rows.map((row) => presentBreak(row, numbers)) };
}

export function presentBreak(row: BreakRow, numbers: ReadonlyMap<string, string> = new Map()): Break {
  const advice = adviceOn(row.kind);
  return {
    id: row.id,
    kind: row.kind,
    title: advice.title,
    advice: advice.do,
    object: row.object_id,
    orderId: row.order_id,
    orderNumber: numbers.get(row.order_id ?? '') ?? null,
    amount: row.amount,
    currency: row.currency,
    detail: row.detail,
    openedAt: iso(row.opened_at),
    closedAt: iso(row.closed_at),
    closedBy: row.closed_by,
    resolution: row.resolution,
  };
}
