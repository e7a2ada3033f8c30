import {
  changeRole,
  findInvitation,
  findPerson,
  insertInvitation,
  useInvitation,
} from '../../db/operators.ts';
import type { Tx } from '../../db/schema.ts';
import { keepSetting } from '../../db/settings.ts';
import { isOperatorRole, type Operator, type OperatorRole, operatorRoles } from '../../domain/operator.ts';
import { AppError } from '../errors.ts';
import { sha256 } from '../idempotency.ts';
import type { App } from '../ports.ts';
import { normalizeEmail } from '../quote.ts';
import { keepNotice } from '../tell-person.ts';
import { firstOwner, isOwnerToken, isTaken, joinLink } from './owner-link.ts';

/** How long an invitation can be taken up, in milliseconds. */
const invitationLife = 7 * 24 * 3_600_000;

/** What a link makes of whoever opens it. `email` is null where they choose their own. */
export type Invitation = { role: OperatorRole; email: string | null };

/** @throws AppError invitation_not_valid */
export async function readInvitation(app: App, token: string): Promise<Invitation> {
  if (isOwnerToken(app, token) && !(await isTaken(app))) return { role: 'owner', email: null };
  const known = await findInvitation(app.database.read, sha256(token));
  if (!known || known.used_at !== null || known.expires_at <= app.clock.now())
    throw new AppError('invitation_not_valid');
  return { role: known.role, email: known.email };
}

const refusals = { exists: 'account_exists', guessable: 'guessable_password' } as const;

/** How somebody takes an invitation up: with the account they are signed in to, or with a new one. */
export type Joining = { token: string } & (
  | { personId: string; email: string }
  | { newAccount: { name: string; email?: string | undefined; password: string } }
);

/**
 * Makes somebody an operator, once for each link.
 *
 * @returns the address to sign in with
 * @throws AppError invitation_not_valid, invitation_for_another, account_exists, guessable_password
 */
export async function joinOperators(
  app: App,
  joining: Joining,
): Promise<{ email: string; role: OperatorRole }> {
  const { token } = joining;
  const { role, email: invited } = await readInvitation(app, token);
  if ('personId' in joining) {
    // Whoever forwards their mail does not forward their role.
    if (invited !== null && invited !== joining.email) throw new AppError('invitation_for_another');
    await takeUp(app, token, joining.personId);
    return { email: joining.email, role };
  }
  const { name, password } = joining.newAccount;
  const email = normalizeEmail(invited ?? joining.newAccount.email ?? '');
  if (email === '') throw new AppError('invalid_request', { message: 'Give an e-mail address.' });
  const made = await app.accounts.createPerson({ email, name, password });
  if ('refused' in made) throw new AppError(refusals[made.refused]);
  await takeUp(app, token, made.id);
  return { email, role };
}

/** Uses the link up and gives the role, in one transaction: of two who are at it, one comes too late. */
async function takeUp(app: App, token: string, personId: string): Promise<void> {
  const now = app.clock.now();
  const role = await app.database.transaction(async (tx) => {
    const given = (await asFirstOwner(app, tx, token, personId)) ?? (await invited(tx, token, now));
    if (given === null) throw new AppError('invitation_not_valid');
    const { role: before } = (await findPerson(tx, personId))!;
    if (!isOperatorRole(before) || operatorRoles.indexOf(before) < operatorRoles.indexOf(given))
      await changeRole(tx, personId, given);
    return given;
  });
  app.log.info({ personId, role }, 'somebody has become an operator');
}

/** One row, which only one of two can write, makes sure that there is one first owner. */
async function asFirstOwner(app: App, tx: Tx, token: string, personId: string): Promise<OperatorRole | null> {
  if (!isOwnerToken(app, token)) return null;
  return (await keepSetting(tx, firstOwner, personId)) ? 'owner' : null;
}

async function invited(tx: Tx, token: string, now: number): Promise<OperatorRole | null> {
  const known = await findInvitation(tx, sha256(token));
  if (!known || known.expires_at <= now) return null;
  return (await useInvitation(tx, known.token_hash, now)) ? known.role : null;
}

/** Sends somebody a link that makes them an operator. */
export async function inviteOperator(
  app: App,
  { email, role }: { email: string; role: OperatorRole },
  by: Operator,
): Promise<{ expiresAt: number }> {
  const now = app.clock.now();
  const to = normalizeEmail(email);
  const token = app.ids.secret();
  const expiresAt = now + invitationLife;
  const link = joinLink(app, token);
  const notice = { about: 'invite' as const, to, name: to, link, role, by: by.name };
  const words = app.composeNotice(notice);
  await app.database.transaction(async (tx) => {
    await insertInvitation(tx, {
      token_hash: sha256(token),
      email: to,
      role,
      invited_by: by.name,
      created_at: now,
      expires_at: expiresAt,
      used_at: null,
    });
    await keepNotice(app, tx, notice, words);
  });
  return { expiresAt };
}
