/** `npm run refund`: gives a customer's money back, in whole or in part. */
import { randomUUID } from 'node:crypto';
import type { RefundReply } from '@paydesk/contract/admin';
import { formatMoney } from '@paydesk/contract/money';
import type { Refund } from '@paydesk/contract/refunds';
import { readCommandLine, runCommand, UsageError, wholeNumber } from '../command-line.ts';
import { ask, nameFrom, reachShop, say, shopOptions } from './shop.ts';

const usage = `Usage: npm run refund -- ORDER --reason TEXT [OPTIONS]

Gives money of an order back to the customer, who is told the amount and the reason. ORDER is its number or its id. Ends
with 1 when the refund was refused or failed.

  --reason TEXT      why, in words for the customer
  --amount N         in minor units: 500 is $5.00 (all that is left)
  --payment ID       only of this payment, and then also of its money that belongs to no order
  --restock          put the units that are not back yet on the shelf again
  --key KEY          the same key never refunds twice (a new one)
${shopOptions}`;

async function main(): Promise<void> {
  const { values, positionals } = readCommandLine(
    usage,
    {
      reason: { type: 'string' },
      amount: { type: 'string' },
      payment: { type: 'string' },
      restock: { type: 'boolean' },
      key: { type: 'string' },
      shop: { type: 'string' },
    },
    { names: 1 },
  );
  const order = nameFrom(positionals, 'order');
  if (values.reason === undefined) throw new UsageError('Say why, with --reason. The customer reads it.');
  const body = {
    reason: values.reason,
    ...(values.amount !== undefined && { amount: amountFrom(values.amount) }),
    ...(values.payment !== undefined && { paymentId: values.payment }),
    ...(values.restock === true && { restock: true }),
  };
  const shop = await reachShop(values.shop);
  const key = values.key ?? randomUUID();
  const reply = await ask<RefundReply>(shop, 'POST', `/orders/${order}/refunds`, { body, key });
  for (const refund of reply.refunds) say(sentence(refund));
  const { number, status, refunded, received } = reply.order;
  say(`Order ${number} is ${status}: ${formatMoney(refunded)} of ${formatMoney(received)} refunded.`);
  if (reply.refunds.some(({ status: outcome }) => outcome === 'failed')) process.exitCode = 1;
}

function amountFrom(text: string): number {
  return wholeNumber('amount', text, { min: 1, max: Number.MAX_SAFE_INTEGER });
}

function sentence(refund: Refund): string {
  const what = `${formatMoney(refund.amount)} (${refund.reference ?? refund.id})`;
  switch (refund.status) {
    case 'succeeded':
      return `${what} refunded.`;
    case 'pending':
      return `${what} is on its way.`;
    case 'failed':
      return `${what} did not go through. npm run breaks says why.`;
    case 'canceled':
      return `${what} was called off.`;
    default:
      return `${what} is asked for. The provider has not answered yet, and the shop asks again by itself.`;
  }
}

await runCommand(main);
