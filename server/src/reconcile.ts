import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { checkOrder } from './app/check-order.ts';
import { findNamedOrder } from './app/name-order.ts';
import type { App } from './app/ports.ts';
import { differencesOf, type Reconciliation, reconcile } from './app/reconcile.ts';
import { describeReconciliation } from './app/reconciliation-report.ts';
import { composeApp, type Log } from './compose.ts';
import { openExistingDatabase } from './db/dialect.ts';
import { pendingMigrations } from './db/migrate.ts';
import { readEnv } from './env.ts';
import { systemClock } from './identity.ts';

const usage = `Usage: npm run reconcile -- [--since 3d] [--repair] [--json]
       npm run reconcile -- --order ORDER [--json]

Compares the books with the provider's records of charges, refunds and disputes, both ways, and prints every difference.
The shop may be running or not.

  --since 3d   how far back: hours (12h) or days (30d); 3d if not given
  --repair     fetches missing events and writes down what the provider says now; the rest needs a person
  --order      asks the provider about this order only, by id or number, and writes down what it says
  --json       prints the report as JSON

Ends with 0 when all agrees, 1 when differences are left, 2 when it could not be compared.
Settings come from the environment, as for the shop; docs/operating.md explains each difference.
`;

const units = { h: 3_600_000, d: 24 * 3_600_000 };

const options = {
  since: { type: 'string', default: '3d' },
  repair: { type: 'boolean', default: false },
  order: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

async function main(): Promise<void> {
  const wanted = readOptions();
  const env = readEnv();
  // The report is what standard output is for; what the log has to say goes beside it.
  const log: Log = pino({ level: env.logLevel === 'info' ? 'warn' : env.logLevel }, pino.destination(2));
  await requireDatabase(env.databaseUrl);
  const app = await composeApp(env, log, systemClock);
  try {
    if (wanted.order === null) await compareBooks(app, wanted);
    else await askAbout(app, wanted.order, wanted.json);
  } finally {
    await app.database.close();
  }
}

async function compareBooks(app: App, { since, repair, json }: Options): Promise<void> {
  const report = await reconcile(app, { since: app.clock.now() - since, repair });
  print(json ? toJson(report) : describeReconciliation(report));
  process.exitCode = differencesOf(report).length > 0 ? 1 : 0;
}

async function askAbout(app: App, name: string, json: boolean): Promise<void> {
  const found = await checkOrder(app, await findNamedOrder(app, name));
  const lines = found.map(({ object, outcome }) => `${object}: ${outcome}\n`).join('');
  print(json ? { found } : lines || 'The provider knows nothing of this order.\n');
}

function print(report: object | string): void {
  process.stdout.write(typeof report === 'string' ? report : `${JSON.stringify(report, null, 2)}\n`);
}

/** A slip in DATABASE_URL must not make a database, nor this command bring one to another version under a running shop. */
async function requireDatabase(url: string): Promise<void> {
  const database = openExistingDatabase(url, { poolSize: 1 });
  try {
    const pending = await pendingMigrations(database);
    if (pending.length > 0)
      throw new Error(`The database lacks ${pending.join(', ')}. Start this version of the shop once.`);
  } finally {
    await database.close();
  }
}

type Options = { since: number; repair: boolean; json: boolean; order: string | null };

function readOptions(): Options {
  const values = readArguments();
  if (values.help) {
    process.stdout.write(usage);
    process.exit(0);
  }
  const [, count, unit] = /^([1-9]\d{0,3})([hd])$/.exec(values.since) ?? [];
  if (count === undefined)
    throw new Error(`--since is a number of hours or days, such as 12h or 3d, not "${values.since}".`);
  const since = Number(count) * units[unit as 'h' | 'd'];
  return { since, repair: values.repair, json: values.json, order: values.order ?? null };
}

function readArguments() {
  try {
    return parseArgs({ options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    throw new Error(`${(error as Error).message}\nTry --help.`);
  }
}

/** Times as ISO 8601, and sets as counts. */
function toJson({ since, at, providers }: Reconciliation): object {
  return {
    since: new Date(since).toISOString(),
    at: new Date(at).toISOString(),
    providers: providers.map(({ comparisons, ...report }) => ({
      ...report,
      comparisons: comparisons.map(({ agreed, ...comparison }) => comparison),
    })),
  };
}

main().catch((error: unknown) => {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 2;
});
