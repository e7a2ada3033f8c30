/** Delivers events: in parallel, signed afresh for every attempt, repeated until an endpoint answers 2xx. */
import type { Clock } from '../clock.ts';
import type { Faults, WebhookRule } from '../faults/faults.ts';
import type { Ids } from '../ids.ts';
import type { Journal } from '../journal.ts';
import type { Delivery, EventRecord, WebhookEndpoint } from '../objects.ts';
import type { Settings } from '../settings.ts';
import type { Store } from '../store/store.ts';
import type { Version } from '../wire/versions.ts';
import { signEvent } from './attempt.ts';
import { noteHealth } from './endpoint-health.ts';
import { versionOf } from './events.ts';
import { countPending, coverAutomatic, twinOf } from './pending.ts';
import { waitAfterFailure } from './schedule.ts';
import { WebhookTransport } from './transport.ts';

/** At most this many requests are open to one endpoint; the others wait their turn. */
const MOST_AT_ONCE = 16;

export interface DispatcherParts {
  store: Store;
  clock: Clock;
  ids: Ids;
  settings: Settings;
  journal: Journal;
  faults: Faults;
  accountVersion: Version;
}

interface Lane {
  open: number;
  waiting: string[];
  /** How many requests were sent. */
  sent: number;
  /** Deliveries that a fault rule holds until another one, sent after them, was answered. */
  held: { delivery: Delivery; after: number }[];
}

export class Dispatcher {
  private readonly parts: DispatcherParts;
  private readonly transport = new WebhookTransport();
  private readonly lanes = new Map<string, Lane>();
  /** Deliveries whose next attempt no fault rule may touch: they were held or delayed, or a rule made them. */
  private readonly exempt = new Set<string>();
  /** Attempts that were due and have not ended. */
  private active = 0;
  private whenIdle: (() => void)[] = [];
  private isClosed = false;

  constructor(parts: DispatcherParts) {
    this.parts = parts;
  }

  endpointsFor(type: string): WebhookEndpoint[] {
    const endpoints: WebhookEndpoint[] = [];
    for (const endpoint of this.parts.store.webhook_endpoints.oldestFirst()) {
      const { enabled_events: wanted, status } = endpoint;
      if (status === 'enabled' && (wanted.includes('*') || wanted.includes(type))) endpoints.push(endpoint);
    }
    return endpoints;
  }

  deliver(event: EventRecord, endpoint: WebhookEndpoint, traits: Pick<Delivery, 'isManual'> = {}): Delivery {
    const { store, clock, ids, settings } = this.parts;
    const delivery: Delivery = {
      id: ids.short('dlv'),
      event: event.id,
      type: event.type,
      endpoint: endpoint.id,
      state: 'pending',
      attempts: [],
      nextAttemptAt: clock.now() + settings.webhook_delay_ms,
      ...traits,
    };
    store.deliveries.put(delivery);
    this.plan(delivery);
    return delivery;
  }

  /** Takes up the deliveries that a restart interrupted. */
  resume(): void {
    countPending(this.parts.store);
    for (const delivery of this.parts.store.deliveries.oldestFirst()) {
      if (delivery.state === 'pending') this.plan(delivery);
    }
  }

  /** Resolves once every attempt that is due has ended. */
  settled(): Promise<void> {
    return new Promise((resolve) => {
      if (this.active === 0 || this.isClosed) resolve();
      else this.whenIdle.push(resolve);
    });
  }

  /** Lets go of what a fault rule holds. */
  release(): void {
    for (const lane of this.lanes.values()) this.releaseHeld(lane, Number.POSITIVE_INFINITY);
  }

  close(): void {
    this.isClosed = true;
    this.transport.close();
    for (const resolve of this.whenIdle.splice(0)) resolve();
  }

  private plan(delivery: Delivery): void {
    const { clock, store } = this.parts;
    if (delivery.nextAttemptAt! > clock.now()) {
      clock.at(delivery.nextAttemptAt!, () => this.enqueue(delivery));
      return;
    }
    this.active++;
    // An event is told to nobody before it is on file, and never inside the call that caused it.
    setImmediate(() =>
      store.whenSafe(() => {
        this.enqueue(delivery);
        this.end();
      }),
    );
  }

  private enqueue(delivery: Delivery): void {
    const lane = this.lanes.get(delivery.endpoint) ?? { open: 0, waiting: [], sent: 0, held: [] };
    this.lanes.set(delivery.endpoint, lane);
    this.active++;
    if (lane.open < MOST_AT_ONCE) this.attempt(delivery, lane);
    else lane.waiting.push(delivery.id);
  }

