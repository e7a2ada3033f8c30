import { createHash } from 'node:crypto';
import { claimKey, type IdempotencyRow, updateKey } from '../db/idempotency.ts';
import type { Tx } from '../db/schema.ts';
import { AppError } from './errors.ts';

/** How long a request that died keeps its key, in milliseconds: longer than the slowest answer we wait for. */
const lockFor = 30_000;

/** A caller's Idempotency-Key. Only its hash is stored, because with it the caller can ask for the reply again. */
export type RequestKey = { scope: string; keyHash: string; fingerprint: string };

export function requestKey(scope: string, key: string | undefined, body: unknown): RequestKey | null {
  if (key === undefined) return null;
  return { scope, keyHash: sha256(key), fingerprint: sha256(canonical(body)) };
}

export type Claim = { state: 'claimed' } | { state: 'done'; status: number; reply: string };

/**
 * Claims a key inside the caller's transaction. A finished one returns its reply; the same key with another body and a
 * key that somebody is working on are refused.
 */
export async function claim(
  tx: Tx,
  key: RequestKey,
  now: number,
  done?: { status: number; reply: string },
): Promise<Claim> {
  const winner = await claimKey(tx, {
    scope: key.scope,
    key_hash: key.keyHash,
    fingerprint: key.fingerprint,
    state: done ? 'done' : 'running',
    locked_until: now + lockFor,
    status: done?.status ?? null,
    reply: done?.reply ?? null,
    created_at: now,
  });
  if (winner === null) return { state: 'claimed' };
  const known = replayOf(key, winner, now);
  if (known) return known;
  await updateKey(tx, key.scope, key.keyHash, { locked_until: now + lockFor });
  return { state: 'claimed' };
}

/** The stored reply, or null when the work behind the key was left unfinished and may be taken over. */
function replayOf(key: RequestKey, row: IdempotencyRow, now: number): Claim | null {
  if (row.fingerprint !== key.fingerprint) throw new AppError('idempotency_key_reused');
  if (row.state === 'done') return { state: 'done', status: row.status ?? 200, reply: row.reply ?? '' };
  if (row.locked_until > now) throw new AppError('idempotency_key_in_use', { retryAfter: 1 });
  return null;
}

export async function finish(tx: Tx, key: RequestKey, status: number, reply: string): Promise<void> {
  await updateKey(tx, key.scope, key.keyHash, { state: 'done', status, reply });
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

/** The same JSON value always gives the same text, whatever the order of its keys. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`).join(',')}}`;
}
