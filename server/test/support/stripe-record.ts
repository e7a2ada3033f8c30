import type { JournalEntry } from '../../../sandbox/src/journal.ts';

/** Reads what the sandbox has on file, as the shop's owner would with the secret key; never through the shop's code. */

export type Charge = {
  id: string;
  status: string;
  amount: number;
  currency: string;
  payment_intent: string;
  metadata: Record<string, string>;
};

export type StripeRefund = {
  id: string;
  status: string;
  amount: number;
  charge: string;
  metadata: Record<string, string>;
};

export type Intent = {
  id: string;
  status: string;
  amount: number;
  amount_received: number;
  currency: string;
  metadata: Record<string, string>;
  description: string;
  next_action: null | { redirect_to_url?: { url: string }; use_stripe_sdk?: { stripe_js: string } };
};

export type Session = {
  id: string;
  status: string;
  payment_status: string;
  payment_intent: string | null;
  amount_total: number;
  currency: string;
  metadata: Record<string, string>;
  expires_at: number;
  success_url: string;
  cancel_url: string;
};

export async function ask<T>(sandboxUrl: string, path: string): Promise<T> {
  const response = await fetch(`${sandboxUrl}${path}`, {
    headers: { authorization: 'Bearer sk_test_reader' },
    signal: AbortSignal.timeout(10_000),
  });
  if (response.status !== 200) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

/** All objects of one kind, newest first, page by page. */
export async function listAll<T extends { id: string }>(sandboxUrl: string, path: string): Promise<T[]> {
  const all: T[] = [];
  for (;;) {
    const after = all.length === 0 ? '' : `&starting_after=${all.at(-1)!.id}`;
    const page = await ask<{ data: T[]; has_more: boolean }>(sandboxUrl, `${path}?limit=100${after}`);
    all.push(...page.data);
    if (!page.has_more) return all;
  }
}

/** The objects made after the one with this id, oldest first. */
export async function listNewer<T extends { id: string }>(
  sandboxUrl: string,
  path: string,
  than: string,
): Promise<T[]> {
  const newer: T[] = [];
  for (;;) {
    const before = newer.at(-1)?.id ?? than;
    const page = await ask<{ data: T[]; has_more: boolean }>(
      sandboxUrl,
      `${path}?limit=100&ending_before=${before}`,
    );
    newer.push(...page.data.toReversed());
    if (!page.has_more) return newer;
  }
}

export async function readIntent(sandboxUrl: string, id: string): Promise<Intent> {
  return await ask<Intent>(sandboxUrl, `/v1/payment_intents/${id}`);
}

export async function readSession(sandboxUrl: string, id: string): Promise<Session> {
  return await ask<Session>(sandboxUrl, `/v1/checkout/sessions/${id}`);
}

export async function readJournal(sandboxUrl: string): Promise<JournalEntry[]> {
  const entries: JournalEntry[] = [];
  for (;;) {
    const after = entries.at(-1)?.seq ?? 0;
    const page = await ask<{ entries: JournalEntry[]; has_more: boolean }>(
      sandboxUrl,
      `/_sandbox/journal?after=${after}&limit=10000`,
    );
    entries.push(...page.entries);
    if (!page.has_more) return entries;
  }
}

/** What the sandbox was asked since `seq`: `POST /v1/payment_intents`, with the ids written as `:id`. */
export function callsIn(entries: JournalEntry[]): string[] {
  return entries
    .filter((entry) => entry.source === 'api')
    .map((entry) => `${entry.method} ${entry.path?.replace(/\/(pi|cs)_\w+/, '/:id')}`);
}

/** Ids of the objects of one kind that were made for one attempt of ours, found by the metadata they carry. */
export async function madeForOrder(
  sandboxUrl: string,
  orderId: string,
): Promise<{ intents: Intent[]; sessions: Session[] }> {
  const intents = await listAll<Intent>(sandboxUrl, '/v1/payment_intents');
  const sessions = await listAll<Session>(sandboxUrl, '/v1/checkout/sessions');
  const ofOrder = (made: { metadata: Record<string, string> }) => made.metadata.paydesk_order === orderId;
  return { intents: intents.filter(ofOrder), sessions: sessions.filter(ofOrder) };
}
