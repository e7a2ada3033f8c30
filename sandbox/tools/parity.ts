/** Asks the sandbox and, with a test key, Stripe itself the same things, and prints what differs. */
import { parseArgs } from 'node:util';
import { moreScenarios } from './parity/more-scenarios.ts';
import { compare, type Result } from './parity/run.ts';
import { scenarios } from './parity/scenarios.ts';
import type { Address } from './parity/side.ts';

const usage = `Usage: [STRIPE_SECRET_KEY=sk_test_…] npm run parity -w sandbox [-- --only=TEXT]

Runs every scenario against a sandbox of its own and, when STRIPE_SECRET_KEY holds a test key, against Stripe, in that
key's account. Compares states, error codes, keys, types of values and the order of events. Ends with 1 when something
differs. Without a key it compares the sandbox with what the scenarios expect.

  --only=TEXT   only scenarios with this in their name
`;

/** Stripe makes `charge.updated` two seconds after the charge; the sandbox is told not to wait. */
const STRIPE_PATIENCE_MS = 6_000;

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { only: { type: 'string' }, help: { type: 'boolean' } } });
  if (values.help) {
    process.stdout.write(usage);
    return;
  }
  const stripe = addressOf(process.env.STRIPE_SECRET_KEY);
  const chosen = [...scenarios, ...moreScenarios].filter(({ name }) => name.includes(values.only ?? ''));
  if (stripe === null)
    process.stdout.write('No STRIPE_SECRET_KEY: the sandbox only, against what is expected.\n');
  let differences = 0;
  for (const scenario of chosen) {
    const result = await compare(scenario, stripe);
    print(result);
    differences += result.rows.reduce((sum, row) => sum + row.differences.length, 0);
  }
  process.stdout.write(`${chosen.length} scenarios, ${differences} differences\n`);
  process.exitCode = differences > 0 ? 1 : 0;
}

/** A live key would move real money, and an invented one is none of Stripe's. */
function addressOf(key: string | undefined): Address | null {
  if (key === undefined || key === '') return null;
  if (/^[rs]k_test_\w{20,}$/.test(key)) {
    return { url: 'https://api.stripe.com', key, patience: STRIPE_PATIENCE_MS };
  }
  throw new Error('STRIPE_SECRET_KEY is no test key of Stripe (sk_test_…). Nothing was sent.');
}

function print({ name, rows }: Result): void {
  process.stdout.write(`\n${name}\n`);
  for (const row of rows) {
    const sides = row.stripe === null ? row.sandbox : `${row.sandbox} | ${row.stripe}`;
    process.stdout.write(`  ${row.differences.length === 0 ? '=' : '≠'} ${row.call.padEnd(48)} ${sides}\n`);
    for (const difference of row.differences) process.stdout.write(`      ${difference}\n`);
  }
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 2;
}
