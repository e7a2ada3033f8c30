import { parseArgs } from 'node:util';
import { forgetFigures, summedUntil } from './app/figures/sum-figures.ts';
import type { Database } from './db/database.ts';
import { openExistingDatabase } from './db/dialect.ts';
import { pendingMigrations } from './db/migrate.ts';
import { readSetting } from './db/settings.ts';
import { readEnv } from './env.ts';

const usage = `Usage: npm run figures [-- --again] [-- --database URL]

Says up to when the figures of the back office are summed. The shop's jobs sum every hour once it is over.

  --again          forgets all sums, so that the jobs make them anew from the timelines and the ledger; until they are
                   done the back office shows what is there
  --database URL   another database than that of DATABASE_URL

Ends with 0, or with 2 when it could not be done.
`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      again: { type: 'boolean' },
      database: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) return void process.stdout.write(usage);
  const env = readEnv();
  const database = openExistingDatabase(values.database ?? env.databaseUrl, { poolSize: 2 });
  try {
    const pending = await pendingMigrations(database);
    if (pending.length > 0)
      throw new Error(`The database lacks ${pending.join(', ')}. Start this version of the shop once.`);
    process.stdout.write(`${await run(database, env.timezone, values.again === true)}\n`);
  } finally {
    await database.close();
  }
}

async function run(database: Database, named: string | null, again: boolean): Promise<string> {
  if (again) {
    await forgetFigures({ database });
    return 'The sums are forgotten. The jobs of the shop make them anew.';
  }
  const timezone = named ?? (await readSetting(database.read, 'timezone')) ?? 'UTC';
  const until = await summedUntil({ database, timezone });
  if (until === null) return `Nothing is summed yet in the days of ${timezone}.`;
  return `Summed until ${new Date(until).toISOString()}, in the days of ${timezone}.`;
}

main().catch((error: unknown) => {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exit(2);
});
