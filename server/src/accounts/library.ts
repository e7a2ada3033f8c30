import { hasPasswordLength, passwordLength } from '@paydesk/contract/password';
import type { Database } from '../db/database.ts';
import { libraryDatabase } from '../db/dialect-library.ts';
import type { AccountNotice, Person } from '../domain/person.ts';
import { isGuessable } from './guessable.ts';
import {
  accountTable,
  rateLimitTable,
  sessionTable,
  twoFactorSchema,
  userTable,
  verificationTable,
} from './tables.ts';

export type AccountsSettings = {
  database: Database;
  /** Signs sessions and the links of mails. */
  secret: string;
  /** Where the shop is, without a slash at the end. */
  url: string;
  shopName: string;
  /** Tells the owner of an address something, durably, without waiting for the mail server. */
  tell(notice: AccountNotice): Promise<void>;
  /** Called when somebody has shown that an address is theirs. */
  onVerified(person: Pick<Person, 'id' | 'email'>): Promise<void>;
  /** Uses up a code that an authenticator showed; false where this person has used it before. */
  spendCode(personId: string, code: string): Promise<boolean>;
  log: { warn(fields: object, text: string): void };
};

/** Where the library looks for the visitor's address. It is set on every call, and so taken from nobody else. */
export const addressHeader = 'x-paydesk-address';

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** The library as this shop uses it. */
export type Library = Awaited<ReturnType<typeof openLibrary>>;

export async function openLibrary(settings: AccountsSettings) {
  const [{ betterAuth }, { twoFactor }, { createAuthMiddleware }] = await Promise.all([
    import('better-auth'),
    import('better-auth/plugins'),
    import('better-auth/api'),
  ]);
  const secondStep = twoFactor({ issuer: settings.shopName, schema: twoFactorSchema });
  // After its rate limits: judging a password costs more than most calls.
  const before = createAuthMiddleware(async ({ path, body, error }) => {
    const chosen = chosenPassword(path, body);
    if (chosen && (await isGuessable(chosen.password, [settings.shopName, ...chosen.words])))
      throw error('BAD_REQUEST', { code: 'PASSWORD_GUESSABLE' });
  });
  return betterAuth({ ...optionsFor(settings), plugins: [secondStep], hooks: { before } });
}

/** The password that a call wants to set, and what it says about its owner. */
function chosenPassword(path: string, body: unknown): { password: string; words: string[] } | null {
  const { password, newPassword, email, name } = (body ?? {}) as Record<string, unknown>;
  const chosen = path === '/sign-up/email' ? password : newPassword;
  // Of one that is too short or too long the library says so.
  if (typeof chosen !== 'string' || !hasPasswordLength(chosen)) return null;
  return { password: chosen, words: [email, name].filter((word) => typeof word === 'string') };
}

function optionsFor(settings: AccountsSettings) {
  const { database, secret, url, shopName } = settings;
  return {
    appName: shopName,
    baseURL: url,
    basePath: '/api/auth',
    secret,
    database: libraryDatabase(database),
    // Pages of other origins were refused before; this one is the shop under another name of the same host.
    trustedOrigins: (request?: Request) => [url, ...(request ? [new URL(request.url).origin] : [])],
    user: {
      ...userTable,
      additionalFields: {
        role: { type: 'string' as const, required: false, defaultValue: 'customer', input: false },
      },
      changeEmail: { enabled: true, sendChangeEmailConfirmation: confirmChange(settings) },
    },
    session: { ...sessionTable, expiresIn: 30 * day, updateAge: day, freshAge: 5 * minute },
    account: accountTable,
    verification: verificationTable,
    ...passwordRules(settings),
    rateLimit,
    advanced: cookieRules(url),
    telemetry: { enabled: false },
    logger: { log: logTo(settings) },
  };
}

function passwordRules(settings: AccountsSettings) {
  return {
    emailAndPassword: {
      enabled: true,
      requireEmailVerification: true,
      minPasswordLength: passwordLength.least,
      maxPasswordLength: passwordLength.most,
      revokeSessionsOnPasswordReset: true,
      resetPasswordTokenExpiresIn: hour,
      sendResetPassword: resetLink(settings),
    },
    emailVerification: {
      sendOnSignUp: true,
      autoSignInAfterVerification: true,
      expiresIn: day,
      sendVerificationEmail: verificationLink(settings),
      afterEmailVerification: async (user: { id: string; email: string }) =>
        await settings.onVerified({ id: user.id, email: user.email }),
    },
  };
}

/** Calls from one address. How often a password may be guessed is counted by account as well: app/guard-sign-in.ts. */
const rateLimit = {
  enabled: true,
  storage: 'database' as const,
  ...rateLimitTable,
  window: minute,
  max: 60,
  customRules: {
    '/get-session': false as const,
    '/sign-in/*': { window: minute, max: 20 },
    '/sign-up/*': { window: hour, max: 10 },
    '/request-password-reset': { window: hour, max: 5 },
    '/send-verification-email': { window: hour, max: 5 },
  },
};

function cookieRules(url: string) {
  const isSecure = url.startsWith('https:');
  return {
    // A cookie under this name is never taken from another host, nor over plain http.
    cookiePrefix: isSecure ? '__Host-paydesk' : 'paydesk',
    useSecureCookies: false,
    defaultCookieAttributes: { secure: isSecure, httpOnly: true, sameSite: 'lax' as const, path: '/' },
    ipAddress: { ipAddressHeaders: [addressHeader] },
    // The migrations make the tables, and the tests use all of them.
    database: { validateSchema: false },
  };
}

type Addressed = { user: { email: string; name: string }; url: string };

function verificationLink({ tell }: AccountsSettings) {
  return async ({ user, url }: Addressed): Promise<void> =>
    await tell({ about: 'verify', to: user.email, name: user.name, link: url });
}

function resetLink({ tell }: AccountsSettings) {
  return async ({ user, url }: Addressed): Promise<void> =>
    await tell({ about: 'reset', to: user.email, name: user.name, link: url });
}

function confirmChange({ tell }: AccountsSettings) {
  return async ({ user, newEmail, url }: Addressed & { newEmail: string }): Promise<void> =>
    await tell({ about: 'change_email', to: user.email, name: user.name, link: url, newEmail });
}

function logTo({ log }: AccountsSettings) {
  return (level: string, message: string): void => {
    if (level === 'warn' || level === 'error') log.warn({ level }, `accounts: ${message}`);
  };
}
