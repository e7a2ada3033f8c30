import { createHmac, randomBytes } from 'node:crypto';
import { type TestShop, webhookSecret } from './shop.ts';
import { listAll, listNewer } from './stripe-record.ts';

/** An event as Stripe's API lists it. */
export type StripeEvent = {
  id: string;
  type: string;
  api_version: string;
  livemode: boolean;
  created: number;
  // biome-ignore lint/suspicious/noExplicitAny: Stripe's objects are many, and tests change any part of them.
  data: { object: any };
};

const known = new WeakMap<TestShop, Map<string, StripeEvent>>();

/** All genuine events so far, oldest first. Only what is new since the last time is asked for. */
async function allEvents(shop: TestShop): Promise<StripeEvent[]> {
  const events = known.get(shop) ?? new Map<string, StripeEvent>();
  known.set(shop, events);
  const last = [...events.keys()].at(-1);
  const newer = last
    ? await listNewer<StripeEvent>(shop.sandbox.url, '/v1/events', last)
    : (await listAll<StripeEvent>(shop.sandbox.url, '/v1/events')).toReversed();
  for (const event of newer) events.set(event.id, event);
  return [...events.values()];
}

/** The genuine events about one intent and its session, oldest first. */
export async function eventsAbout(shop: TestShop, ...ids: string[]): Promise<StripeEvent[]> {
  return (await allEvents(shop)).filter(
    ({ data: { object } }) => ids.includes(object.id) || ids.includes(object.payment_intent),
  );
}

/** The genuine event of that type about one of these objects. Throws when there is none. */
export async function eventOf(shop: TestShop, type: string, ...ids: string[]): Promise<StripeEvent> {
  const event = (await eventsAbout(shop, ...ids)).findLast((one) => one.type === type);
  if (!event) throw new Error(`the sandbox has no ${type} about ${ids.join(', ')}`);
  return event;
}

/** Another event, equal to this one but for its id and what is changed in its object. */
export function retold(
  event: StripeEvent,
  object: object = {},
  fields: Partial<StripeEvent> = {},
): StripeEvent {
  return {
    ...event,
    id: `evt_${randomBytes(12).toString('hex')}`,
    ...fields,
    data: { object: { ...event.data.object, ...object } },
  };
}

export type Signing = { secret?: string; at?: number; scheme?: string };

/** A Stripe-Signature header for these bytes; `at` in epoch seconds. */
export function sign(body: string | Buffer, signing: Signing = {}): string {
  const at = signing.at ?? Math.floor(Date.now() / 1_000);
  return `t=${at},${signing.scheme ?? 'v1'}=${digest(body, at, signing.secret ?? webhookSecret)}`;
}

export function digest(body: string | Buffer, at: number, secret: string): string {
  return createHmac('sha256', secret).update(`${at}.`).update(body).digest('hex');
}

export type Answer = { status: number; result: string | undefined; code: string | undefined };

/** Delivers an event without a socket, signed unless told otherwise. */
export async function deliver(
  shop: TestShop,
  event: StripeEvent | string | Buffer,
  headers: Record<string, string | undefined> = {},
): Promise<Answer> {
  const body = typeof event === 'string' || Buffer.isBuffer(event) ? event : JSON.stringify(event);
  const given = {
    'content-type': 'application/json; charset=utf-8',
    'stripe-signature': sign(body, { at: Math.floor(shop.app.clock.now() / 1_000) }),
    ...headers,
  };
  const response = await shop.server.inject({
    method: 'POST',
    url: '/api/webhooks/stripe',
    payload: body,
    headers: Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
  });
  const { result, error } = response.json() as { result?: string; error?: { code: string } };
  return { status: response.statusCode, result, code: error?.code };
}
