import { existsSync } from 'node:fs';
import type { Database, DatabaseOptions } from './database.ts';
import { openPostgres } from './dialect-postgres.ts';
import { openSqlite } from './dialect-sqlite.ts';

/** Opens `sqlite:path/to/file.db` or `postgres://…`. Throws an Error with one sentence for anything else. */
export function openDatabase(url: string, options: DatabaseOptions = {}): Database {
  if (url.startsWith('sqlite:')) return openSqlite(url.slice('sqlite:'.length));
  if (url.startsWith('postgres://') || url.startsWith('postgresql://')) return openPostgres(url, options);
  throw new Error('DATABASE_URL must start with sqlite: or postgres://');
}

/** The same for a database that must be there already: looking at one must not make it. */
export function openExistingDatabase(url: string, options: DatabaseOptions = {}): Database {
  const file = url.startsWith('sqlite:') ? url.slice('sqlite:'.length) : null;
  if (file !== null && !existsSync(file)) throw new Error(`There is no database at ${file}.`);
  return openDatabase(url, options);
}
