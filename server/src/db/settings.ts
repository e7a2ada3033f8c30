import type { Database } from './database.ts';

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
