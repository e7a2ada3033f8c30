import { isIP } from 'node:net';
import type { Currency } from '@paydesk/contract/money';
import { isCurrency } from './domain/money.ts';

/** Every setting of the server, parsed once. The names are those of the environment; docs/operating.md explains each. */
export type Env = {
  host: string;
  port: number;
  /** Where customers reach the pages, without a slash at the end. */
  frontendUrl: string;
  databaseUrl: string;
  databasePool: number;
  stripe: {
    secretKey: string;
    publishableKey: string;
    webhookSecret: string;
    apiBase: string | null;
    live: boolean;
    /** How long Stripe may take to answer, in milliseconds. */
    timeout: number;
  };
  shopName: string;
  currency: Currency;
  country: string;
  /** Whose days the figures are in, an IANA name; null for the one in which the shop was first started. */
  timezone: string | null;
  /** How long stock is set aside for an unpaid order, in milliseconds. */
  holdFor: number;
  /** The same for an order that is paid in part, or by a transfer that is on its way. */
  longHoldFor: number;
  /** Who runs the shop, for invoices, a line each. */
  seller: string[];
  /** For scripts that act for the operators; null where the file `data/operator-token` has it, or nobody may. */
  operatorToken: string | null;
  mail: {
    /** `smtp://` or `smtps://`; null for the mailbox of the sandbox. */
    smtpUrl: string | null;
    from: string;
    /** Where the operators read their mail; null when nobody does. */
    operators: string | null;
  };
  /** Where customers transfer money to; null when they cannot. */
  transferAccount: {
    accountHolder: string;
    iban: string;
    bic: string | null;
    bankName: string | null;
  } | null;
  logLevel: string;
  trustProxy: boolean;
  /** The names of what is set in the environment: it wins over what is set in the shop's pages. */
  explicit: ReadonlySet<string>;
  /** 0 means no limit. */
  limits: {
    ordersPerMinute: number;
    paymentsPerMinute: number;
    unpaidOrdersPerEmail: number;
    failedPaymentsPerOrder: number;
  };
};

/** One sentence per wrong setting, for the person who starts the server. */
export class EnvError extends Error {}

// The sandbox moves no money and listens on loopback only, so the keys for it are no secret.
const sandboxKeys = {
  secretKey: 'sk_test_paydesk_sandbox',
  publishableKey: 'pk_test_paydesk_sandbox',
  webhookSecret: 'whsec_paydesk_sandbox',
};

type Source = Record<string, string | undefined>;
/** @throws EnvError */
export function readEnv(source: Source = process.env): Env {
  const port = wholeNumber(source, 'PORT', 3000, 0, 65_535);
  const stripe = readStripe(source);
  const frontendUrl = readFrontendUrl(source, port, stripe.live);
  return {
    // The sandbox is reached from this machine only, so a shop on it is as well.
    host: source.HOST ?? (stripe.apiBase === null ? '0.0.0.0' : '127.0.0.1'),
    port,
    frontendUrl,
    databaseUrl: source.DATABASE_URL ?? 'sqlite:data/paydesk.db',
    databasePool: wholeNumber(source, 'DATABASE_POOL', 10, 1, 200),
    stripe,
    shopName: source.SHOP_NAME ?? 'Larkhouse',
    currency: readCurrency(source),
    country: matching(source, 'SHOP_COUNTRY', 'US', /^[A-Z]{2}$/, 'a country code such as US'),
    timezone: readTimezone(source),
    holdFor: wholeNumber(source, 'HOLD_MINUTES', 60, 1, 23 * 60) * 60_000,
    longHoldFor: wholeNumber(source, 'LONG_HOLD_DAYS', 7, 1, 60) * 86_400_000,
    seller: readSeller(source),
    operatorToken: readOperatorToken(source),
    mail: readMail(source, stripe.apiBase !== null),
    transferAccount: readTransferAccount(source, stripe.apiBase !== null),
    logLevel: matching(
      source,
      'LOG_LEVEL',
      'info',
      /^(trace|debug|info|warn|error|fatal|silent)$/,
      'a level such as info',
    ),
    trustProxy: source.TRUST_PROXY === '1',
    explicit: new Set(Object.keys(source).filter((name) => source[name] !== undefined)),
    limits: readLimits(source, stripe.live),
  };
}

