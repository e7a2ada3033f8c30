/** `npm run effects`: what the shop still has to do, and what it gave up. */
import type { Effect, Effects } from '@paydesk/contract/admin/effects';
import { readCommandLine, runCommand, UsageError } from '../command-line.ts';
import { ask, reachShop, say, shopOptions } from './shop.ts';

const usage = `Usage: npm run effects [-- OPTIONS]

Lists what waits to be done, the soonest first, or does something about one of them.

  --state STATE      those that are waiting, failing, gave-up or done (waiting)
  --order ORDER      all of this order, by its number or its id
  --retry KEY        try it at once, also one that was given up
  --give-up KEY      a mail is not sent any more
  --reason TEXT      with --give-up: why
${shopOptions}`;

async function main(): Promise<void> {
  const { values } = readCommandLine(usage, {
    state: { type: 'string' },
    order: { type: 'string' },
    retry: { type: 'string' },
    'give-up': { type: 'string' },
    reason: { type: 'string' },
    shop: { type: 'string' },
  });
  const { 'give-up': gone, reason, retry } = values;
  if ((gone === undefined) !== (reason === undefined))
    throw new UsageError('--give-up and --reason go together.');
  const shop = await reachShop(values.shop);
  const act = async (key: string, verb: string, body: object) => {
    const path = `/effects/${encodeURIComponent(key)}/${verb}`;
    say(lineOf((await ask<{ effect: Effect }>(shop, 'POST', path, { body })).effect));
  };
  if (retry !== undefined) return await act(retry, 'retry', {});
  if (gone !== undefined) return await act(gone, 'give-up', { reason });
  const query = new URLSearchParams({ state: values.state ?? '', order: values.order ?? '' });
  const { effects } = await ask<Effects>(shop, 'GET', `/effects?${query}`);
  if (effects.length === 0) return say('Nothing of the kind.');
  for (const effect of effects) say(lineOf(effect));
}

function lineOf({ key, state, attempts, dueAt, doneAt, gaveUpAt, lastError, orderNumber }: Effect): string {
  const order = orderNumber === null ? '' : `order ${orderNumber}, `;
  const error = lastError === null ? '' : `: ${lastError}`;
  return `${gaveUpAt ?? doneAt ?? dueAt}  ${key}  ${state}\n  ${order}tried ${attempts} times${error}`;
}

await runCommand(main);
