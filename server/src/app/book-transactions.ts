import { insertJournals, type Journal, openBreak } from '../db/books.ts';
import { listedNet } from '../db/clearing.ts';
import type { Tx } from '../db/schema.ts';
import { readSetting, writeSetting } from '../db/settings.ts';
import {
  firstPaymentAt,
  insertTransactions,
  knownTransactions,
  type TransactionRow,
} from '../db/transactions.ts';
import { clearingOf, feeTaken, paidOut } from '../domain/ledger.ts';
import type { TransactionRecord } from '../domain/records.ts';
import { type Behind, findBehind } from './behind-transaction.ts';
import { inChunks } from './in-chunks.ts';
import type { App, PaymentProvider, ProviderRecords } from './ports.ts';
import { sayAmount } from './say-amount.ts';

/** The provider's list is read again from this long before its newest entry: it may be written a little out of order. */
const overlap = 10 * 60_000;
/** How long a transaction waits for what it is about to reach our books, in milliseconds; then it is a break. */
const patience = 3_600_000;
/** As many as the provider lists at once. */
const atOnce = 100;

/** What this needs of the shop, so that a check can do without the rest. */
export type BooksApp = Pick<App, 'database' | 'clock' | 'ids' | 'log' | 'providers' | 'instanceId'>;

/** `foreign`: of another shop on the same account, or made by hand. `waiting`: ours, but our books are not there yet. */
export type Booked = { booked: number; foreign: number; waiting: number };

/**
 * Reads what moved on each provider's balance since the last time, keeps it, and books what only the provider can tell:
 * its fees, payouts, and conversions into the account's currency. Doing it again, or twice at the same moment, changes
 * nothing.
 *
 * @throws ProviderError when a provider could not be asked; what was read before stays
 */
export async function bookTransactions(app: BooksApp): Promise<Booked> {
  const total: Booked = { booked: 0, foreign: 0, waiting: 0 };
  for (const provider of app.providers.values()) {
    if (provider.records === null) continue;
    const round = await bookProvider(app, provider, provider.records);
    await keepOpening(app, provider, provider.records, round);
    for (const key of ['booked', 'foreign', 'waiting'] as const) total[key] += round?.[key] ?? 0;
  }
  return total;
}

/** Where reading goes on, in epoch milliseconds as text. */
function markOf(provider: string): string {
  return `transactions_since:${provider}`;
}

/** Null where nobody was ever asked to pay through it. */
async function bookProvider(
  app: BooksApp,
  provider: PaymentProvider,
  records: ProviderRecords,
): Promise<Booked | null> {
  const mark = await readSetting(app.database.read, markOf(provider.name));
  const total: Booked = { booked: 0, foreign: 0, waiting: 0 };
  const start = mark ?? (await firstPaymentAt(app.database.read, provider.name));
  if (start === null) return null;
  // Their clock is not ours.
  const since = mark === undefined ? Number(start) - overlap : Number(start);
  let newest = since + overlap;
  let oldestWaiting = Number.POSITIVE_INFINITY;
  for await (const page of inChunks(records.transactions(since), atOnce)) {
    newest = Math.max(newest, ...page.map(({ createdAt }) => createdAt));
    const { waiting, booked, foreign } = await bookPage(app, provider.name, page);
    total.booked += booked;
    total.foreign += foreign;
    total.waiting += waiting.length;
    oldestWaiting = Math.min(oldestWaiting, ...waiting.map(({ createdAt }) => createdAt));
  }
  const next = Math.min(newest - overlap, oldestWaiting);
  if (next !== since || mark === undefined)
    await app.database.transaction((tx) => writeSetting(tx, markOf(provider.name), String(next)));
  if (total.booked > 0) app.log.info({ provider: provider.name, ...total }, 'transactions booked');
  return total;
}

/** What the account held before this shop's first payment, by currency, as JSON. */
export function openingOf(provider: string): string {
  return `balance_before:${provider}`;
}

/** Asked once, between two rounds of which the second found nothing: so what is listed and the balance are of one moment. */
async function keepOpening(
  app: BooksApp,
  provider: PaymentProvider,
  records: ProviderRecords,
  round: Booked | null,
): Promise<void> {
  const { database } = app;
  if (round === null || round.waiting > 0) return;
  if ((await readSetting(database.read, openingOf(provider.name))) !== undefined) return;
  const balance = await records.balance();
  const again = await bookProvider(app, provider, records);
  if (again === null || again.booked + again.waiting > 0) return;
  const listed = await listedNet(database.read, provider.name);
  const opening = [...balance].map(
    ([currency, held]) => [currency, held - (listed.get(currency) ?? 0)] as const,
  );
  const value = JSON.stringify(Object.fromEntries(opening));
  await database.transaction((tx) => writeSetting(tx, openingOf(provider.name), value));
}

