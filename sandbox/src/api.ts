/** One API call from its headers to its reply: key, version, route, idempotency, parameters, effect, journal. */
import {
  type Breakage,
  delayOf,
  failAfterwards,
  lostAfter,
  lostBefore,
  refuseByRate,
  refuseExecution,
} from './faults/call-faults.ts';
import type { CallRule } from './faults/faults.ts';
import type { PaymentIntent, SetupIntent } from './objects.ts';
import { observeAnswer, observeReply } from './observation.ts';
import { publicIntent } from './payments/public-intent.ts';
import { type Match, matchRoute } from './routes.ts';
import type { Access, Call } from './routing.ts';
import { publicSetupIntent } from './setup/public-setup-intent.ts';
import { authenticate, secretKeyInBrowser, secretKeyRequired } from './wire/auth.ts';
import { ApiError, invalidRequest, notBuilt, renderError } from './wire/errors.ts';
import { expandReply } from './wire/expand.ts';
import { type FormHash, parseForm } from './wire/form.ts';
import { findReplay, type KeyedRequest, keepReply, objectLocked } from './wire/idempotency.ts';
import { readFields } from './wire/schema.ts';
import { downgrade, upgradeForm } from './wire/versions/render.ts';
import { readVersion, type Version } from './wire/versions.ts';
import { beginTurn, type Turn, type World } from './world.ts';

export interface ApiRequest {
  method: string;
  path: string;
  query: string;
  body: string;
  /** Header values as received. */
  authorization: string | undefined;
  account: string | undefined;
  /** Set when a browser asks. */
  origin: string | undefined;
  version: string | undefined;
  idempotencyKey: string | undefined;
  /** The sandbox's own pages look something up: no call of a client, so the journal does not have it. */
  isOwnLook?: boolean;
}

export interface ApiReply {
  status: number;
  headers: Record<string, string>;
  body: string;
  /** A fault rule wants the caller to see less than the whole reply. */
  breakage?: Breakage;
}

interface Admitted {
  match: Match;
  access: Access;
  version: Version;
  form: FormHash;
  fault: CallRule | null;
}

type Send = (reply: ApiReply) => void;

/**
 * Answers a call. What the reply reports is on file before `send` is called.
 * @param fault the rule that lets this call go wrong
 */
export function answerCall(
  world: World,
  request: ApiRequest,
  send: Send,
  fault: CallRule | null = null,
): void {
  const lost = lostBefore(fault);
  if (lost !== null) {
    send({ status: 0, headers: {}, body: '', breakage: lost });
    return;
  }
  // What has happened by now is seen by this call, whether its timer has come round or not.
  world.clock.catchUp();
  const requestId = world.ids.short('req');
  const headers: Record<string, string> = {
    'Content-Type': 'application/json',
    'Cache-Control': 'no-cache, no-store',
    'Request-Id': requestId,
  };
  const key = request.method === 'POST' ? request.idempotencyKey || undefined : undefined;
  const turn = beginTurn(world, requestId, key ?? null);
  let reply: ApiReply;
  /** What this call holds until it is answered. */
  const locks: string[] = [];
  try {
    const admitted = admit(world, request, fault);
    headers['Stripe-Version'] = admitted.version.name;
    refuseByRate(fault);
    reply = executeOnce(turn, admitted, request, headers, locks);
  } catch (error) {
    reply = errorReply(world, requestId, headers, error);
  }
  if (request.isOwnLook !== true) journalCall(turn, request, reply);
  observeReply({ request, reply });
  const breakage = lostAfter(fault);
  if (breakage !== null) reply = { ...reply, breakage };
  release(world, locks, delayOf(fault), () => send(reply));
}

function admit(world: World, request: ApiRequest, fault: CallRule | null): Admitted {
  const given = readForm(request);
  const { key, ...rest } = given;
  const access = authenticate(request.authorization, typeof key === 'string' ? key : undefined);
  // A key that was used is no parameter of the endpoint's own.
  const form = request.authorization === undefined ? rest : given;
  if (access === 'secret' && request.origin !== undefined) throw secretKeyInBrowser();
  if (request.account) throw notBuilt('calls for connected accounts (Stripe-Account)');
  const version = request.version ? readVersion(request.version) : world.accountVersion;
  const match = matchRoute(request.method, request.path);
  if (access === 'publishable' && match.route.access === 'secret') throw secretKeyRequired();
  return { match, access, version, form, fault };
}

function readForm(request: ApiRequest): FormHash {
  const { method, query, body } = request;
  if (body.startsWith('{')) {
    throw invalidRequest(
      'Invalid request (check that your POST content type is application/x-www-form-urlencoded).',
    );
  }
  try {
    return parseForm(
      method === 'POST' && body !== '' ? (query === '' ? body : `${query}&${body}`) : query || body,
    );
  } catch (error) {
    throw invalidRequest(`The request's parameters could not be read: ${(error as Error).message}.`);
  }
}

