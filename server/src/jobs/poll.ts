import { checkDeliveries } from '../app/check-deliveries.ts';
import { ProviderError } from '../app/errors.ts';
import { noteClock } from '../app/health/provider-clock.ts';
import { pollEvents } from '../app/poll-events.ts';
import type { App, PaymentProvider } from '../app/ports.ts';
import { takeTurn } from '../db/settings.ts';

/** With every notification lost, an order is paid this much later, in milliseconds. */
const interval = 30_000;
/** How often our clock is compared with a provider's, in milliseconds. */
const clockInterval = 10 * 60_000;

/** Fetches each provider's new events, once every half minute whatever the number of processes. */
export async function runPoll(app: App): Promise<number> {
  let found = 0;
  for (const provider of app.providers.values()) {
    await checkClock(app, provider);
    const turn = { now: app.clock.now(), interval };
    if (provider.records === null || !(await takeTurn(app.database, `poll:${provider.name}`, turn))) continue;
    try {
      const poll = await pollEvents(app, provider);
      if (poll.found > 0) app.log.warn({ provider: provider.name, ...poll }, 'events were fetched');
      found += poll.found;
      await checkDeliveries(app, provider);
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      app.log.warn({ provider: provider.name, err: error }, 'events cannot be fetched now');
    }
  }
  return found;
}

/** A clock that is off makes every notification look too old or too new, so it is told before that happens. */
async function checkClock(app: App, provider: PaymentProvider): Promise<void> {
  const turn = { now: app.clock.now(), interval: clockInterval };
  if (provider.health === null || !(await takeTurn(app.database, `clock:${provider.name}`, turn))) return;
  await noteClock(app, provider);
}
