/** Puts the sandbox together: from nothing, or from the file in which an earlier run left it. */
import { resumeSessions } from './checkout/session.ts';
import { type Clock, systemClock } from './clock.ts';
import { createIds } from './ids.ts';
import { Journal } from './journal.ts';
import { resumeBookings } from './payments/booking.ts';
import { resumeDebits } from './payments/delayed.ts';
import { createEndpoint } from './resources/webhook-endpoints.ts';
import { defaultSettings, type Settings } from './settings.ts';
import { FileStorage } from './store/file-storage.ts';
import { Store } from './store/store.ts';
import { Dispatcher } from './webhooks/dispatcher.ts';
import { runTurn, type World } from './world.ts';

export interface WorldOptions {
  /** A SQLite file that keeps everything; `memory` (the default) forgets it at the end. */
  db?: string;
  /** An endpoint that is told of events from the start, signed with `secret`. */
  webhook?: { url: string; secret: string; events?: string[] };
  settings?: Partial<Settings>;
  /** The same seed and the same calls give the same ids. */
  seed?: string;
  /** Under which browsers reach the sandbox, when that is not its own address. */
  publicUrl?: string;
  clock?: Clock;
}

export interface OpenWorld extends World {
  /** Begins to deliver and to keep time. */
  start(baseUrl: string): void;
  close(): void;
}

export async function openWorld(options: WorldOptions): Promise<OpenWorld> {
  const file =
    options.db === undefined || options.db === 'memory' ? null : await FileStorage.open(options.db);
  const store = new Store(file);
  const clock = options.clock ?? systemClock();
  const settings = { ...defaultSettings, ...options.settings };
  const { seed } = options;
  const account = file?.fact('account', () => createIds({ seed }).account);
  const ids = createIds({
    seed: seedOf(file, seed),
    now: () => clock.now(),
    ...(account !== undefined && { account }),
  });
  const dispatcher = new Dispatcher({ store, clock, ids, settings });
  const world: World = {
    clock,
    ids,
    store,
    journal: new Journal(file),
    settings,
    dispatcher,
    baseUrl: '',
    inFlight: new Set(),
  };
  return Object.assign(world, {
    start(baseUrl: string) {
      world.baseUrl = baseUrl;
      if (options.webhook !== undefined) useWebhook(world, options.webhook);
      resumeSessions(world);
      resumeBookings(world);
      resumeDebits(world);
      dispatcher.resume();
    },
    close() {
      dispatcher.close();
      clock.stop();
      store.close();
    },
  });
}

/** With a file, each run continues the seed's sequence differently, so that no id comes twice. */
function seedOf(file: FileStorage | null, seed: string | undefined): string | undefined {
  if (file === null || seed === undefined) return seed;
  const run = Number(file.fact('runs', () => '0')) + 1;
  file.setFact('runs', String(run));
  return run === 1 ? seed : `${seed}/${run}`;
}

/** The endpoint of the command line is the same one after a restart: known by its address. */
function useWebhook(world: World, given: NonNullable<WorldOptions['webhook']>): void {
  const enabledEvents = given.events ?? ['*'];
  for (const endpoint of world.store.webhook_endpoints.oldestFirst()) {
    if (endpoint.url !== given.url) continue;
    endpoint.enabled_events = enabledEvents;
    world.store.webhook_endpoints.put(endpoint);
    world.store.endpoint_secrets.put({ id: endpoint.id, secret: given.secret });
    return;
  }
  runTurn(world, 'start', (turn) =>
    createEndpoint(turn, {
      url: given.url,
      enabledEvents,
      secret: given.secret,
      apiVersion: null,
      description: 'From the command line',
      metadata: {},
    }),
  );
}