/** Checks the parameters, runs the handler and renders what it returns. */
function execute(turn: Turn, admitted: Admitted): string {
  const { match, access, version } = admitted;
  const { store } = turn.world;
  const form = upgradeForm(version, `${match.route.method} ${match.route.path}`, admitted.form);
  const params = readFields(match.route.fields, form);
  refuseExecution(admitted.fault);
  const call: Call<unknown> = { turn, world: turn.world, ids: match.ids, params, access, version };
  const answer = match.route.handle(call);
  observeAnswer({
    method: match.route.method,
    path: match.route.path,
    access,
    version: version.name,
    answer,
  });
  // Rendered twice: older shapes have more to expand, and what was expanded is in the newest shape.
  const result = downgrade(version, store, answer);
  const paths = (params as { expand?: string[] }).expand ?? [];
  const reply = paths.length === 0 ? result : downgrade(version, store, expandReply(store, result, paths));
  failAfterwards(admitted.fault);
  return JSON.stringify(reply);
}

function executeOnce(
  turn: Turn,
  admitted: Admitted,
  request: ApiRequest,
  headers: Record<string, string>,
  locks: string[],
): ApiReply {
  const { store, clock, inFlight } = turn.world;
  const endpoint = `${request.method} ${request.path}`;
  const key = turn.idempotencyKey;
  if (key === null) return attempt(turn, admitted, endpoint, headers, locks).reply;
  headers['Idempotency-Key'] = key;
  headers['Original-Request'] = turn.requestId!;
  const keyed: KeyedRequest = {
    key,
    endpoint,
    form: admitted.form,
    requestId: turn.requestId!,
    now: clock.now(),
  };
  const replay = findReplay(store, inFlight, keyed);
  if (replay !== null) {
    headers['Original-Request'] = replay.requestId;
    headers['Idempotent-Replayed'] = 'true';
    headers['Stripe-Should-Retry'] = 'false';
    return { ...replay.reply, headers };
  }
  const { reply, isRemembered } = attempt(turn, admitted, endpoint, headers, locks);
  if (isRemembered) {
    headers['Stripe-Should-Retry'] = 'false';
    keepReply(store, keyed, reply);
    locks.push(key);
  }
  return reply;
}

/** A refusal before anything was done is not remembered: the key stays free for a corrected request. */
function attempt(
  turn: Turn,
  admitted: Admitted,
  endpoint: string,
  headers: Record<string, string>,
  locks: string[],
): { reply: ApiReply; isRemembered: boolean } {
  try {
    if (admitted.match.route.isExclusive) {
      if (turn.world.inFlight.has(endpoint)) throw objectLocked();
      locks.push(endpoint);
    }
    return { reply: { status: 200, headers, body: execute(turn, admitted) }, isRemembered: true };
  } catch (error) {
    if (admitted.access === 'publishable' && error instanceof ApiError) hideSecrets(error);
    if (error instanceof ApiError) showInVersion(turn.world, admitted.version, error);
    const isRemembered = !(error instanceof ApiError) || error.remembered || turn.effects.length > 0;
    return { reply: errorReply(turn.world, turn.requestId!, headers, error), isRemembered };
  }
}

/** A browser sees no more of an intent in an error than in a reply. */
function hideSecrets(error: ApiError): void {
  const intent = error.body.payment_intent as PaymentIntent | undefined;
  if (intent !== undefined) error.body.payment_intent = publicIntent(intent);
  const setup = error.body.setup_intent as SetupIntent | undefined;
  if (setup !== undefined) error.body.setup_intent = publicSetupIntent(setup);
}

/** The objects in an error have the shape of the caller's version too. */
function showInVersion(world: World, version: Version, { body }: ApiError): void {
  for (const name in body) {
    const detail = body[name];
    if (typeof detail === 'object' && detail !== null) body[name] = downgrade(version, world.store, detail);
  }
}

function errorReply(
  world: World,
  requestId: string,
  headers: Record<string, string>,
  error: unknown,
): ApiReply {
  const known = error instanceof ApiError ? error : unexpected(error);
  const body = renderError(known, requestId, `acct_1${world.ids.account}`);
  return { status: known.status, headers: Object.assign(headers, known.headers), body };
}

/** A defect of the sandbox. It is shown where the sandbox runs, and nothing of it is sent. */
function unexpected(error: unknown): ApiError {
  console.error('The sandbox failed inside a call:', error);
  return new ApiError(
    500,
    { type: 'api_error', message: 'The sandbox failed inside this call. Its own output says why.' },
    { remembered: true },
  );
}

/** Lets the reply go once its effects are on file. Until then its idempotency key is in flight. */
function release(world: World, locks: readonly string[], delay: number, send: () => void): void {
  const { store, settings, inFlight } = world;
  const wait = settings.latency_ms + delay;
  for (const lock of locks) inFlight.add(lock);
  const finish = (): void => {
    for (const lock of locks) inFlight.delete(lock);
    send();
  };
  const whenSafe = (): void => store.whenSafe(finish);
  // The network takes the machine's time, however the sandbox's own is moved or held.
  if (wait > 0) setTimeout(whenSafe, wait).unref();
  else whenSafe();
}

function journalCall(turn: Turn, request: ApiRequest, reply: ApiReply): void {
  const replayed = reply.headers['Idempotent-Replayed'] === 'true';
  const error = reply.status >= 400 ? (JSON.parse(reply.body).error.code ?? 'error') : undefined;
  turn.world.journal.append({
    at: turn.world.clock.now(),
    source: 'api',
    method: request.method,
    path: request.path,
    request_id: turn.requestId!,
    ...(turn.idempotencyKey !== null && { idempotency_key: turn.idempotencyKey }),
    ...(replayed && { replayed }),
    status: reply.status,
    ...(error !== undefined && { error }),
    effects: turn.effects,
    events: turn.events,
  });
}
