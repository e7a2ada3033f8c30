/** Puts the sandbox together: from nothing, or from the file in which an earlier run left it. */
import { resumeCatalogue } from './catalogue/redemption.ts';
import { resumeSessions } from './checkout/session.ts';
import { type Clock, type ClockState, systemClock } from './clock.ts';
import { Faults } from './faults/faults.ts';
import { createIds } from './ids.ts';
import { Journal } from './journal.ts';
import { resumeAvailability } from './payments/balance.ts';
import { resumeBookings } from './payments/booking.ts';
import { resumeDebits } from './payments/delayed.ts';
import { resumeDisputes } from './payments/dispute.ts';
import { resumeDecisions } from './payments/dispute-outcome.ts';
import { resumeExpiries } from './payments/expiry.ts';
import { resumeRefunds } from './payments/refund-settle.ts';
import { createEndpoint } from './resources/webhook-endpoints.ts';
import { defaultSettings, type Settings } from './settings.ts';
import { FileStorage } from './store/file-storage.ts';
import { Store } from './store/store.ts';
import { Dispatcher } from './webhooks/dispatcher.ts';
import { CURRENT_VERSION, DEFAULT_VERSION, readVersion } from './wire/versions.ts';
import { runTurn, type World } from './world.ts';

export interface WorldOptions {
  /** A SQLite file that keeps everything; `memory` (the default) forgets it at the end. */
  db?: string;
  /** An endpoint that is told of events from the start, signed with `secret`. */
  webhook?: { url: string; secret: string; events?: string[] };
  /**
   * The account's API version: of calls that name none, of endpoints made without one, and of all events. Without it,
   * calls without a version are answered as an older account's, and events are shown in the newest.
   */
  apiVersion?: string;
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
  const clock = options.clock ?? systemClock(clockOf(file));
  const settings = { ...defaultSettings, ...options.settings };
  const { seed } = options;
  const account = file?.fact('account', () => createIds({ seed }).account);
  const ids = createIds({
    seed: seedOf(file, seed),
    now: () => clock.now(),
    ...(account !== undefined && { account }),
  });
  const journal = new Journal(file);
  const faults = new Faults({ journal, clock });
  const accountVersion = readVersion(options.apiVersion ?? DEFAULT_VERSION);
  const dispatcher = new Dispatcher({ store, clock, ids, settings, journal, faults, accountVersion });
  const world: World = {
    clock,
    ids,
    store,
    journal,
    settings,
    dispatcher,
    faults,
    accountVersion,
    eventVersion: readVersion(options.apiVersion ?? CURRENT_VERSION),
    baseUrl: '',
    inFlight: new Set(),
  };
  return Object.assign(world, {
    start(baseUrl: string) {
      world.baseUrl = baseUrl;
      if (options.webhook !== undefined) useWebhook(world, options.webhook);
      resumeSessions(world);
      resumeCatalogue(world);
      resumeBookings(world);
      resumeDebits(world);
      resumeAvailability(world);
      resumeRefunds(world);
      resumeDisputes(world);
      resumeDecisions(world);
      resumeExpiries(world);
      dispatcher.resume();
    },
    close() {
      dispatcher.close();
      clock.stop();
      store.close();
    },
  });
}

/** With a file, time goes on where `POST /_sandbox/clock` left it. */
function clockOf(file: FileStorage | null): ClockState {
  return JSON.parse(
    file?.fact('clock', () => '{"frozenAt":null,"offset":0}') ?? '{"frozenAt":null,"offset":0}',
  );
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
  const apiVersion = world.eventVersion.name;
  for (const endpoint of world.store.webhook_endpoints.oldestFirst()) {
    if (endpoint.url !== given.url) continue;
    Object.assign(endpoint, { enabled_events: enabledEvents, api_version: apiVersion, status: 'enabled' });
    world.store.webhook_endpoints.put(endpoint);
    world.store.endpoint_secrets.put({ id: endpoint.id, secret: given.secret });
    return;
  }
  runTurn(world, 'start', (turn) =>
    createEndpoint(turn, {
      url: given.url,
      enabledEvents,
      secret: given.secret,
      apiVersion,
      description: 'From the command line',
      metadata: {},
    }),
  );
}
