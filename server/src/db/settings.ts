import type { Kysely } from 'kysely';
import type { Database } from './database.ts';
import type { Schema, Tx } from './schema.ts';

/** A value that is made once per database and then kept: whoever comes first decides. */
export async function settingOrElse(database: Database, key: string, make: () => string): Promise<string> {
  return await database.transaction(async (tx) => {
    await tx
      .insertInto('settings')
      .values({ key, value: make() })
      .onConflict((conflict) => conflict.column('key').doNothing())
      .execute();
    const row = await tx
      .selectFrom('settings')
      .select('value')
      .where('key', '=', key)
      .executeTakeFirstOrThrow();
    return row.value;
  });
}

/** What was written under this key, or undefined. */
export async function readSetting(db: Kysely<Schema>, key: string): Promise<string | undefined> {
  const row = await db.selectFrom('settings').select('value').where('key', '=', key).executeTakeFirst();
  return row?.value;
}

export async function writeSetting(tx: Tx, key: string, value: string): Promise<void> {
  await tx
    .insertInto('settings')
    .values({ key, value })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
    .execute();
}

/** Writes a value that is never written again. False when it was there already. */
export async function keepSetting(tx: Tx, key: string, value: string): Promise<boolean> {
  return await swapSetting(tx, key, undefined, value);
}

/**
 * Takes a turn at something that is to be done once every `interval` milliseconds, whichever of several processes does it.
 * With `retry` it comes up again after that time already, unless whoever took it says by `setTurn` that it is done.
 * False when it is not due, and when another process was faster.
 */
export async function takeTurn(
  database: Database,
  name: string,
  { now, interval, retry = interval }: { now: number; interval: number; retry?: number },
): Promise<boolean> {
  const key = turnKey(name);
  const known = await readSetting(database.read, key);
  const due = known === undefined ? now : Number(known);
  // A turn further away than its interval was noted by a clock that ran ahead.
  if (due > now && due <= now + interval) return false;
  return await database.transaction((tx) => swapSetting(tx, key, known, String(now + retry)));
}

/** Says when the next turn is, where that is not known from the interval alone. */
export async function setTurn(tx: Tx, name: string, due: number): Promise<void> {
  await writeSetting(tx, turnKey(name), String(due));
}

function turnKey(name: string): string {
  return `turn:${name}`;
}

/** Writes a value only if nobody has changed it since it was read; false when somebody has. */
export async function swapSetting(
  tx: Tx,
  key: string,
  known: string | undefined,
  value: string,
): Promise<boolean> {
  if (known === undefined) {
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto('settings')
      .values({ key, value })
      .onConflict((conflict) => conflict.column('key').doNothing())
      .executeTakeFirst();
    return Number(numInsertedOrUpdatedRows) === 1;
  }
  const { numUpdatedRows } = await tx
    .updateTable('settings')
    .set({ value })
    .where('key', '=', key)
    .where('value', '=', known)
    .executeTakeFirst();
  return Number(numUpdatedRows) === 1;
}
