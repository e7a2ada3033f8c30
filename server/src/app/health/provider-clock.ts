import { readSetting, writeSetting } from '../../db/settings.ts';
import { type Finding, fail, ok, type ProviderSays, skipped, warn } from '../../domain/health.ts';
import type { App, Clock, PaymentProvider } from '../ports.ts';

/** Webhooks are refused when clocks differ by five minutes (`readEvent`); well before that somebody should look. In milliseconds. */
const worthLooking = 60_000;
const tooFar = 5 * 60_000;

/** How far our clock was ahead of the provider's, and when that was seen. In milliseconds. */
export type SeenClock = { at: number; skew: number };

/**
 * Asks the provider something and takes the time of its answer, as of the middle of the call.
 *
 * @returns what it said, and how far our clock is ahead of its; null where it named no time
 */
export async function askWithClock<T>(
  clock: Clock,
  ask: () => Promise<ProviderSays<T>>,
): Promise<{ said: ProviderSays<T>; skew: number | null }> {
  const before = clock.now();
  const said = await ask();
  const middle = (before + clock.now()) / 2;
  return { said, skew: said.clock === null ? null : Math.round(middle - said.clock) };
}

/** Compares the clocks and notes by how much they differ, for monitoring. A provider that does not answer leaves the note as it was. */
export async function noteClock(
  app: Pick<App, 'database' | 'clock' | 'log'>,
  { name, health }: PaymentProvider,
): Promise<void> {
  if (health === null) return;
  const { skew } = await askWithClock(app.clock, () => health.account());
  if (skew === null) return;
  if (Math.abs(skew) > worthLooking)
    app.log.error({ provider: name, seconds: Math.round(skew / 1_000) }, 'the clock is off');
  const seen: SeenClock = { at: app.clock.now(), skew };
  await app.database.transaction((tx) => writeSetting(tx, keyOf(name), JSON.stringify(seen)));
}

/** What was noted last of this provider's clock; null before the first time. */
export async function lastSeenClock(
  app: Pick<App, 'database'>,
  provider: { name: string },
): Promise<SeenClock | null> {
  const seen = await readSetting(app.database.read, keyOf(provider.name));
  return seen === undefined ? null : (JSON.parse(seen) as SeenClock);
}

/** @param skew how far our clock is ahead, in milliseconds; null where nobody told the time */
export function judgeClock(skew: number | null): Finding {
  const name = 'clock';
  if (skew === null) return skipped(name, 'Nobody told the time to compare with.');
  const seconds = Math.round(Math.abs(skew) / 1_000);
  if (Math.abs(skew) <= worthLooking)
    return ok(name, `This machine’s clock is within ${Math.max(1, seconds)} s of the provider’s.`);
  const found = `This machine’s clock is ${seconds} s ${skew > 0 ? 'ahead of' : 'behind'} the provider’s.`;
  return Math.abs(skew) > tooFar
    ? fail(
        name,
        found,
        'Set the clock and keep it set, for example with chrony: every webhook is refused until then.',
      )
    : warn(name, found, 'Keep the clock set, for example with chrony: from 300 s on, webhooks are refused.');
}

function keyOf(provider: string): string {
  return `clock:${provider}`;
}
