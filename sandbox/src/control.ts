/** `/_sandbox/*`: what Stripe has not and tests need. Not open to other origins. */
import { answerChallenge } from './payments/authentication.ts';
import { defaultSettings, type Settings } from './settings.ts';
import { ApiError, invalidRequest, missingParameter } from './wire/errors.ts';
import { type FormHash, parseForm } from './wire/form.ts';
import { runTurn, type World } from './world.ts';

export interface ControlRequest {
  method: string;
  path: string;
  query: string;
  body: string;
  contentType: string | undefined;
}

const MOST_ENTRIES = 10_000;

/** The JSON to answer. @throws ApiError 400 or 404 */
export function control(world: World, request: ControlRequest): string {
  const { method, path } = request;
  const query = parseForm(request.query);
  if (method === 'GET' && path === '/_sandbox/journal') {
    return world.journal.page(whole(query, 'after', 0), Math.min(whole(query, 'limit', 1_000), MOST_ENTRIES));
  }
  if (method === 'GET' && path === '/_sandbox/deliveries') return JSON.stringify(deliveries(world, query));
  if (method === 'GET' && path === '/_sandbox/settings') return JSON.stringify(world.settings);
  if (method === 'POST' && path === '/_sandbox/settings') return changeSettings(world, readBody(request));
  if (method === 'GET' && path === '/_sandbox/usage') return JSON.stringify(usage());
  const challenge = /^\/_sandbox\/3ds\/(\w+)$/.exec(path);
  if (method === 'POST' && challenge !== null) return answer(world, challenge[1]!, readBody(request));
  throw new ApiError(404, {
    type: 'invalid_request_error',
    message: `Unrecognized request URL (${method}: ${path}).`,
  });
}

/** Form or JSON, so that both a page and a test can send it easily. */
function readBody({ body, contentType }: ControlRequest): FormHash {
  if (!contentType?.includes('json')) return parseForm(body);
  try {
    const given: unknown = JSON.parse(body);
    if (typeof given === 'object' && given !== null) {
      return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, String(value)]));
    }
  } catch {
    // Answered below, like every body that is not an object.
  }
  throw invalidRequest('The body must be a form or a JSON object.');
}

function answer(world: World, intent: string, form: FormHash): string {
  const { token, outcome } = form;
  if (typeof token !== 'string') throw missingParameter('token');
  if (outcome !== 'pass' && outcome !== 'fail') {
    throw invalidRequest('Invalid outcome: must be one of pass, fail', undefined, 'outcome');
  }
  return runTurn(world, 'bank', (turn) => {
    const {
      id,
      status,
      last_payment_error: error,
    } = answerChallenge(turn, intent, token, outcome === 'pass');
    return JSON.stringify({ id, status, last_payment_error: error });
  });
}

function changeSettings(world: World, form: FormHash): string {
  const changes: Partial<Settings> = {};
  for (const name in form) {
    if (!Object.hasOwn(defaultSettings, name)) {
      throw invalidRequest(`Received unknown parameter: ${name}`, 'parameter_unknown', name);
    }
    const value = Number(form[name]);
    const least = name === 'retry_scale' ? 1 : 0;
    if (form[name] === '' || !Number.isFinite(value) || value < least) {
      throw invalidRequest(`${name} must be a number of at least ${least}.`, undefined, name);
    }
    changes[name as keyof Settings] = value;
  }
  return JSON.stringify(Object.assign(world.settings, changes));
}

/** What the process has used so far: for measuring it. */
function usage(): object {
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed } = process.memoryUsage();
  return { cpu_ms: (user + system) / 1000, rss_bytes: rss, heap_bytes: heapUsed };
}

/** Newest first; `event`, `endpoint` and `state` filter. */
function deliveries(world: World, query: FormHash): object {
  const limit = whole(query, 'limit', 100);
  const data = [];
  for (const delivery of world.store.deliveries.newestFirst()) {
    const isWanted = (['event', 'endpoint', 'state'] as const).every(
      (name) => query[name] === undefined || query[name] === delivery[name],
    );
    if (isWanted) data.push(delivery);
    if (data.length === limit) break;
  }
  return { object: 'list', data };
}

function whole(query: FormHash, name: string, fallback: number): number {
  const value = query[name];
  if (value === undefined) return fallback;
  if (typeof value !== 'string' || !/^\d{1,15}$/.test(value)) {
    throw invalidRequest(`Invalid integer: ${String(value)}`, 'parameter_invalid_integer', name);
  }
  return Number(value);
}
