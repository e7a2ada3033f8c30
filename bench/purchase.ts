import { parseArgs } from 'node:util';
import { startShop } from '../e2e/support/shop.ts';
import { handledEvents } from '../server/src/providers/stripe/facts.ts';
import { createDatabase, startPostgres } from '../tools/postgres.ts';
import { type Bench, openBench } from './purchase/bench.ts';
import { openMailSink } from './purchase/mail-sink.ts';
import { measure, type Result, warmUp } from './purchase/measure.ts';
import { measureMemory } from './purchase/memory.ts';
import { machine, say, table } from './purchase/table.ts';
import { measureWebhooks } from './purchase/webhooks.ts';

const usage = `Usage: npm run bench [-- OPTIONS]

Buys from a real shop on a real sandbox, each in a process of its own, and measures the shop's process alone.

  --database sqlite|postgres|both   default both
  --count N       purchases for each number of buyers (default 1500)
  --buyers LIST   numbers of buyers (default 1,8,32)
  --flow elements|hosted            default elements
  --smtp          mails leave through a mail server, with the invoice attached, instead of going to the mailbox
  --memory N      instead: N purchases by 16 buyers, with the memory in use along the way (20000 shows a leak)
  --help

A purchase is: POST order, POST pay, the customer's confirmation at the sandbox, the webhooks, until the order is paid
in the shop's database. CPU is the user and system time of the shop's process, all threads, divided by the purchases;
the receipt, with its invoice, is part of it.
`;

const { values } = parseArgs({
  options: {
    database: { type: 'string', default: 'both' },
    count: { type: 'string', default: '1500' },
    buyers: { type: 'string', default: '1,8,32' },
    flow: { type: 'string', default: 'elements' },
    smtp: { type: 'boolean', default: false },
    memory: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

const databases = values.database === 'both' ? ['sqlite', 'postgres'] : [values.database];
const flow = values.flow === 'hosted' ? 'hosted' : 'elements';

if (values.help) {
  process.stdout.write(usage);
} else {
  say(machine());
  for (const database of databases) await onDatabase(database);
}

async function onDatabase(database: string): Promise<void> {
  const postgres = database === 'postgres' ? await startPostgres() : null;
  const databaseUrl = postgres ? await createDatabase(postgres.url, 'bench') : undefined;
  const mails = values.smtp ? await openMailSink() : null;
  const shop = await startShop({
    ...(databaseUrl !== undefined && { databaseUrl }),
    // A small heap makes the collector run often, so that what grows is a leak and not patience.
    env: {
      LOG_LEVEL: 'info',
      DATABASE_POOL: '16',
      ...(mails && { SMTP_URL: mails.url }),
      ...(values.memory !== undefined && { NODE_OPTIONS: '--max-old-space-size=64' }),
    },
    // The endpoint is registered for the events that docs/operating.md lists, as in production.
    sandboxParameters: ['--events', handledEvents.join(',')],
  });
  const bench = await openBench(shop);
  try {
    if (values.memory === undefined) await purchases(database, bench);
    else await measureMemory(bench, Number(values.memory), say);
  } finally {
    await bench.close();
    await shop.stop();
    await mails?.stop();
    await postgres?.stop();
  }
}

async function purchases(database: string, bench: Bench): Promise<void> {
  await warmUp(bench, flow);
  const rows: Result[] = [];
  for (const buyers of values.buyers.split(',').map(Number)) {
    rows.push(
      await measure(bench, { buyers, count: Number(values.count), flow }, (text) =>
        say(`${database}: ${text}`),
      ),
    );
  }
  say(`\n${database}, flow ${flow}, ${values.count} purchases each`);
  say(table(rows));
  const webhooks = await measureWebhooks(bench, 4_000);
  say(
    `webhooks alone: ${webhooks.perSecond.toFixed(0)} a second over 16 connections, ` +
      `${webhooks.cpuMilliseconds.toFixed(3)} ms of CPU each (signed, stored, no effect)\n`,
  );
}
