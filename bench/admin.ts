import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Shop, startShop } from '../e2e/support/shop.ts';
import { insertCheckpoint, nextCheckpoint } from '../server/src/db/balances.ts';
import type { Database } from '../server/src/db/database.ts';
import { openDatabase } from '../server/src/db/dialect.ts';
import { writeSetting } from '../server/src/db/settings.ts';
import { readCommandLine, runCommand, UsageError, wholeNumber } from '../tools/command-line.ts';
import { createDatabase, startPostgres } from '../tools/postgres.ts';
import { casesOf } from './admin/cases.ts';
import { takeSamples } from './admin/samples.ts';
import { type Timed, timeCalls, timeTable } from './admin/time-calls.ts';
import { openBench } from './purchase/bench.ts';
import { measure, type Result, warmUp } from './purchase/measure.ts';
import { machine, say, table } from './purchase/table.ts';

const usage = `Usage: npm run bench:admin -- [OPTIONS]

Seeds a shop with orders and measures how long its back office takes to answer, over HTTP: lists, searches, the page of an
order, the first byte of an export. Then buys from it and from an empty shop, in turns.

  --database sqlite|postgres|both   default both
  --orders N      default 1000000, which takes some minutes and 10 GB in the temporary folder for each database
  --use URL       instead: a database that is there and stays there, such as one of npm run seed -- --orders 1000000
  --purchases N   purchases in each of two turns by 8 buyers (1500); 0 leaves them out
  --help`;

const token = 'operator_token_of_the_benchmark_0001';

async function main(): Promise<void> {
  const { values } = readCommandLine(usage, {
    database: { type: 'string', default: 'both' },
    orders: { type: 'string', default: '1000000' },
    use: { type: 'string' },
    purchases: { type: 'string', default: '1500' },
  });
  if (!/^(sqlite|postgres|both)$/.test(values.database))
    throw new UsageError('--database is sqlite, postgres or both.');
  const orders = wholeNumber('orders', values.orders, { min: 1, max: 20_000_000 });
  const purchases = wholeNumber('purchases', values.purchases, { min: 0, max: 1_000_000 });
  say(machine());
  if (values.use !== undefined) return await onDatabase(values.use, purchases);
  const databases = values.database === 'both' ? ['sqlite', 'postgres'] : [values.database];
  for (const database of databases) await onNewDatabase(database, orders, purchases);
}

async function onNewDatabase(kind: string, orders: number, purchases: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'paydesk-bench-'));
  const postgres = kind === 'postgres' ? await startPostgres() : null;
  try {
    const url = postgres ? await createDatabase(postgres.url, 'bench') : `sqlite:${join(folder, 'shop.db')}`;
    say(`\n${kind}: seeding ${orders} orders`);
    await seed(url, orders);
    await onDatabase(url, purchases);
  } finally {
    await postgres?.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** In a process of its own, which tells how far it is. */
async function seed(url: string, orders: number): Promise<void> {
  const child = spawn(process.execPath, ['tools/seed/main.ts', '--orders', String(orders)], {
    stdio: 'inherit',
    env: { PATH: process.env.PATH, DATABASE_URL: url },
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error('The orders could not be seeded.');
}

async function onDatabase(databaseUrl: string, purchases: number): Promise<void> {
  await putOff(databaseUrl);
  const shop = await startShop({
    databaseUrl,
    role: 'web',
    env: { OPERATOR_TOKEN: token, LOG_LEVEL: 'warn' },
  });
  try {
    const rows = await timeAll(shop);
    say(`\n${databaseUrl.startsWith('sqlite:') ? 'SQLite' : 'PostgreSQL'}\n${timeTable(rows)}`);
    const slow = rows.filter(({ isFast }) => !isFast).map(({ name }) => name);
    say(slow.length === 0 ? '\nEverything is under 50 ms.' : `\nNot under 50 ms: ${slow.join(', ')}.`);
  } finally {
    await shop.stop();
  }
  if (purchases > 0) await comparePurchases(databaseUrl, purchases);
}

/** What has become due since the orders were made waits for another day, or the shop would not be ready, and then be busy. */
async function putOff(url: string): Promise<void> {
  const database = openDatabase(url);
  const tomorrow = Date.now() + 86_400_000;
  await database.transaction(async (tx) => {
    const open = tx.updateTable('outbox').set({ not_before: tomorrow });
    await open.where('done_at', 'is', null).where('dead_at', 'is', null).execute();
    // The provider does not know these attempts and disputes, and would be asked about one after the other.
    await tx.updateTable('payments').set({ checked_at: tomorrow }).where('closed_at', 'is', null).execute();
    // Years that were never summed are summed once, in the background; that is no purchase's cost.
    for (const job of ['reconcile', 'figures', 'disputes'])
      await writeSetting(tx, `turn:${job}`, String(tomorrow));
  });
  await sumUpLedger(database);
  await database.close();
}

/** As the shop's books job has done long ago in a shop that grew: after seeding it would, for twenty minutes, beside the purchases. */
async function sumUpLedger(database: Database): Promise<void> {
  const settled = Date.now() - 10 * 60_000;
  for (;;) {
    const sums = await nextCheckpoint(database.read, settled);
    if (sums === null) return;
    await database.transaction((tx) => insertCheckpoint(tx, sums));
  }
}

async function timeAll(shop: Shop): Promise<Timed[]> {
  const database = openDatabase(shop.databaseUrl);
  const agent = new Agent({ keepAlive: true });
  const target = { url: shop.url, token, agent, pid: shop.pid() };
  try {
    const rows: Timed[] = [];
    for (const { group, name, paths } of casesOf(await takeSamples(database)))
      rows.push(await timeCalls(target, `${group}: ${name}`, paths));
    rows.push(await timeCalls(target, 'export: first byte', ['/orders.csv'], { first: true }));
    const narrow = '/orders.csv?view=needs-action';
    rows.push(await timeCalls(target, 'export: first byte of a view', [narrow], { first: true }));
    return rows;
  } finally {
    agent.destroy();
    await database.close();
  }
}

/** In turns, because the machine's own speed changes from minute to minute: full, empty, full, empty. */
async function comparePurchases(databaseUrl: string, count: number): Promise<void> {
  const isSqlite = databaseUrl.startsWith('sqlite:');
  const other = isSqlite ? null : await createDatabase(databaseUrl, `empty_${Date.now()}`);
  const full = await startShop({ databaseUrl, env: { DATABASE_POOL: '16' } });
  const empty = await startShop({
    ...(other !== null && { databaseUrl: other }),
    env: { DATABASE_POOL: '16' },
  });
  const benches = [await openBench(full), await openBench(empty)];
  const rows: Result[][] = [[], []];
  try {
    for (const bench of benches) await warmUp(bench, 'elements');
    for (let turn = 0; turn < 2; turn += 1)
      for (const [index, bench] of benches.entries())
        rows[index]!.push(await measure(bench, { buyers: 8, count, flow: 'elements' }, () => {}));
    say(`\npurchases, ${count} in each turn\nfull\n${table(rows[0]!)}\nempty\n${table(rows[1]!)}`);
    const [inFull, inEmpty] = rows.map((turns) => turns.reduce((sum, { cpu }) => sum + cpu, 0));
    say(`CPU of the shop for one purchase, full over empty: ${(inFull! / inEmpty!).toFixed(2)}`);
  } finally {
    for (const bench of benches) await bench.close();
    for (const shop of [full, empty]) await shop.stop();
  }
}

await runCommand(main);
