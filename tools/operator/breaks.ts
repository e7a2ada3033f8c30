/** `npm run breaks`: what does not agree between the shop's books and the payment provider's. */
import type { Break, Breaks } from '@paydesk/contract/admin/breaks';
import { formatMoney } from '@paydesk/contract/money';
import { readCommandLine, runCommand, UsageError } from '../command-line.ts';
import { ask, reachShop, say, shopOptions } from './shop.ts';

const usage = `Usage: npm run breaks [-- OPTIONS]

Lists what does not agree between the books of the shop and those of the payment provider, newest first, at most 50. With --close it
writes down what a person has decided about one of them.

  --closed           those that are closed
  --close ID         close this one
  --resolution TEXT  with --close: what was done about it
${shopOptions}`;

async function main(): Promise<void> {
  const { values } = readCommandLine(usage, {
    closed: { type: 'boolean' },
    close: { type: 'string' },
    resolution: { type: 'string' },
    shop: { type: 'string' },
  });
  if ((values.close === undefined) !== (values.resolution === undefined))
    throw new UsageError('--close and --resolution go together.');
  const shop = await reachShop(values.shop);
  if (values.close !== undefined) {
    const path = `/breaks/${encodeURIComponent(values.close)}/close`;
    const reply = await ask<{ break: Break }>(shop, 'POST', path, {
      body: { resolution: values.resolution },
    });
    return say(`Closed by ${reply.break.closedBy}: ${reply.break.resolution}`);
  }
  const state = values.closed ? 'closed' : 'open';
  const { breaks, older } = await ask<Breaks>(shop, 'GET', `/breaks?state=${state}`);
  if (breaks.length === 0) return say(`No ${state} breaks.`);
  for (const one of breaks) say(paragraph(one));
  if (older !== null) say(`There are more. ${shop.url}/admin/breaks?state=${state} has all of them.`);
}

function paragraph(one: Break): string {
  const about = one.orderId === null ? one.object : `order ${one.orderId}, ${one.object}`;
  const lines = [
    `${one.id}  ${one.kind}${amountOf(one)}`,
    `  ${about}`,
    `  ${one.detail}`,
    `  since ${one.openedAt}`,
  ];
  if (one.closedAt === null) lines.push(`  ${one.advice}`);
  if (one.closedAt !== null) lines.push(`  closed ${one.closedAt} by ${one.closedBy}: ${one.resolution}`);
  return lines.join('\n');
}

function amountOf({ amount, currency }: Break): string {
  if (amount === null) return '';
  if (currency === null) return `, ${amount} minor units`;
  return `, ${formatMoney({ amount, currency })}`;
}

await runCommand(main);
