/** Everything the sandbox is made of, put together once; and one turn: a single thing that happens in it. */
import type { Clock } from './clock.ts';
import type { Faults } from './faults/faults.ts';
import type { Ids } from './ids.ts';
import type { Effect, Journal, JournalEntry } from './journal.ts';
import type { Settings } from './settings.ts';
import type { Collection } from './store/collection.ts';
import type { Store } from './store/store.ts';
import type { Dispatcher } from './webhooks/dispatcher.ts';
import type { Version } from './wire/versions.ts';

export interface World {
  clock: Clock;
  ids: Ids;
  store: Store;
  journal: Journal;
  settings: Settings;
  dispatcher: Dispatcher;
  faults: Faults;
  /** The account's API version, for calls and endpoints that name none. */
  accountVersion: Version;
  /** The version in which `/v1/events` shows its events. */
  eventVersion: Version;
  /** Scheme, host and port under which browsers reach the sandbox. */
  baseUrl: string;
  /** Idempotency keys and locked paths of calls that have not been answered yet. */
  inFlight: Set<string>;
}

/** One call, one timer or one answer of a bank. It runs to its end without interruption. */
export interface Turn {
  readonly world: World;
  /** Seconds since 1970: Stripe's unit for `created`. */
  readonly now: number;
  readonly requestId: string | null;
  readonly idempotencyKey: string | null;
  readonly effects: Effect[];
  readonly events: string[];
}

export function beginTurn(
  world: World,
  requestId: string | null = null,
  idempotencyKey: string | null = null,
): Turn {
  const now = Math.floor(world.clock.now() / 1000);
  return { world, now, requestId, idempotencyKey, effects: [], events: [] };
}

/** Runs what no call asked for (timers, banks) as a turn of its own, and journals it. */
export function runTurn<T>(world: World, source: JournalEntry['source'], work: (turn: Turn) => T): T {
  const turn = beginTurn(world);
  const result = work(turn);
  if (turn.effects.length > 0) {
    world.journal.append({ at: world.clock.now(), source, effects: turn.effects, events: turn.events });
  }
  return result;
}

interface ApiObject {
  id: string;
  object: string;
}

/** Keeps a new or changed object and notes it for the journal. */
export function save<T extends ApiObject>(
  turn: Turn,
  collection: Collection<T>,
  record: T,
  change: 'created' | 'updated',
): void {
  collection.put(record);
  turn.effects.push(effectOf(record, change));
}

export function remove<T extends ApiObject>(turn: Turn, collection: Collection<T>, record: T): void {
  collection.delete(record.id);
  turn.effects.push(effectOf(record, 'deleted'));
}

function effectOf(record: ApiObject, change: Effect['change']): Effect {
  const effect: Effect = { object: record.object, id: record.id, change };
  const facts = record as ApiObject & Record<string, unknown>;
  if (typeof facts.status === 'string') effect.status = facts.status;
  if (typeof facts.amount === 'number') effect.amount = facts.amount;
  if (typeof facts.amount_total === 'number') effect.amount = facts.amount_total;
  if (typeof facts.currency === 'string') effect.currency = facts.currency;
  if (typeof facts.payment_intent === 'string') effect.payment_intent = facts.payment_intent;
  return effect;
}
