/** `npm run orders`: the orders of the shop, newest first, narrowed by whatever is known of them. */
import type { OrderList, OrderListRow } from '@paydesk/contract/admin/orders';
import { formatMoney, type Money } from '@paydesk/contract/money';
import { readCommandLine, runCommand, wholeNumber } from '../command-line.ts';
import { ask, reachShop, say, shopOptions } from './shop.ts';

const usage = `Usage: npm run orders [-- [WHAT] [OPTIONS]]

Lists orders, newest first. WHAT is an order's number, an e-mail address, or an id: ord_…, pi_…, ch_…, re_…, evt_….

  --status LIST      one or several, with commas: paid,review
  --view VIEW        needs-action, unpaid or disputed
  --email ADDRESS    all of it
  --from DAY         placed on this day of the shop or later, such as 2026-11-26
  --to DAY           or earlier
  --min N            the total at least, in minor units: 5000 is $50.00
  --max N            at most
  --limit N          so many at most (50)
  --json             as JSON, one order a line
${shopOptions}`;

const options = {
  status: { type: 'string' },
  view: { type: 'string' },
  email: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  min: { type: 'string' },
  max: { type: 'string' },
  limit: { type: 'string', default: '50' },
  json: { type: 'boolean' },
  shop: { type: 'string' },
} as const;

async function main(): Promise<void> {
  const { values, positionals } = readCommandLine(usage, options, { names: 1 });
  const { limit: text, json, shop: address, ...filters } = values;
  const limit = wholeNumber('limit', text, { min: 1, max: 1_000_000 });
  const query = new URLSearchParams(Object.entries(filters));
  if (positionals[0] !== undefined) query.set('q', positionals[0]);
  const shop = await reachShop(address);
  let left = limit;
  for (let older: string | null = ''; older !== null && left > 0; ) {
    if (older !== '') query.set('after', older);
    const list: OrderList = await ask<OrderList>(shop, 'GET', `/orders?${query}`);
    if (older === '' && list.understood === null && positionals[0] !== undefined)
      throw new Error('That is neither an order’s number nor an e-mail address nor an id.');
    for (const order of list.orders.slice(0, left)) say(json ? JSON.stringify(order) : line(order));
    left -= list.orders.length;
    older = list.older;
  }
  if (left === limit && !json) say('No orders fit.');
}

function line(order: OrderListRow): string {
  const { number, placedAt, status, fulfilment, total, email, customer, hasDispute, hasBreak } = order;
  const flags = [hasDispute ? 'disputed' : '', hasBreak ? 'break' : ''].filter(Boolean).join(' ');
  const cells = [
    number,
    placedAt.slice(0, 16).replace('T', ' '),
    status.padEnd(18),
    fulfilment.padEnd(11),
    formatMoney(total as Money).padStart(12),
    `${customer} <${email}>`,
    flags,
  ];
  return cells.join('  ').trimEnd();
}

await runCommand(main);
