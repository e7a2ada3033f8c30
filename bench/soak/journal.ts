import type { World } from './world.ts';

/** What the sandbox wrote down of every call: the other side of the shop's keys. */

type Entry = {
  seq: number;
  source: string;
  method?: string;
  path?: string;
  status?: number;
  idempotency_key?: string;
  effects: { object: string; id: string; change: string }[];
};

export type Keys = {
  /** A line for each fault. */
  faults: string[];
  /** Keys whose every call was answered with a 500 and had no effect. */
  inVain: Set<string>;
};

const creations = /^\/v1\/(payment_intents|checkout\/sessions|refunds)$/;
const ours = /^(pi:create:pay|cs:create:pay|refund:create:ref)_\w+$/;
const things = ['payment_intent', 'checkout.session', 'refund'];

/**
 * X6, X7: one key makes at most one thing, and no way to pay is made without a key of ours. A refund without one is made by
 * a person in Stripe's dashboard.
 */
export async function judgeKeys(world: World): Promise<Keys> {
  const made = new Map<string, Set<string>>();
  const failed = new Map<string, boolean>();
  const faults: string[] = [];
  for await (const entry of journal(world)) {
    if (entry.source !== 'api' || entry.method !== 'POST' || !creations.test(entry.path ?? '')) continue;
    const key = entry.idempotency_key ?? '';
    const byHand = entry.path === '/v1/refunds' && key === '';
    if (byHand) continue;
    if (!ours.test(key)) faults.push(`X7 ${entry.path} was called with the key "${key}"`);
    const ids = made.get(key) ?? new Set();
    for (const { object, id, change } of entry.effects)
      if (change === 'created' && things.includes(object)) ids.add(id);
    made.set(key, ids);
    failed.set(key, (failed.get(key) ?? true) && (entry.status ?? 0) >= 500);
  }
  if (made.size === 0) faults.push('X6 the sandbox wrote nothing down');
  for (const [key, ids] of made)
    if (ids.size > 1) faults.push(`X6 the key ${key} made ${[...ids].join(' and ')}`);
  const inVain = [...failed].filter(([key, is]) => is && made.get(key)?.size === 0).map(([key]) => key);
  return { faults, inVain: new Set(inVain) };
}

async function* journal(world: World): AsyncGenerator<Entry> {
  for (let after = 0; ; ) {
    const reply = await fetch(`${world.sandboxUrl}/_sandbox/journal?after=${after}&limit=10000`, {
      signal: AbortSignal.timeout(60_000),
    });
    const page = (await reply.json()) as { first_seq: number; entries: Entry[]; has_more: boolean };
    if (page.first_seq !== 1) throw new Error('the sandbox forgot the beginning of its record');
    yield* page.entries;
    after = page.entries.at(-1)?.seq ?? after;
    if (!page.has_more || page.entries.length === 0) return;
  }
}
