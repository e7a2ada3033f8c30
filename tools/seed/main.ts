import { existsSync } from 'node:fs';
import { openDatabase } from '../../server/src/db/dialect.ts';
import { migrate } from '../../server/src/db/migrate.ts';
import { readEnv } from '../../server/src/env.ts';
import { readCommandLine, runCommand, UsageError, wholeNumber } from '../command-line.ts';
import { seedOrders } from './orders/seed-orders.ts';
import { seedCatalogue } from './seed.ts';

const usage = `Usage: npm run seed [-- OPTIONS]

Fills the database with the demo shop: products, countries with their rates, discount codes.
Rows that exist already are left as they are.

  --replace      writes products, rates and codes anew, stock included
  --orders N     besides, makes up N orders in every state, with payments, refunds, disputes, events, accounts and books, for
                 looking at a shop that has been in use (a million take some minutes and 7 GB). Only into a database without
                 orders, and never into a shop with live keys. The payment provider knows nothing of them: stay away from
                 npm run reconcile, which would say so
  --days N       over how many days they are spread (400)
  --random N     another number makes other orders, the same one the same (1)
  --until TIME   their newest moment, such as 2026-11-26T12:00:00Z (now)
`;

async function main(): Promise<void> {
  const { values } = readCommandLine(usage, {
    replace: { type: 'boolean', default: false },
    orders: { type: 'string' },
    days: { type: 'string', default: '400' },
    random: { type: 'string', default: '1' },
    until: { type: 'string' },
  });
  if (values.orders !== undefined && existsSync('.env')) process.loadEnvFile('.env');
  const url = process.env.DATABASE_URL ?? 'sqlite:data/paydesk.db';
  const database = openDatabase(url);
  try {
    await migrate(database, Date.now());
    const counts = await seedCatalogue(database, values.replace);
    say(`Seeded ${counts.products} products, ${counts.countries} countries, ${counts.discounts} codes.`);
    if (values.orders === undefined) return;
    const orders = wholeNumber('orders', values.orders, { min: 1, max: 20_000_000 });
    const wanted = {
      orders,
      days: wholeNumber('days', values.days, { min: 1, max: 10_000 }),
      seed: wholeNumber('random', values.random, { min: 0, max: 4_294_967_295 }),
      until: values.until === undefined ? Date.now() : moment(values.until),
    };
    const start = Date.now();
    await seedOrders(database, readEnv(), wanted, progress(orders, start));
    say(`Seeded ${orders} orders in ${Math.round((Date.now() - start) / 1_000)} s.`);
  } finally {
    await database.close();
  }
}

function moment(text: string): number {
  const at = Date.parse(text);
  if (Number.isNaN(at))
    throw new UsageError(`--until is a time such as 2026-11-26T12:00:00Z, not "${text}".`);
  return at;
}

/** A line every five seconds. */
function progress(orders: number, start: number): (done: number) => void {
  let told = start;
  return (done) => {
    const now = Date.now();
    if (now - told < 5_000) return;
    told = now;
    const perSecond = done / ((now - start) / 1_000);
    const left = Math.ceil((orders - done) / perSecond);
    say(`${done} of ${orders} orders, ${Math.round(perSecond)} a second, ${left} s left`);
  };
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

await runCommand(main);
