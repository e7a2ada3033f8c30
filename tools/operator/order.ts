/** `npm run order`: everything about one order, to be read by a person. */
import type { AdminOrder } from '@paydesk/contract/admin';
import { readCommandLine, runCommand } from '../command-line.ts';
import { ask, nameFrom, reachShop, say, shopOptions } from './shop.ts';
import { summary } from './summary.ts';

const usage = `Usage: npm run order -- ORDER [OPTIONS]

Prints an order with its payments, refunds, breaks, what is still to be done for it, and its timeline. ORDER is its number
or its id.

  --json             everything, as the API tells it
${shopOptions}`;

async function main(): Promise<void> {
  const { values, positionals } = readCommandLine(
    usage,
    { json: { type: 'boolean' }, shop: { type: 'string' } },
    { names: 1 },
  );
  const order = nameFrom(positionals, 'order');
  const seen = await ask<AdminOrder>(await reachShop(values.shop), 'GET', `/orders/${order}`);
  say(values.json ? JSON.stringify(seen, null, 2) : summary(seen));
}

await runCommand(main);
