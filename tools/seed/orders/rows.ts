import type { Schema } from '../../../server/src/db/schema.ts';

/** The tables that orders are spread over, each behind those that it refers to. */
export const orderTables = [
  'people',
  'orders',
  'discount_uses',
  'order_lines',
  'order_events',
  'order_event_operators',
  'fulfilments',
  'payments',
  'refunds',
  'disputes',
  'breaks',
  'inbox',
  'outbox',
  'ledger_entries',
  'provider_transactions',
  'idempotency',
] as const satisfies (keyof Schema | 'people')[];
export type OrderTable = (typeof orderTables)[number];

/** Rows that are ready to be written, table by table. A row may still be changed until then. */
export class Rows {
  readonly tables = new Map<OrderTable, Record<string, unknown>[]>(orderTables.map((table) => [table, []]));

  add<T extends OrderTable>(table: T, row: Schema[T]): Schema[T] {
    this.tables.get(table)!.push(row);
    return row;
  }
}

/** What is written with the rows in one transaction: units that orders hold, and how often codes were used. */
export type Counts = { held: Map<string, number>; uses: Map<string, number> };

/** Writes many rows as fast as its database takes them. */
export type BulkWriter = {
  write(rows: Rows, counts: Counts): Promise<void>;
  /** Once, after the last: brings the database into the shape that it has after a while in use. */
  finish(): Promise<void>;
  close(): Promise<void>;
};
