import { parseArgs } from 'node:util';
import { Random } from '../tools/random.ts';
import { Person } from './soak/client.ts';
import { switchOff, switchOn } from './soak/faults.ts';
import { scenarios } from './soak/scenarios.ts';
import { settle } from './soak/settle.ts';
import { judge, type Verdict } from './soak/verdict.ts';
import { openWorld, type World } from './soak/world.ts';

const usage = `Usage: npm run soak [-- OPTIONS]

Lets many customers and operators do what customers and operators do, while calls to Stripe fail and deliveries get lost,
repeated and mixed up. Then everything has its time to settle, and every rule of the books is checked, with the sandbox's
own record as the other side. Ends with 1 when anything is wrong.

  --orders N     how many purchases (default 1000)
  --seed N       the same seed makes the same choices (default: the time)
  --at-once N    how many go on at the same time (default 24)
  --database sqlite|postgres   default sqlite
  --calm         without faults
  --help
`;

const { values } = parseArgs({
  options: {
    orders: { type: 'string', default: '1000' },
    seed: { type: 'string' },
    'at-once': { type: 'string', default: '24' },
    database: { type: 'string', default: 'sqlite' },
    calm: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

/** How often it is told how far it is, in milliseconds. */
const tellEvery = 5_000;

async function main(): Promise<void> {
  const orders = Number(values.orders);
  const seed = Number(values.seed ?? Date.now() % 1_000_000);
  const kind = values.database === 'postgres' ? 'postgres' : 'sqlite';
  say(`${orders} purchases on ${kind}, seed ${seed}${values.calm ? ', without faults' : ''}`);
  const world = await openWorld(kind);
  try {
    const since = world.app.clock.now();
    const started = performance.now();
    if (!values.calm) await switchOn(world, seed);
    const chosen = await buyAll(world, orders, new Random(seed));
    const hits = await switchOff(world);
    say(`bought in ${seconds(started)} s; now everything has its time`);
    await settle(world, since, say);
    const verdict = await judge(world);
    report(chosen, hits, verdict);
    say(`${seconds(started)} s in all, seed ${seed}`);
    process.exitCode = verdict.faults.length > 0 ? 1 : 0;
  } finally {
    await world.stop();
  }
}

/** Starts the purchases in the order that the seed chooses; answers how often each kind was chosen. */
async function buyAll(world: World, orders: number, random: Random): Promise<Record<string, number>> {
  const chosen: Record<string, number> = {};
  let begun = 0;
  let done = 0;
  const telling = setInterval(() => say(`${done} of ${orders}`), tellEvery);
  const customer = async (): Promise<void> => {
    while (begun < orders) {
      begun += 1;
      const scenario = random.weighted(scenarios);
      chosen[scenario.name] = (chosen[scenario.name] ?? 0) + 1;
      await scenario.run(new Person(world, random.branch()));
      done += 1;
    }
  };
  try {
    await Promise.all(Array.from({ length: Number(values['at-once']) }, customer));
  } finally {
    clearInterval(telling);
  }
  return chosen;
}

function report(chosen: Record<string, number>, hits: Record<string, number>, verdict: Verdict): void {
  table('what customers did', chosen);
  table('what went wrong at Stripe and on the way', hits);
  for (const [name, counts] of Object.entries(verdict.counts)) table(name, counts);
  const { faults, rules } = verdict;
  say(`\n${rules} rules of the books and the sandbox's record: ${faults.length} faults`);
  for (const fault of faults.slice(0, 50)) say(`  ${fault}`);
  if (faults.length > 50) say(`  and ${faults.length - 50} more`);
}

function table(title: string, counts: Record<string, number>): void {
  say(`\n${title}`);
  for (const [name, count] of Object.entries(counts).toSorted(([, a], [, b]) => b - a))
    say(`  ${String(count).padStart(6)}  ${name}`);
}

function seconds(started: number): string {
  return ((performance.now() - started) / 1_000).toFixed(0);
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

if (values.help) process.stdout.write(usage);
else await main();
