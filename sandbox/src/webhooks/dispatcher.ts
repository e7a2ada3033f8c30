/** Delivers events: in parallel, signed afresh for every attempt, repeated until an endpoint answers 2xx. */
import type { Clock } from '../clock.ts';
import type { Ids } from '../ids.ts';
import type { Delivery, EventRecord, WebhookEndpoint } from '../objects.ts';
import type { Settings } from '../settings.ts';
import type { Store } from '../store/store.ts';
import { renderEvent } from './events.ts';
import { waitAfterFailure } from './schedule.ts';
import { signatureHeader } from './signature.ts';
import { WebhookTransport } from './transport.ts';

/** At most this many requests are open to one endpoint; the others wait their turn. */
const MOST_AT_ONCE = 16;

interface Lane {
  open: number;
  waiting: string[];
}

export class Dispatcher {
  private readonly store: Store;
  private readonly clock: Clock;
  private readonly ids: Ids;
  private readonly settings: Settings;
  private readonly transport = new WebhookTransport();
  private readonly lanes = new Map<string, Lane>();
  private isClosed = false;

  constructor(parts: { store: Store; clock: Clock; ids: Ids; settings: Settings }) {
    this.store = parts.store;
    this.clock = parts.clock;
    this.ids = parts.ids;
    this.settings = parts.settings;
  }

  endpointsFor(type: string): WebhookEndpoint[] {
    const endpoints: WebhookEndpoint[] = [];
    for (const endpoint of this.store.webhook_endpoints.oldestFirst()) {
      const { enabled_events: wanted, status } = endpoint;
      if (status === 'enabled' && (wanted.includes('*') || wanted.includes(type))) endpoints.push(endpoint);
    }
    return endpoints;
  }

  deliver(event: EventRecord, endpoint: WebhookEndpoint): void {
    const delivery: Delivery = {
      id: this.ids.short('dlv'),
      event: event.id,
      type: event.type,
      endpoint: endpoint.id,
      state: 'pending',
      attempts: [],
      nextAttemptAt: this.clock.now() + this.settings.webhook_delay_ms,
    };
    this.store.deliveries.put(delivery);
    this.plan(delivery);
  }

  /** Takes up the deliveries that a restart interrupted. */
  resume(): void {
    for (const event of this.store.events.oldestFirst()) Object.assign(event, { pending: 0, undecided: 0 });
    for (const delivery of this.store.deliveries.oldestFirst()) {
      const event = this.store.events.get(delivery.event);
      if (event !== undefined && delivery.state !== 'succeeded') event.pending++;
      if (event === undefined || delivery.state !== 'pending') continue;
      event.undecided++;
      this.plan(delivery);
    }
  }

  close(): void {
    this.isClosed = true;
    this.transport.close();
  }

  private plan(delivery: Delivery): void {
    const start = (): void => this.enqueue(delivery);
    if (delivery.nextAttemptAt! > this.clock.now()) this.clock.at(delivery.nextAttemptAt!, start);
    // An event is told to nobody before it is on file, and never inside the call that caused it.
    else setImmediate(() => this.store.whenSafe(start));
  }

  private enqueue(delivery: Delivery): void {
    const lane = this.lanes.get(delivery.endpoint) ?? { open: 0, waiting: [] };
    this.lanes.set(delivery.endpoint, lane);
    if (lane.open < MOST_AT_ONCE) this.attempt(delivery, lane);
    else lane.waiting.push(delivery.id);
  }

  private attempt(delivery: Delivery, lane: Lane): void {
    const endpoint = this.store.webhook_endpoints.get(delivery.endpoint);
    const event = this.store.events.get(delivery.event);
    if (this.isClosed || delivery.state !== 'pending') return;
    if (endpoint === undefined || endpoint.status !== 'enabled' || event === undefined) {
      this.settle(delivery, 'failed');
      return;
    }
    lane.open++;
    const startedAt = this.clock.now();
    const body = renderEvent(event, event.endpoints);
    const secret = this.store.endpoint_secrets.get(endpoint.id)!.secret;
    const signature = signatureHeader(secret, Math.floor(startedAt / 1000), body);
    this.transport.post(endpoint.url, body, signature, (status, error) => {
      lane.open--;
      delivery.attempts.push({ at: startedAt, status, error });
      if (!this.isClosed) this.conclude(delivery, status);
      this.next(lane);
    });
  }

  private conclude(delivery: Delivery, status: number | null): void {
    if (status !== null && status >= 200 && status < 300) {
      this.settle(delivery, 'succeeded');
      return;
    }
    const wait = waitAfterFailure(delivery.attempts.length, this.settings.retry_scale);
    if (wait === null) {
      this.settle(delivery, 'failed');
      return;
    }
    delivery.nextAttemptAt = this.clock.now() + wait;
    this.store.deliveries.put(delivery);
    this.plan(delivery);
  }

  private settle(delivery: Delivery, state: 'succeeded' | 'failed'): void {
    delivery.state = state;
    delivery.nextAttemptAt = null;
    this.store.deliveries.put(delivery);
    const event = this.store.events.get(delivery.event);
    if (event === undefined) return;
    event.undecided--;
    // What failed for good stays pending, as Stripe counts endpoints that have not answered with success.
    if (state === 'succeeded') event.pending--;
  }

  private next(lane: Lane): void {
    while (lane.open < MOST_AT_ONCE && lane.waiting.length > 0 && !this.isClosed) {
      const delivery = this.store.deliveries.get(lane.waiting.shift()!);
      if (delivery !== undefined) this.attempt(delivery, lane);
    }
  }
}
