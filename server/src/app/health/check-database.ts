import type { Database } from '../../db/database.ts';
import { migrationState } from '../../db/migrate.ts';
import { type Finding, fail, ok, type Storage, skipped, warn } from '../../domain/health.ts';

/** Space that should be left on the database's volume, and without which it stops soon, in bytes. */
const tight = 2 * 1024 ** 3;
const almostFull = 256 * 1024 ** 2;

export type DatabaseHealth = {
  findings: Finding[];
  /** Whether the shop's tables can be read, as far as this version knows them. */
  isReadable: boolean;
};

/** Whether the database can be reached, keeps what it commits, fits this version and has room to grow. Writes nothing. */
export async function checkDatabase(database: Database): Promise<DatabaseHealth> {
  const durable = await judgeDurable(database);
  if (!durable.isReachable) {
    const rest = ['migrations', 'storage'].map((name) => skipped(name, 'The database cannot be reached.'));
    return { findings: [durable.finding, ...rest], isReadable: false };
  }
  const migrations = await judgeMigrations(database);
  return {
    findings: [durable.finding, migrations, await checkStorage(database)],
    isReadable: migrations.verdict === 'ok',
  };
}

async function judgeDurable(database: Database): Promise<{ finding: Finding; isReachable: boolean }> {
  const name = 'database';
  try {
    return { finding: ok(name, `${await database.assertDurable()}.`), isReachable: true };
  } catch (error) {
    const found = sentence((error as Error).message);
    const isReachable = !database.isUnavailable(error);
    const todo = isReachable
      ? 'A power cut could lose paid orders: the shop does not start like this. Change it as the sentence says.'
      : 'Start the database, or set DATABASE_URL right.';
    return { finding: fail(name, found, todo), isReachable };
  }
}

async function judgeMigrations(database: Database): Promise<Finding> {
  const name = 'migrations';
  try {
    const { pending, unknown } = await migrationState(database);
    if (unknown.length > 0)
      return fail(
        name,
        `A newer version changed the database (${unknown.join(', ')}).`,
        'Update Paydesk; this version does not start on it.',
      );
    if (pending.length === 0) return ok(name, 'The database is of this version.');
    return warn(
      name,
      `The database is of an older version and lacks ${pending.join(', ')}.`,
      'Make a backup; the next start of this version does the rest.',
    );
  } catch (error) {
    const { message } = error as Error;
    return /no such table|does not exist/.test(message)
      ? warn(
          name,
          'The database is empty.',
          'The first start makes the tables. If this shop has sold before, DATABASE_URL is wrong.',
        )
      : fail(name, sentence(message), 'Look whether the shop’s user may read its own tables.');
  }
}

async function checkStorage(database: Database): Promise<Finding> {
  try {
    return judgeStorage(await database.measure());
  } catch (error) {
    return skipped('storage', `It could not be measured: ${(error as Error).message}`);
  }
}

/** Whether the database has room to grow. */
export function judgeStorage({ used, free }: Storage): Finding {
  const name = 'storage';
  const takes = `The database takes ${inUnits(used)}`;
  if (free === null) return ok(name, `${takes}; what is left on its volume, its own host knows.`);
  const found = `${takes}, and ${inUnits(free)} are left on its volume.`;
  const todo = 'Make room: on a full volume nothing can be ordered or paid, and webhooks are refused.';
  if (free < almostFull) return fail(name, found, todo);
  return free < tight ? warn(name, found, todo) : ok(name, found);
}

function inUnits(bytes: number): string {
  return bytes < 1024 ** 3
    ? `${(bytes / 1024 ** 2).toFixed(1)} MiB`
    : `${(bytes / 1024 ** 3).toFixed(1)} GiB`;
}

function sentence(message: string): string {
  return `${message.replace(/\.$/, '')}.`;
}
