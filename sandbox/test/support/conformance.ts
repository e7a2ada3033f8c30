/** Listens to everything the sandbox says in this process and compares it with the types of the official SDK. */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ObservedAnswer, ObservedEvent, ObservedReply } from '../../src/observation.ts';
import { CURRENT_VERSION } from '../../src/wire/versions.ts';
import { type Difference, differencesFrom } from '../../tools/conformance.ts';
import { loadSchemas, type Schemas } from '../../tools/schemas.ts';

export interface Watch {
  /** The differences since the last time, each as one line. */
  take(): string[];
  stop(): void;
}

/** What browsers may see of these is a part; which one, the sandbox's own tests say. */
const PARTS_FOR_BROWSERS: ReadonlySet<string> = new Set(['payment_intent', 'setup_intent']);
/** Keys of an error (docs.stripe.com/api/errors), and those that recorded bodies have beside them. */
const ERROR_KEYS: ReadonlySet<string> = new Set(
  (
    'type message code param doc_url request_log_url decline_code advice_code network_decline_code ' +
    'network_advice_code charge payment_intent payment_method payment_method_type setup_intent source'
  ).split(' '),
);
/**
 * Codes that the SDK's list does not have. The first is the sandbox's own; Stripe's libraries for phones know the
 * second; the others are of the undocumented calls of the hosted page, as programs report them that make these calls.
 * Nothing is to be added here without a source.
 */
const UNLISTED_CODES: ReadonlySet<string> = new Set([
  'sandbox_not_built',
  'invalid_bank_account_iban',
  'checkout_amount_mismatch',
  'checkout_not_active_session',
  'checkout_succeeded_session',
]);
const ERROR_TYPES = ['api_error', 'card_error', 'idempotency_error', 'invalid_request_error'];

export function watchConformance(schemas: Schemas = loadSchemas()): Watch {
  let found: string[] = [];
  const note = (where: string, differences: Difference[]): void => {
    found.push(...differences.map(({ path, reason }) => `${where}: ${path} ${reason}`));
  };
  const onReply = (message: unknown): void => {
    const { request, reply } = message as ObservedReply;
    // Other versions have other shapes than the SDK's types. Of those the answer is compared before it is rendered.
    if (reply.headers['Stripe-Version'] !== CURRENT_VERSION) return;
    note(`${request.method} ${request.path}`, differencesOfReply(schemas, request, JSON.parse(reply.body)));
  };
  const onAnswer = (message: unknown): void => {
    const { method, path, access, version, answer } = message as ObservedAnswer;
    if (version === CURRENT_VERSION) return;
    const body = JSON.parse(JSON.stringify(answer));
    note(`${method} ${path}`, differencesOfObject(schemas, body, partsFor(access === 'publishable', path)));
  };
  const onEvent = (message: unknown): void => {
    const event = message as ObservedEvent;
    note(`event ${event.type}`, differencesOfEvent(schemas, event));
  };
  subscribe('paydesk-sandbox.reply', onReply);
  subscribe('paydesk-sandbox.answer', onAnswer);
  subscribe('paydesk-sandbox.event', onEvent);
  return {
    take() {
      const taken = [...new Set(found)];
      found = [];
      return taken;
    },
    stop() {
      unsubscribe('paydesk-sandbox.reply', onReply);
      unsubscribe('paydesk-sandbox.answer', onAnswer);
      unsubscribe('paydesk-sandbox.event', onEvent);
    },
  };
}

type Body = Record<string, unknown>;

export function differencesOfReply(
  schemas: Schemas,
  request: Pick<ObservedReply['request'], 'path' | 'authorization' | 'query' | 'body'>,
  body: Body,
): Difference[] {
  const isBrowser =
    /^bearer pk_/i.test(request.authorization ?? '') || /(^|&)key=pk_/.test(parameters(request));
  const partOf = partsFor(isBrowser, request.path);
  if (body.error !== undefined) return differencesOfError(schemas, body.error as Body, partOf);
  return differencesOfObject(schemas, body, partOf);
}

