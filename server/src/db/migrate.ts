import { sql } from 'kysely';
import type { MigrationState } from '../domain/health.ts';
import type { Database } from './database.ts';
import * as purchase from './migrations/0001-purchase.ts';
import * as afterSale from './migrations/0002-after-sale.ts';
import { peopleTables } from './migrations/0005-people.ts';
import * as operators from './migrations/0006-operators.ts';
import { lookupIndexes } from './migrations/0007-lookup.ts';
import * as desk from './migrations/0008-order-desk.ts';
import { queueTables } from './migrations/0009-queues.ts';
import * as catalogue from './migrations/0010-catalogue.ts';
import { figureTables } from './migrations/0012-figures.ts';
import { addressTables } from './migrations/0013-addresses.ts';
import { categoryIndex } from './migrations/0014-categories.ts';
import { amountIndexes } from './migrations/0015-by-amount.ts';
import { usedCodes } from './migrations/0016-used-codes.ts';
import type { Tx } from './schema.ts';

type Migration = { name: string; statements: (words: Database['migration']) => string[] };

const migrations: Migration[] = [
  {
    name: '0001-purchase',
    statements: (words) => [
      ...purchase.purchaseTables(words.int, words.strict),
      ...purchase.appendOnlyTables.flatMap((table) => words.appendOnly(table)),
    ],
  },
  {
    name: '0002-after-sale',
    statements: (words) => [
      ...afterSale.afterSaleTables(words.int, words.strict),
      ...afterSale.appendOnlyTables.flatMap((table) => words.appendOnly(table)),
    ],
  },
  { name: '0005-people', statements: (words) => peopleTables(words.int, words.strict) },
  {
    name: '0006-operators',
    statements: (words) => [
      ...operators.operatorTables(words.int, words.strict),
      ...operators.appendOnlyTables.flatMap((table) => words.appendOnly(table)),
    ],
  },
  { name: '0007-lookup', statements: lookupIndexes },
  {
    name: '0008-order-desk',
    statements: (words) => [
      ...desk.deskTables(words.int, words.strict),
      ...desk.appendOnlyTables.flatMap((table) => words.appendOnly(table)),
    ],
  },
  { name: '0009-queues', statements: (words) => queueTables(words.int, words.strict) },
  {
    name: '0010-catalogue',
    statements: (words) => [
      ...catalogue.catalogueTables(words.int, words.strict, words.bytes),
      ...catalogue.appendOnlyTables.flatMap((table) => words.appendOnly(table)),
    ],
  },
  { name: '0012-figures', statements: (words) => figureTables(words.int, words.strict) },
  { name: '0013-addresses', statements: (words) => addressTables(words.int, words.strict) },
  { name: '0014-categories', statements: categoryIndex },
  { name: '0015-by-amount', statements: amountIndexes },
  { name: '0016-used-codes', statements: (words) => usedCodes(words.int, words.strict) },
];

/**
 * Brings the database to this version, in one transaction; several processes may start at once. Refuses to run on a
 * database that a newer version has already changed.
 */
export async function migrate(database: Database, now: number): Promise<string[]> {
  return await database.transaction(async (tx) => {
    if (database.migration.lock) await sql.raw(database.migration.lock).execute(tx);
    const done = await appliedMigrations(tx, database.migration.int);
    const unknown = done.filter((name) => !migrations.some((migration) => migration.name === name));
    if (unknown.length > 0) {
      throw new Error(
        `The database was changed by a newer version (${unknown.join(', ')}). Update Paydesk first.`,
      );
    }
    const missing = migrations.filter((migration) => !done.includes(migration.name));
    for (const migration of missing) {
      for (const statement of migration.statements(database.migration)) await sql.raw(statement).execute(tx);
      await sql`INSERT INTO migrations (name, applied_at) VALUES (${migration.name}, ${now})`.execute(tx);
    }
    return missing.map((migration) => migration.name);
  });
}

/** What a database lacks of this version, without changing it. Throws the database's own error where it cannot be read. */
export async function pendingMigrations(database: Database): Promise<string[]> {
  return (await migrationState(database)).pending;
}

/** The same, and what a newer version has done to it. */
export async function migrationState(database: Database): Promise<MigrationState> {
  const { rows } = await sql<{ name: string }>`SELECT name FROM migrations ORDER BY name`.execute(
    database.read,
  );
  const done = rows.map(({ name }) => name);
  const known = migrations.map(({ name }) => name);
  return {
    pending: known.filter((name) => !done.includes(name)),
    unknown: done.filter((name) => !known.includes(name)),
  };
}

async function appliedMigrations(tx: Tx, int: string): Promise<string[]> {
  await sql
    .raw(`CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY NOT NULL, applied_at ${int} NOT NULL)`)
    .execute(tx);
  const { rows } = await sql<{ name: string }>`SELECT name FROM migrations ORDER BY name`.execute(tx);
  return rows.map((row) => row.name);
}