/** What is wrong with the settings, a sentence each, as far as one mistake does not hide another; empty when they can be read. */
export function wrongSettings(source: Source = process.env): string[] {
  const sentences: string[] = [];
  for (let rest = { ...source }; ; ) {
    const sentence = firstWrong(rest);
    if (sentence === null || sentences.includes(sentence)) return sentences;
    sentences.push(sentence);
    // Every sentence begins with its setting. Without that one the others are read; where it is missing, without its group.
    const [name = ''] = /^[A-Z_]+/.exec(sentence) ?? [];
    const group = `${name.split('_')[0]}_`;
    const isWrong = (other: string) => (name in rest ? other === name : other.startsWith(group));
    rest = Object.fromEntries(Object.entries(rest).filter(([other]) => !isWrong(other)));
  }
}

function firstWrong(source: Source): string | null {
  try {
    readEnv(source);
    return null;
  } catch (error) {
    if (error instanceof EnvError) return error.message;
    throw error;
  }
}

/** Name, address and tax number as they stand on invoices; lines are parted by `|`. */
function readSeller(source: Source): string[] {
  const text = source.SHOP_SELLER ?? `${source.SHOP_NAME ?? 'Larkhouse'}`;
  const lines = text.split('|').map((line) => line.trim());
  if (lines.length > 8 || lines.some((line) => line === '' || line.length > 100))
    throw new EnvError('SHOP_SELLER must be 1 to 8 lines of up to 100 characters, parted by |.');
  return lines;
}

function readOperatorToken(source: Source): string | null {
  const token = source.OPERATOR_TOKEN;
  if (token === undefined) return null;
  if (!/^[\x21-\x7e]{32,256}$/.test(token))
    throw new EnvError('OPERATOR_TOKEN must be 32 to 256 printable characters without spaces.');
  return token;
}

function readMail(source: Source, isSandbox: boolean): Env['mail'] {
  const smtpUrl = source.SMTP_URL ?? null;
  if (smtpUrl !== null && !(URL.canParse(smtpUrl) && /^smtps?:$/.test(new URL(smtpUrl).protocol)))
    throw new EnvError('SMTP_URL must be an address such as smtp://user:password@mail.example:587.');
  // In the mailbox it harms nobody, and shows what the operators would be told.
  const operators = source.OPERATOR_EMAIL ?? (isSandbox && smtpUrl === null ? 'operators@localhost' : null);
  if (operators !== null && !isAddress(operators))
    throw new EnvError('OPERATOR_EMAIL must be an e-mail address.');
  const from = source.MAIL_FROM ?? `${source.SHOP_NAME ?? 'Larkhouse'} <orders@localhost>`;
  if (!isAddress(from.replace(/^[^<>]*<([^<>]*)>$/, '$1')))
    throw new EnvError('MAIL_FROM must be an e-mail address, or a name and an address in <>.');
  return { smtpUrl, from, operators };
}

/** The sandbox has an account to try it with, which is so plainly none that nobody sends money to it. */
function readTransferAccount(source: Source, isSandbox: boolean): Env['transferAccount'] {
  const text = (name: string) => {
    const value = source[name]?.trim();
    if (value !== undefined && !/^[^\p{Cc}\p{Cs}]{1,70}$/u.test(value))
      throw new EnvError(`${name} must be 1 to 70 printable characters.`);
    return value ?? null;
  };
  const [iban, holder] = [text('BANK_TRANSFER_ACCOUNT'), text('BANK_TRANSFER_HOLDER')];
  const [bic, bankName] = [text('BANK_TRANSFER_BIC'), text('BANK_TRANSFER_BANK')];
  const accountHolder = holder ?? source.SHOP_NAME ?? 'Larkhouse';
  if (iban !== null) return { accountHolder, iban, bic, bankName };
  if (holder !== null || bic !== null || bankName !== null)
    throw new EnvError('BANK_TRANSFER_ACCOUNT is missing: the other BANK_TRANSFER_ settings go with it.');
  return isSandbox
    ? { accountHolder, iban: 'DEMO 0000 0000 0000', bic: 'DEMOXX00', bankName: 'Demo bank, no real account' }
    : null;
}

function isAddress(text: string): boolean {
  return /^[^@\s<>,;]+@[^@\s<>,;]+$/.test(text);
}

