import type { Kysely } from 'kysely';
import type { PictureFile } from '../domain/picture.ts';
import type { Schema, Tx } from './schema.ts';

/** Keeps the files of a picture. Those of the same content are there already. */
export async function insertPicture(
  tx: Tx,
  hash: string,
  files: readonly PictureFile[],
  now: number,
): Promise<void> {
  for (const { box, format, width, height, bytes } of files) {
    await tx
      .insertInto('pictures')
      .values({ hash, box, format, width, height, content: bytes, made_at: now })
      .onConflict((conflict) => conflict.columns(['hash', 'box', 'format']).doNothing())
      .execute();
  }
}

export async function findPicture(
  db: Kysely<Schema>,
  { hash, box, format }: { hash: string; box: number; format: string },
): Promise<Uint8Array | undefined> {
  const row = await db
    .selectFrom('pictures')
    .select('content')
    .where('hash', '=', hash)
    .where('box', '=', box)
    .where('format', '=', format)
    .executeTakeFirst();
  return row?.content;
}
