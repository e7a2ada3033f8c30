import type { ActiveFault, LabFault } from '@paydesk/contract/admin/lab';
import type { SandboxClient } from './sandbox.ts';

type Match = { method?: string; path?: string; type?: string; times?: number };
type Rule = { match?: Match; webhook?: Match; fault: string; ms?: number };
type Listed = Rule & { id: string; hits: number };

const success = { type: 'payment_intent.succeeded' };
const creation = { method: 'POST', path: '/v1/payment_intents', times: 1 };

/** How long a webhook is late, in milliseconds: longer than anybody waits on a page, shorter than until the poll. */
const late = 8_000;

const rules: Record<LabFault, Rule> = {
  // Also when Stripe repeats it, so that the poll comes first.
  drop_webhook: { webhook: { ...success, times: 4 }, fault: 'drop' },
  delay_webhook: { webhook: { ...success, times: 1 }, fault: 'delay', ms: late },
  duplicate_webhook: { webhook: { ...success, times: 1 }, fault: 'duplicate' },
  reorder_webhooks: { webhook: { ...success, times: 1 }, fault: 'reorder' },
  timeout_before: { match: creation, fault: 'timeout_before' },
  timeout_after: { match: creation, fault: 'timeout_after' },
  error_500: { match: creation, fault: 'error_500' },
  rate_limit: { match: creation, fault: 'rate_limit' },
};

const texts: Record<string, string> = {
  drop: 'The webhook that a payment succeeded is lost, four times over',
  delay: `The webhook that a payment succeeded comes ${late / 1_000} s late`,
  duplicate: 'The webhook that a payment succeeded comes twice',
  reorder: 'The webhook that a payment succeeded comes after the next one',
  timeout_before: 'Stripe does not answer when a payment is made, and makes none',
  timeout_after: 'Stripe makes a payment and does not answer',
  error_500: 'Stripe answers 500 when a payment is made',
  rate_limit: 'Stripe answers 429 when a payment is made',
};

/** Switches it on. Answers its id. */
export async function setFault(sandbox: SandboxClient, fault: LabFault): Promise<string> {
  return (await sandbox.control<{ id: string }>('POST', 'faults', rules[fault])).id;
}

export async function listFaults(sandbox: SandboxClient): Promise<ActiveFault[]> {
  const { data } = await sandbox.control<{ data: Listed[] }>('GET', 'faults');
  return data.map(({ id, fault, hits, match, webhook }) => {
    const times = match?.times ?? webhook?.times;
    return { id, text: texts[fault] ?? fault, hits, isSpent: times !== undefined && hits >= times };
  });
}

/** Switches one off or all; what one had held back is sent. */
export async function clearFaults(sandbox: SandboxClient, id?: string): Promise<void> {
  const known = (await listFaults(sandbox)).map((fault) => fault.id);
  if (id !== undefined && !known.includes(id)) return;
  await sandbox.control('DELETE', id === undefined ? 'faults' : `faults/${id}`);
}

type Entry = { at: number; source: string; fault?: string; path?: string; event?: string };

/** How many of the newest entries of the sandbox's journal are looked through. */
const newest = 2_000;
/** A call that goes wrong for a test order does so within this time of its placing, in milliseconds. */
const window = 60_000;

/** Where faults acted on what is about this order, by the sandbox's own journal. Losses are told by its deliveries. */
export async function faultHits(
  sandbox: SandboxClient,
  { since, eventIds }: { since: number; eventIds: ReadonlySet<string> },
): Promise<{ at: number; text: string }[]> {
  const { last_seq: last } = await sandbox.control<{ last_seq: number }>('GET', 'journal?limit=0');
  const page = `journal?after=${Math.max(0, last - newest)}&limit=${newest}`;
  const { entries } = await sandbox.control<{ entries: Entry[] }>('GET', page);
  return entries
    .filter(({ source, fault }) => source === 'fault' && fault !== 'drop')
    .filter(({ at, event }) =>
      event === undefined ? at >= since && at < since + window : eventIds.has(event),
    )
    .map(({ at, fault = '' }) => ({ at, text: `${texts[fault] ?? fault}.` }));
}
