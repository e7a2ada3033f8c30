/** `npm run refund-done`: writes down that a refund by bank transfer was sent, or has come back. */
import { formatMoney } from '@paydesk/contract/money';
import type { SettledRefund } from '@paydesk/contract/transfers';
import { readCommandLine, runCommand, UsageError } from '../command-line.ts';
import { ask, nameFrom, reachShop, say, shopOptions } from './shop.ts';

const usage = `Usage: npm run refund-done -- REFUND [OPTIONS]

Writes down that a refund by bank transfer was sent; the customer is told. REFUND is its id (npm run order shows it). Refunds
of card payments need no such word: their provider says itself what becomes of them.

  --failed           it could not be sent, or has come back
  --reason TEXT      with --failed: why
${shopOptions}`;

async function main(): Promise<void> {
  const { values, positionals } = readCommandLine(
    usage,
    { failed: { type: 'boolean' }, reason: { type: 'string' }, shop: { type: 'string' } },
    { names: 1 },
  );
  const id = nameFrom(positionals, 'refund');
  const hasFailed = values.failed === true;
  if (values.reason !== undefined && !hasFailed) throw new UsageError('--reason goes with --failed.');
  const shop = await reachShop(values.shop);
  const path = `/refunds/${id}/${hasFailed ? 'fail' : 'complete'}`;
  const body = values.reason === undefined ? {} : { reason: values.reason };
  const { refund, order } = await ask<SettledRefund>(shop, 'POST', path, { body });
  say(`The refund of ${formatMoney(refund.amount)} ${hasFailed ? 'did not arrive' : 'is done'}.`);
  say(`Order ${order.number} is ${order.status}: ${formatMoney(order.refunded)} refunded.`);
}

await runCommand(main);
