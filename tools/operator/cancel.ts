/** `npm run cancel`: ends an order that is not paid. */
import type { Order } from '@paydesk/contract/orders';
import { readCommandLine, runCommand } from '../command-line.ts';
import { ask, nameFrom, reachShop, say, shopOptions } from './shop.ts';

const usage = `Usage: npm run cancel -- ORDER [OPTIONS]

Ends an order that is not paid, paid in part or under review: first at the payment provider, then here. What was received
goes back to the customer. ORDER is its number or its id.

  --reason TEXT      why, in words for the customer
${shopOptions}`;

async function main(): Promise<void> {
  const { values, positionals } = readCommandLine(
    usage,
    { reason: { type: 'string' }, shop: { type: 'string' } },
    { names: 1 },
  );
  const order = nameFrom(positionals, 'order');
  const shop = await reachShop(values.shop);
  const body = values.reason === undefined ? {} : { reason: values.reason };
  const reply = await ask<{ order: Order }>(shop, 'POST', `/orders/${order}/cancel`, { body });
  const { number, status, timeline } = reply.order;
  say(`Order ${number} is ${status}.`);
  const ended = timeline.findLast(({ type }) => type === 'order.canceled');
  if (ended) say(ended.message);
}

await runCommand(main);