function readStripe(source: Source): Env['stripe'] {
  for (const name of ['STRIPE_SECRET_KEY', 'STRIPE_PUBLISHABLE_KEY', 'STRIPE_WEBHOOK_SECRET']) {
    if (source[name] !== undefined && source[name].trim() === '') {
      throw new EnvError(`${name} is empty. Set it, or leave it out to run on the sandbox.`);
    }
  }
  const timeout = wholeNumber(source, 'STRIPE_TIMEOUT_MS', 15_000, 100, 60_000);
  const secretKey = source.STRIPE_SECRET_KEY;
  if (secretKey === undefined) {
    const base = source.STRIPE_API_BASE ?? `http://127.0.0.1:${source.SANDBOX_PORT ?? '12111'}`;
    return { ...sandboxKeys, apiBase: loopback(base), live: false, timeout };
  }
  const live = modeOf('STRIPE_SECRET_KEY', secretKey, /^(sk|rk)_(live|test)_\S+$/);
  const publishableKey = required(source, 'STRIPE_PUBLISHABLE_KEY');
  if (modeOf('STRIPE_PUBLISHABLE_KEY', publishableKey, /^(pk)_(live|test)_\S+$/) !== live) {
    throw new EnvError(
      'STRIPE_SECRET_KEY and STRIPE_PUBLISHABLE_KEY are of different modes: one is live, one is a test key.',
    );
  }
  const webhookSecret = matching(
    source,
    'STRIPE_WEBHOOK_SECRET',
    undefined,
    /^whsec_\S{8,}$/,
    "an endpoint's signing secret, whsec_…",
  );
  const apiBase = source.STRIPE_API_BASE === undefined ? null : loopback(source.STRIPE_API_BASE);
  if (live && apiBase !== null)
    throw new EnvError('STRIPE_API_BASE is for the sandbox; a live key must not be sent there.');
  return { secretKey, publishableKey, webhookSecret, apiBase, live, timeout };
}

function modeOf(name: string, key: string, shape: RegExp): boolean {
  const match = shape.exec(key);
  if (!match) throw new EnvError(`${name} does not look like a Stripe key.`);
  return match[2] === 'live';
}

/** Our secret key may go to Stripe or to this machine, nowhere else. */
function loopback(base: string): string {
  const url = URL.canParse(base) ? new URL(base) : null;
  const host = url?.hostname ?? '';
  const isLoopback =
    host === 'localhost' || host === '[::1]' || (isIP(host) === 4 && host.startsWith('127.'));
  if (!url || !isLoopback)
    throw new EnvError('STRIPE_API_BASE must be an address of this machine, such as http://127.0.0.1:12111.');
  return url.origin;
}

function readFrontendUrl(source: Source, port: number, live: boolean): string {
  const text = source.FRONTEND_URL ?? `http://localhost:${port}`;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^https?:$/.test(url.protocol))
    throw new EnvError('FRONTEND_URL must be an address such as https://shop.example.');
  if (live && url.protocol !== 'https:')
    throw new EnvError('FRONTEND_URL must begin with https:// when a live Stripe key is set.');
  return url.origin;
}

function readCurrency(source: Source): Currency {
  const text = (source.SHOP_CURRENCY ?? 'usd').toLowerCase();
  if (isCurrency(text)) return text;
  throw new EnvError(`SHOP_CURRENCY ${text} is not supported.`);
}

/** By its name, because a distance from UTC such as +02:00 knows no summer time. */
function readTimezone({ SHOP_TIMEZONE: name }: Source): string | null {
  try {
    if (name === undefined) return null;
    new Intl.DateTimeFormat('en', { timeZone: name });
    if (/^[A-Z]/i.test(name)) return name;
  } catch {}
  throw new EnvError('SHOP_TIMEZONE must be the name of a time zone such as Europe/Berlin.');
}

/** Against card testing and hoarding. On in live mode; off elsewhere, because tests buy much and fast. */
function readLimits(source: Source, live: boolean): Env['limits'] {
  const limit = (name: string, whenLive: number) =>
    wholeNumber(source, name, live ? whenLive : 0, 0, 1_000_000);
  return {
    ordersPerMinute: limit('LIMIT_ORDERS_PER_MINUTE', 10),
    paymentsPerMinute: limit('LIMIT_PAYMENTS_PER_MINUTE', 5),
    unpaidOrdersPerEmail: limit('LIMIT_UNPAID_ORDERS_PER_EMAIL', 3),
    failedPaymentsPerOrder: limit('LIMIT_FAILED_PAYMENTS_PER_ORDER', 10),
  };
}

function wholeNumber(source: Source, name: string, fallback: number, least: number, most: number): number {
  const text = source[name] ?? String(fallback);
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= least && value <= most))
    throw new EnvError(`${name} must be a whole number from ${least} to ${most}.`);
  return value;
}

function matching(
  source: Source,
  name: string,
  fallback: string | undefined,
  shape: RegExp,
  example: string,
): string {
  const text = source[name] ?? fallback;
  if (text === undefined) throw new EnvError(`${name} is missing: ${example}.`);
  if (!shape.test(text)) throw new EnvError(`${name} must be ${example}.`);
  return text;
}

function required(source: Source, name: string): string {
  const text = source[name];
  if (text !== undefined) return text;
  throw new EnvError(`${name} is missing: with STRIPE_SECRET_KEY it must be set too.`);
}