/** Payment pages are for browsers, whoever asks. */
function partsFor(isBrowser: boolean, path: string): ReadonlySet<string> {
  return isBrowser || path.startsWith('/v1/payment_pages/') ? PARTS_FOR_BROWSERS : new Set();
}

function parameters({ query, body }: { query: string; body: string }): string {
  return `${query}&${body}`;
}

/** An object, or a list of objects, that says itself which it is. */
export function differencesOfObject(
  schemas: Schemas,
  body: Body,
  partOf: ReadonlySet<string> = new Set(),
): Difference[] {
  const object = String(body.object);
  if (object === 'list' || object === 'search_result')
    return differencesOfList(schemas, body, object, partOf);
  if (object === 'event') return differencesOfWholeEvent(schemas, body);
  const definition = (body.deleted === true ? schemas.deleted : schemas.objects)[object];
  if (definition === undefined) return [{ path: object, reason: 'is no object of Stripe' }];
  return differencesFrom(schemas, definition, body, object, { partOf });
}

function differencesOfList(
  schemas: Schemas,
  body: Body,
  object: string,
  partOf: ReadonlySet<string>,
): Difference[] {
  // Searches name their next page, which lists do not (docs.stripe.com/api/pagination/search).
  const keys = ['data', 'has_more', 'object', 'url', ...(object === 'list' ? [] : ['next_page'])].sort();
  const given = Object.keys(body)
    .filter((key) => key !== 'total_count')
    .sort();
  const wrong = given.join() === keys.join() ? [] : [{ path: object, reason: `has the keys ${given}` }];
  return [...wrong, ...(body.data as Body[]).flatMap((item) => differencesOfObject(schemas, item, partOf))];
}

function differencesOfWholeEvent(schemas: Schemas, body: Body): Difference[] {
  const type = String(body.type);
  const definition = schemas.events[type];
  if (definition === undefined) return [{ path: type, reason: 'is no event of Stripe' }];
  // The object inside keeps the version in which it was rendered.
  if (body.api_version !== CURRENT_VERSION) return [];
  return differencesFrom(schemas, definition, body, type);
}

function differencesOfEvent(schemas: Schemas, event: ObservedEvent): Difference[] {
  return differencesOfWholeEvent(schemas, {
    id: 'evt_1',
    object: 'event',
    api_version: CURRENT_VERSION,
    created: 1,
    data: {
      // As it will be sent: what is undefined is not.
      object: JSON.parse(JSON.stringify(event.object)),
      ...(event.previous !== undefined && {
        previous_attributes: JSON.parse(JSON.stringify(event.previous)),
      }),
    },
    livemode: false,
    pending_webhooks: 0,
    request: { id: null, idempotency_key: null },
    type: event.type,
  });
}

function differencesOfError(schemas: Schemas, error: Body, partOf: ReadonlySet<string>): Difference[] {
  const found: Difference[] = Object.keys(error)
    .filter((key) => !ERROR_KEYS.has(key))
    .map((key) => ({ path: `error.${key}`, reason: 'is a key that errors do not have' }));
  if (!ERROR_TYPES.includes(String(error.type))) {
    found.push({ path: 'error.type', reason: `is ${JSON.stringify(error.type)}` });
  }
  const { code } = error;
  if (code !== undefined && !UNLISTED_CODES.has(String(code)) && !isListedCode(schemas, String(code))) {
    found.push({ path: 'error.code', reason: `is ${code}, which is no code of Stripe` });
  }
  for (const inner of Object.values(error)) {
    if (typeof inner === 'object') found.push(...differencesOfObject(schemas, inner as Body, partOf));
  }
  return found;
}

/** The SDK lists all codes of the API where an intent keeps its last error. */
function isListedCode(schemas: Schemas, code: string): boolean {
  return schemas.definitions.LastPaymentError?.properties?.code?.enum?.includes(code) ?? false;
}
