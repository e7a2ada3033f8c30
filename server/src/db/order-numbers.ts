import type { Kysely } from 'kysely';
import type { Schema } from './schema.ts';

/** The numbers by which people know these orders. */
export async function findNumbers(
  db: Kysely<Schema>,
  orderIds: readonly (string | null)[],
): Promise<Map<string, string>> {
  const ids = [...new Set(orderIds.filter((id): id is string => id !== null && id !== ''))];
  if (ids.length === 0) return new Map();
  const rows = await db.selectFrom('orders').select(['id', 'number']).where('id', 'in', ids).execute();
  return new Map(rows.map(({ id, number }) => [id, number]));
}
