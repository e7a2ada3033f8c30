/** `npm run transfer`: writes down that a bank transfer for an order has come in. */
import { formatMoney } from '@paydesk/contract/money';
import type { Order } from '@paydesk/contract/orders';
import type { RecordedTransfer } from '@paydesk/contract/transfers';
import { readCommandLine, runCommand, UsageError, wholeNumber } from '../command-line.ts';
import { ask, nameFrom, reachShop, say, shopOptions } from './shop.ts';

const usage = `Usage: npm run transfer -- ORDER --amount N --reference TEXT [OPTIONS]

Writes down money that the bank's statement shows for an order: a part, all, or more than is due, which then has to go back.
ORDER is its number or its id. The same booking is recorded once, so doing it again is safe.

  --amount N         what arrived, in minor units: 5000 is $50.00
  --reference TEXT   what the statement calls this one booking
  --received DAY     when the bank booked it, such as 2026-11-26
  --currency CODE    refused where it is not the order's
${shopOptions}`;

async function main(): Promise<void> {
  const { values, positionals } = readCommandLine(
    usage,
    {
      amount: { type: 'string' },
      reference: { type: 'string' },
      received: { type: 'string' },
      currency: { type: 'string' },
      shop: { type: 'string' },
    },
    { names: 1 },
  );
  const order = nameFrom(positionals, 'order');
  if (values.amount === undefined) throw new UsageError('Say how much arrived, with --amount.');
  if (values.reference === undefined)
    throw new UsageError('Say what the statement calls the booking, with --reference.');
  const body = {
    amount: wholeNumber('amount', values.amount, { min: 1, max: Number.MAX_SAFE_INTEGER }),
    bankReference: values.reference,
    ...(values.received !== undefined && { receivedAt: values.received }),
    ...(values.currency !== undefined && { currency: values.currency }),
  };
  const shop = await reachShop(values.shop);
  const reply = await ask<RecordedTransfer>(shop, 'POST', `/orders/${order}/transfers`, { body });
  say(`${formatMoney(reply.payment.received)} recorded for order ${reply.order.number}.`);
  for (const line of state(reply.order, reply.payment.id)) say(line);
}

/** What has become of the order, and what somebody still has to send. */
function state({ number, status, received, due, refunds }: Order, paymentId: string): string[] {
  const rest = due.amount > 0 ? `, ${formatMoney(due)} still due` : '';
  const back = refunds.filter((refund) => refund.paymentId === paymentId && refund.settledAt === null);
  return [
    `Order ${number} is ${status}: ${formatMoney(received)} received${rest}.`,
    ...back.map(
      ({ id, amount, reason }) =>
        `${formatMoney(amount)} has to go back. ${reason} Send it, then: npm run refund-done -- ${id}`,
    ),
  ];
}

await runCommand(main);
