import { existsSync } from 'node:fs';
import { readCommandLine, UsageError, wholeNumber } from '../command-line.ts';

export type PurchaseOptions = {
  shop: string;
  flow: 'elements' | 'hosted';
  card: string;
  count: number;
  concurrency: number;
};

const usage = `Usage: npm run purchase [-- OPTIONS]

Makes a real purchase over HTTP against a running shop on its sandbox: order, payment, the customer's confirmation at the
sandbox, the signed webhook, paid. Prints every step with its ids and times. Ends with 1 when an order does not end paid.

  --flow elements|hosted   pay on the shop's page, or on Stripe's (elements)
  --card NUMBER            one of Stripe's test cards (4242 4242 4242 4242)
  --count N                how many purchases (1)
  --concurrency N          how many at a time (1)
  --shop URL               where the shop is (FRONTEND_URL, or http://localhost:3000)`;

/** Reads the command line; what it does not say comes from the settings the shop itself is started with. */
export function readOptions(): PurchaseOptions {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const { values } = readCommandLine(usage, {
    flow: { type: 'string', default: 'elements' },
    card: { type: 'string', default: '4242424242424242' },
    count: { type: 'string', default: '1' },
    concurrency: { type: 'string', default: '1' },
    shop: {
      type: 'string',
      default: process.env.FRONTEND_URL || `http://localhost:${process.env.PORT || 3000}`,
    },
  });
  const { flow } = values;
  if (flow !== 'elements' && flow !== 'hosted')
    throw new UsageError(`--flow is "elements" or "hosted", not "${flow}".`);
  const card = values.card.replaceAll(/[ -]/g, '');
  if (!/^\d{12,19}$/.test(card)) throw new UsageError(`--card is a card number, not "${values.card}".`);
  if (!URL.canParse(values.shop))
    throw new UsageError(`--shop is a URL such as http://localhost:3000, not "${values.shop}".`);
  return {
    flow,
    card,
    shop: new URL(values.shop).origin,
    count: wholeNumber('count', values.count, { min: 1, max: 1_000_000 }),
    concurrency: wholeNumber('concurrency', values.concurrency, { min: 1, max: 1_000 }),
  };
}
