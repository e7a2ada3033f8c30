import type { Finding } from '../../domain/health.ts';
import type { Clock, ProviderHealth } from '../ports.ts';
import { type Connection, judgeAccount, judgeEndpoint, judgeVersion } from './judge-provider.ts';
import { askWithClock, judgeClock } from './provider-clock.ts';

/** Asks the provider about our key, our endpoint and the time, and changes nothing there. */
export async function checkProvider(
  health: ProviderHealth,
  connection: Connection,
  clock: Clock,
): Promise<Finding[]> {
  const [{ said, skew }, endpoints] = await Promise.all([
    askWithClock(clock, () => health.account()),
    health.endpoints(),
  ]);
  return [
    judgeAccount(said, connection),
    judgeVersion(said, health.registration),
    judgeEndpoint(endpoints, health.registration, connection),
    judgeClock(skew),
  ];
}
