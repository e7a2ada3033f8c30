import type { Kysely } from 'kysely';
import { preparedInsert } from './prepared.ts';
import type { Schema, Tx } from './schema.ts';

export type MailRow = Schema['mails'];

const insertOnce = preparedInsert('mails', ['id']);

/** Keeps a mail; one that is delivered again is the same mail. */
export async function insertMail(tx: Tx, mail: MailRow): Promise<void> {
  await insertOnce(tx, [mail]);
}

/** Newest first. Of one order, or of all. */
export async function listMails(
  db: Kysely<Schema>,
  { orderId, limit }: { orderId: string | undefined; limit: number },
): Promise<MailRow[]> {
  const all = db.selectFrom('mails').selectAll().orderBy('sent_at', 'desc').orderBy('id').limit(limit);
  return await (orderId === undefined ? all : all.where('order_id', '=', orderId)).execute();
}

export async function findMail(db: Kysely<Schema>, id: string): Promise<MailRow | undefined> {
  return await db.selectFrom('mails').selectAll().where('id', '=', id).executeTakeFirst();
}
