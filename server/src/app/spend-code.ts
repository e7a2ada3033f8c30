import { forgetCodes, insertUsedCode } from '../db/people.ts';
import type { App } from './ports.ts';

/** Longer than an authenticator's code is taken: its own half minute, and the one before and after it. In milliseconds. */
const codeLife = 2 * 60_000;

/**
 * Uses a one-time code up. Whoever watched it being typed cannot sign in with it as well (RFC 6238, section 5.2).
 *
 * @returns false where this person has used it already
 */
export async function spendCode(
  { database, clock }: Pick<App, 'database' | 'clock'>,
  personId: string,
  code: string,
): Promise<boolean> {
  const now = clock.now();
  return await database.transaction(async (tx) => {
    await forgetCodes(tx, personId, now - codeLife);
    return await insertUsedCode(tx, { person_id: personId, code, used_at: now });
  });
}
