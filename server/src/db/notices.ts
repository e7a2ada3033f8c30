import type { Kysely } from 'kysely';
import type { Schema, Tx } from './schema.ts';

export type NoticeRow = Schema['notices'];

export async function insertNotice(tx: Tx, notice: NoticeRow): Promise<void> {
  await tx.insertInto('notices').values(notice).execute();
}

export async function findNotice(db: Kysely<Schema>, id: string): Promise<NoticeRow | undefined> {
  return await db.selectFrom('notices').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function deleteNotice(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('notices').where('id', '=', id).execute();
}
