/** An endpoint that fails for days is disabled, as Stripe does (docs.stripe.com/webhooks). */
import type { Clock } from '../clock.ts';
import type { Journal } from '../journal.ts';
import type { WebhookEndpoint } from '../objects.ts';
import type { Settings } from '../settings.ts';
import type { Store } from '../store/store.ts';

export interface HealthParts {
  store: Store;
  clock: Clock;
  settings: Settings;
  journal: Journal;
}

/** Notes how an attempt ended, and disables the endpoint when nothing has succeeded for too long. */
export function noteHealth(
  { store, clock, settings, journal }: HealthParts,
  id: string,
  isWell: boolean,
): void {
  const hidden = store.endpoint_secrets.get(id);
  const endpoint = store.webhook_endpoints.get(id);
  if (hidden === undefined || endpoint === undefined) return;
  if (isWell) {
    if (hidden.failingSince !== undefined) forgetFailures(store, id);
    return;
  }
  if (hidden.failingSince === undefined) {
    hidden.failingSince = clock.now();
    store.endpoint_secrets.put(hidden);
  }
  const longest = settings.endpoint_disabled_after_ms;
  if (longest === 0 || clock.now() - hidden.failingSince < longest) return;
  disable(store, endpoint);
  const effect = { object: 'webhook_endpoint', id, change: 'updated', status: 'disabled' } as const;
  journal.append({ at: clock.now(), source: 'timer', effects: [effect], events: [] });
}

/** An endpoint that answers, or that was enabled again by hand, starts afresh. */
export function forgetFailures(store: Store, id: string): void {
  const { failingSince: _, ...healthy } = store.endpoint_secrets.get(id)!;
  store.endpoint_secrets.put(healthy);
}

function disable(store: Store, endpoint: WebhookEndpoint): void {
  endpoint.status = 'disabled';
  store.webhook_endpoints.put(endpoint);
}