type Page = { waiting: TransactionRecord[]; booked: number; foreign: number };

async function bookPage(app: BooksApp, provider: string, page: readonly TransactionRecord[]): Promise<Page> {
  const { read } = app.database;
  const known = await knownTransactions(
    read,
    page.map(({ id }) => id),
  );
  const news = page.filter(({ id }) => !known.has(id));
  if (news.length === 0) return { waiting: [], booked: 0, foreign: 0 };
  const found = await findBehind(app, provider, news);
  const late = app.clock.now() - patience;
  const waits = ({ record, behind }: Found) => behind.state === 'not_yet' && record.createdAt > late;
  const all = news.map((record) => ({ record, behind: found.get(record.id)! }));
  const ready = all.filter((each) => !waits(each));
  const booked = ready.length === 0 ? 0 : await write(app, provider, ready);
  const foreign = ready.filter(({ behind }) => behind.state === 'foreign').length;
  return { waiting: all.filter(waits).map(({ record }) => record), booked, foreign };
}

type Found = { record: TransactionRecord; behind: Behind };

/** One transaction for a page. Whoever inserts a row also writes its journals, so two processes write them once. */
async function write(app: BooksApp, provider: string, found: readonly Found[]): Promise<number> {
  const now = app.clock.now();
  return await app.database.transaction(async (tx) => {
    const rows = found.map((each) => rowOf(provider, each, now));
    const isNew = await insertTransactions(tx, rows);
    const news = found.filter(({ record }) => isNew.has(record.id));
    await insertJournals(
      tx,
      news.flatMap((each) => journalsOf(provider, each, now)),
    );
    for (const each of news) await judge(app, tx, each, now);
    return news.length;
  });
}

function rowOf(provider: string, { record, behind }: Found, now: number): TransactionRow {
  const ours = behind.state === 'ours' ? behind : null;
  return {
    id: record.id,
    provider,
    type: record.type,
    source_ref: record.sourceRef,
    amount: record.amount,
    fee: record.fee,
    net: record.net,
    currency: record.currency,
    created_at: record.createdAt,
    booked_at: now,
    order_id: ours?.orderId ?? null,
    journal_kind: ours?.journal.kind ?? null,
    journal_ref: ours?.journal.ref ?? null,
  };
}

function journalsOf(provider: string, { record, behind }: Found, now: number): Journal[] {
  const clearing = clearingOf(provider);
  const { id, amount, currency } = record;
  const common = { ref: id, orderId: '', currency, at: now };
  if (behind.state === 'account') {
    const fee = record.fee - (record.movement === 'fee' ? amount : 0);
    const payout = record.movement === 'payout' ? -amount : 0;
    const journals: Journal[] = [
      { ...common, kind: 'fee', entries: feeTaken(clearing, fee) },
      { ...common, kind: 'payout', entries: paidOut(clearing, payout) },
    ];
    return journals.filter(({ entries }) => entries.length > 0);
  }
  if (behind.state !== 'ours') return [];
  const ours = { ...common, orderId: behind.orderId };
  const journals: Journal[] = [];
  if (record.fee !== 0) journals.push({ ...ours, kind: 'fee', entries: feeTaken(clearing, record.fee) });
  // What was paid in one currency lies on the account in another: a journal for each, because each balances by itself.
  if (behind.currency !== currency) {
    for (const side of [
      { amount: -behind.amount, currency: behind.currency },
      { amount, currency },
    ])
      journals.push({
        ...ours,
        kind: 'exchange',
        ref: `${id}:${side.currency}`,
        currency: side.currency,
        entries: [
          { account: clearing, amount: side.amount },
          { account: 'exchange', amount: -side.amount },
        ],
      });
  }
  return journals;
}

/** The provider moved another amount than we know of, or for something of ours that we do not know. */
async function judge(app: BooksApp, tx: Tx, { record, behind }: Found, now: number): Promise<void> {
  const { id, amount, currency, type, sourceRef } = record;
  const differs = behind.state === 'ours' && behind.currency === currency && behind.amount !== amount;
  if (!differs && behind.state !== 'not_yet') return;
  const moved = `the provider moved ${sayAmount(amount, currency)} for ${sourceRef} (${type})`;
  const detail =
    behind.state === 'ours'
      ? `${moved}, our books say ${sayAmount(behind.amount, currency)}`
      : `${moved}, which our books do not know`;
  app.log.error({ transaction: id, sourceRef, amount, currency }, 'a movement differs from our books');
  await openBreak(tx, {
    id: app.ids.next('brk'),
    kind: 'balance_differs',
    object_id: id,
    order_id: behind.state === 'ours' ? behind.orderId : null,
    amount: behind.state === 'ours' ? amount - behind.amount : amount,
    currency,
    detail,
    opened_at: now,
  });
}
