import type { Accounts, NewPerson } from '../app/ports-accounts.ts';
import type { Person, PersonSession } from '../domain/person.ts';
import { answerFor } from './answer.ts';
import { isGuessable } from './guessable.ts';
import { type AccountsSettings, addressHeader, type Library, openLibrary } from './library.ts';

/**
 * Sign-up, sign-in and sessions. The library does them; tables, cookies, mails and refusals are ours. It is loaded by processes that
 * serve people: loading takes most of a second, and a worker or a command never needs it.
 */
export function openAccounts(settings: AccountsSettings): Accounts {
  let opening: Promise<Library> | undefined;
  const open = (): Promise<Library> => {
    opening ??= openLibrary(settings);
    return opening;
  };
  return {
    ready: async () => void (await open()),
    handle: async (request, address) => {
      request.headers.set(addressHeader, address);
      return await answerFor(await open(), settings.spendCode, request);
    },
    personOf: async (headers) => await personOf(await open(), headers),
    sessionsOf: async (headers) => await sessionsOf(await open(), headers),
    endSession: async (headers, sessionId) => await endSession(await open(), headers, sessionId),
    createPerson: async (person) => await createPerson(await open(), person),
  };
}

async function sessionsOf(auth: Library, headers: Headers): Promise<PersonSession[]> {
  const [current, all] = await Promise.all([
    auth.api.getSession({ headers }),
    auth.api.listSessions({ headers }),
  ]);
  return all.map(({ id, userAgent, createdAt }) => ({
    id,
    userAgent: userAgent ?? null,
    createdAt: new Date(createdAt).getTime(),
    isCurrent: id === current?.session.id,
  }));
}

async function endSession(auth: Library, headers: Headers, sessionId: string): Promise<boolean> {
  const all = await auth.api.listSessions({ headers });
  const session = all.find(({ id }) => id === sessionId);
  if (!session) return false;
  await auth.api.revokeSession({ headers, body: { token: session.token } });
  return true;
}

async function createPerson(
  auth: Library,
  { email, name, password }: NewPerson,
): ReturnType<Accounts['createPerson']> {
  const { internalAdapter, password: passwords, appName } = await auth.$context;
  if (await internalAdapter.findUserByEmail(email)) return { refused: 'exists' };
  if (await isGuessable(password, [appName, name, email])) return { refused: 'guessable' };
  const hash = await passwords.hash(password);
  const user = { email, name, emailVerified: true };
  const { id } = await internalAdapter.createUser(user, { method: 'email-password' });
  await internalAdapter.linkAccount({ userId: id, providerId: 'credential', accountId: id, password: hash });
  return { id };
}

async function personOf(auth: Library, headers: Headers): Promise<Person | null> {
  const found = await auth.api.getSession({ headers, query: { disableRefresh: true } });
  if (!found) return null;
  const { id, email, emailVerified, name } = found.user;
  const { role, twoFactorEnabled } = found.user as { role?: string; twoFactorEnabled?: boolean | null };
  return {
    id,
    email,
    emailVerified,
    name,
    role: role ?? 'customer',
    hasTwoFactor: twoFactorEnabled === true,
    signedInAt: new Date(found.session.createdAt).getTime(),
  };
}
