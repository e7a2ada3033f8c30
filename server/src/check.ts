import { parseArgs } from 'node:util';
import { type Checked, checkBooks } from './app/check-books.ts';
import type { Log } from './app/ports.ts';
import { openExistingDatabase } from './db/dialect.ts';
import { pendingMigrations } from './db/migrate.ts';
import { readSetting } from './db/settings.ts';
import { type Env, readEnv } from './env.ts';
import { randomIds, systemClock } from './identity.ts';
import { stripeProvider } from './providers/stripe/provider.ts';

const usage = `Usage: npm run check [-- --json] [-- --database URL]

Checks every rule the books keep, each by one query, the timelines' hash chains, and that the clearing account is what
Stripe holds. Works beside a running shop and without one. Settings come from the environment, as for the shop.

  --json           one JSON object instead of the table
  --database URL   another database than that of DATABASE_URL

Ends with 0 when everything holds, 1 when something is broken, 2 when it could not be checked.
`;

/** One rule reads whole tables; of a very large shop that takes a while, in milliseconds. */
const statementTimeout = 10 * 60_000;

const columns = { name: 40, state: 10 };

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean' },
      database: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) return void process.stdout.write(usage);
  const env = readEnv();
  const start = systemClock.now();
  const checked = await check(env, values.database ?? env.databaseUrl);
  const seconds = (systemClock.now() - start) / 1_000;
  const broken = checked.filter((one) => one.broken > 0).length;
  process.stdout.write(
    values.json
      ? `${JSON.stringify({ broken, seconds, checks: checked })}\n`
      : table(checked, broken, seconds),
  );
  process.exitCode = broken > 0 ? 1 : 0;
}

async function check(env: Env, url: string): Promise<Checked[]> {
  const database = openExistingDatabase(url, { poolSize: 2, statementTimeout });
  try {
    const pending = await pendingMigrations(database);
    if (pending.length > 0)
      throw new Error(`The database lacks ${pending.join(', ')}. Start this version of the shop once.`);
    const provider = stripeProvider({ ...env.stripe, dashboardBase: null });
    const instanceId = await readSetting(database.read, 'instance_id');
    return await checkBooks({
      database,
      clock: systemClock,
      ids: randomIds,
      log: silent,
      providers: new Map([[provider.name, provider]]),
      instanceId: instanceId ?? '',
    });
  } finally {
    await database.close();
  }
}

/** What is found is printed, so nothing has to be logged. */
const silent: Log = { info: () => {}, warn: () => {}, error: () => {} };

function table(checked: readonly Checked[], broken: number, seconds: number): string {
  const lines = checked.flatMap((one) => [row(one), ...details(one).map((line) => `    ${line}`)]);
  const end = broken === 0 ? 'Everything holds.' : `${broken} of ${checked.length} rules are broken.`;
  return `${lines.join('\n')}\n\n${end} (${checked.length} rules, ${seconds.toFixed(1)} s)\n`;
}

function row({ name, broken, skipped, milliseconds }: Checked): string {
  const state = skipped !== null ? 'skipped' : broken > 0 ? `${broken} broken` : 'ok';
  return `${name.padEnd(columns.name)}${state.padEnd(columns.state)}${String(milliseconds).padStart(8)} ms`;
}

function details({ says, broken, skipped, examples }: Checked): string[] {
  if (skipped !== null) return [skipped];
  return broken === 0 ? [] : [says, ...examples.map((example) => JSON.stringify(example))];
}

main().catch((error: unknown) => {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exit(2);
});