  private attempt(delivery: Delivery, lane: Lane): void {
    const { store, faults } = this.parts;
    const endpoint = store.webhook_endpoints.get(delivery.endpoint);
    const event = store.events.get(delivery.event);
    if (this.isClosed || delivery.state !== 'pending') {
      this.end();
    } else if (endpoint === undefined || endpoint.status !== 'enabled' || event === undefined) {
      this.settle(delivery, 'failed');
      this.end();
    } else {
      const rule = this.exempt.delete(delivery.id)
        ? null
        : faults.ofDelivery(event.type, endpoint.id, event.id);
      if (this.isPutOff(delivery, lane, rule)) this.end();
      else this.send(delivery, lane, { endpoint, event, rule });
    }
  }

  /** Fault rules that keep an attempt from being sent now. */
  private isPutOff(delivery: Delivery, lane: Lane, rule: WebhookRule | null): boolean {
    const now = this.parts.clock.now();
    switch (rule?.fault) {
      case 'drop':
        delivery.attempts.push({ at: now, status: null, error: `lost by the fault rule ${rule.id}` });
        this.conclude(delivery, null);
        return true;
      case 'delay':
        this.exempt.add(delivery.id);
        this.repeatAt(delivery, now + rule.ms);
        return true;
      case 'reorder':
        this.exempt.add(delivery.id);
        lane.held.push({ delivery, after: lane.sent });
        return true;
      default:
        return false;
    }
  }

  private send(
    delivery: Delivery,
    lane: Lane,
    { endpoint, event, rule }: { endpoint: WebhookEndpoint; event: EventRecord; rule: WebhookRule | null },
  ): void {
    const { store, clock, ids } = this.parts;
    const startedAt = clock.now();
    const version = versionOf(this.parts, endpoint).name;
    const secret = store.endpoint_secrets.get(endpoint.id)!;
    const { body, signature } = signEvent(event, version, secret, startedAt, rule?.fault ?? null);
    const number = ++lane.sent;
    lane.open++;
    this.transport.post(endpoint.url, body, signature, (status, error) => {
      lane.open--;
      delivery.attempts.push({ at: startedAt, status, error });
      if (!this.isClosed) this.conclude(delivery, status);
      this.releaseHeld(lane, number);
      this.next(lane);
      this.end();
    });
    if (rule?.fault === 'duplicate') {
      this.active++;
      this.transport.post(endpoint.url, body, signature, () => this.end());
    } else if (rule?.fault === 'twin') {
      const twin = twinOf(event, ids);
      store.events.put(twin);
      this.exempt.add(this.deliver(twin, endpoint).id);
    }
  }

  private conclude(delivery: Delivery, status: number | null): void {
    const isWell = status !== null && status >= 200 && status < 300;
    noteHealth(this.parts, delivery.endpoint, isWell);
    const wait = delivery.isManual
      ? null
      : waitAfterFailure(delivery.attempts.length, this.parts.settings.retry_scale);
    if (isWell) this.settle(delivery, 'succeeded');
    else if (wait === null) this.settle(delivery, 'failed');
    else this.repeatAt(delivery, this.parts.clock.now() + wait);
  }

  private repeatAt(delivery: Delivery, moment: number): void {
    delivery.nextAttemptAt = moment;
    this.parts.store.deliveries.put(delivery);
    this.plan(delivery);
  }

  private settle(delivery: Delivery, state: 'succeeded' | 'failed'): void {
    const { store } = this.parts;
    delivery.state = state;
    delivery.nextAttemptAt = null;
    store.deliveries.put(delivery);
    const event = store.events.get(delivery.event);
    if (event === undefined) return;
    if (delivery.isManual) {
      if (state === 'succeeded') coverAutomatic(store, event, delivery.endpoint);
      return;
    }
    event.undecided--;
    // What failed for good stays pending, as Stripe counts endpoints that have not answered with success.
    if (state === 'succeeded' && !delivery.isCovered) event.pending--;
  }

  private releaseHeld(lane: Lane, sent: number): void {
    if (lane.held.length === 0) return;
    const free = lane.held.filter(({ after }) => after < sent);
    lane.held = lane.held.filter(({ after }) => after >= sent);
    for (const { delivery } of free) this.enqueue(delivery);
  }

  private next(lane: Lane): void {
    while (lane.open < MOST_AT_ONCE && lane.waiting.length > 0 && !this.isClosed) {
      const delivery = this.parts.store.deliveries.get(lane.waiting.shift()!);
      if (delivery !== undefined) this.attempt(delivery, lane);
      else this.end();
    }
  }

  private end(): void {
    this.active--;
    if (this.active === 0) for (const resolve of this.whenIdle.splice(0)) resolve();
  }
}
