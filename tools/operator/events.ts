/** `npm run events`: what payment providers told the shop, and what was made of it. */
import type { EventDetail, EventRow, Events } from '@paydesk/contract/admin/events';
import { readCommandLine, runCommand, UsageError } from '../command-line.ts';
import { ask, reachShop, say, shopOptions } from './shop.ts';

const usage = `Usage: npm run events [-- OPTIONS]

Lists the newest events of the inbox, or does something about one of them.

  --state STATE      only those that are new, waiting, parked or done
  --about NAME       only those about this: an id of Stripe's or of ours, or an order
  --show ID          one event with all it carried, as JSON
  --replay ID        deal with it once more; what it has changed already it does not change again
  --give-up ID       one that waits or was parked is not tried any more
  --reason TEXT      with --give-up: why
${shopOptions}`;

async function main(): Promise<void> {
  const { values } = readCommandLine(usage, {
    state: { type: 'string' },
    about: { type: 'string' },
    show: { type: 'string' },
    replay: { type: 'string' },
    'give-up': { type: 'string' },
    reason: { type: 'string' },
    shop: { type: 'string' },
  });
  const { 'give-up': gone, reason, replay, show } = values;
  if ((gone === undefined) !== (reason === undefined))
    throw new UsageError('--give-up and --reason go together.');
  const shop = await reachShop(values.shop);
  const pathOf = (id: string) => `/events/${encodeURIComponent(id)}`;
  if (show !== undefined)
    return say(JSON.stringify(await ask<EventDetail>(shop, 'GET', pathOf(show)), null, 2));
  if (replay !== undefined) {
    const { event } = await ask<EventDetail>(shop, 'POST', `${pathOf(replay)}/replay`);
    return say(`${event.id}  ${event.decision}`);
  }
  if (gone !== undefined) {
    const { event } = await ask<EventDetail>(shop, 'POST', `${pathOf(gone)}/give-up`, { body: { reason } });
    return say(`${event.id}  ${event.decision}`);
  }
  const query = new URLSearchParams({ state: values.state ?? '', object: values.about ?? '' });
  const { events } = await ask<Events>(shop, 'GET', `/events?${query}`);
  if (events.length === 0) return say('No such events.');
  for (const event of events) say(lineOf(event));
}

function lineOf(event: EventRow): string {
  const order = event.orderNumber === null ? '' : `order ${event.orderNumber}, `;
  return `${event.receivedAt}  ${event.id}  ${event.type}  ${event.state}\n  ${order}${event.object}: ${event.outcome ?? 'not dealt with yet'}`;
}

await runCommand(main);
