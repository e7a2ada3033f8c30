import { blockSignIn, countSignInFailure, findSignInFailures, forgetSignInFailures } from '../db/people.ts';
import { AppError } from './errors.ts';
import { sha256 } from './idempotency.ts';
import type { App } from './ports.ts';

/** So many wrong passwords cost nothing: people mistype. */
const freeTries = 4;
const longestBlock = 15 * 60_000;
/** A failure that is older counts no more, in milliseconds. */
const remembered = 24 * 3_600_000;

/** Who tries, and for which account. An account is never locked for everybody because one address guesses. */
export type Attempt = { email: string; address: string };

/** @throws AppError too_many_requests while the wait after the last wrong password is not over */
export async function requireTry(app: App, attempt: Attempt): Promise<void> {
  const known = await findSignInFailures(app.database.read, keyOf(attempt));
  const left = (known?.blocked_until ?? 0) - app.clock.now();
  if (left > 0) throw new AppError('too_many_requests', { retryAfter: Math.ceil(left / 1_000) });
}

/** After the fifth wrong password a wait of two seconds, then of four, up to a quarter of an hour. */
export async function noteFailure(app: App, attempt: Attempt): Promise<void> {
  const key = keyOf(attempt);
  const now = app.clock.now();
  await app.database.transaction(async (tx) => {
    const failures = await countSignInFailure(tx, { key, since: now - remembered, now });
    if (failures <= freeTries) return;
    const block = Math.min(1_000 * 2 ** (failures - freeTries), longestBlock);
    await blockSignIn(tx, key, now + block);
  });
}

export async function noteSuccess(app: App, attempt: Attempt): Promise<void> {
  const key = keyOf(attempt);
  await app.database.transaction((tx) => forgetSignInFailures(tx, key, app.clock.now() - remembered));
}

function keyOf({ email, address }: Attempt): string {
  return sha256(`${email.trim().toLowerCase()} ${address}`);
}
