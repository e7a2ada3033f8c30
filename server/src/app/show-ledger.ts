import type { Journal, Ledger } from '@paydesk/contract/admin/ledger';
import { readBalances } from '../db/balances.ts';
import { journalKinds } from '../db/books.ts';
import {
  asJournals,
  type JournalFilter,
  type JournalRow,
  journalKey,
  listJournals,
} from '../db/ledger-list.ts';
import { findNumbers } from '../db/order-numbers.ts';
import { findOrder } from '../db/orders.ts';
import { accounts, accountWords } from '../domain/ledger.ts';
import { lastComparison } from './compare-books.ts';
import { entriesOfOrder } from './entries-of-order.ts';
import { iso } from './iso.ts';
import { type Page, type Paging, readPage } from './paging.ts';
import type { App } from './ports.ts';

export type WantedJournals = JournalFilter & { orderId?: string | undefined };

/** Every account with what lies on it, and the journals that are wanted, newest first. */
export async function showLedger(app: App, wanted: WantedJournals, paging: Paging): Promise<Ledger> {
  const [{ balances, asOf }, comparison, page] = await Promise.all([
    readBalances(app.database.read),
    lastComparison(app),
    pageOfJournals(app, wanted, paging),
  ]);
  const amountsOf = (account: string) =>
    balances
      .filter((balance) => balance.account === account)
      .map(({ amount, currency }) => ({ amount, currency }));
  return {
    balances: accounts.map((account) => ({
      account,
      says: accountWords[account],
      amounts: amountsOf(account),
    })),
    balancesAsOf: iso(asOf),
    comparison,
    journals: page.rows,
    kinds: [...journalKinds],
    older: page.older,
    newer: page.newer,
    lookedThrough: iso(page.lookedThrough),
  };
}

async function pageOfJournals(app: App, wanted: WantedJournals, paging: Paging): Promise<Page<Journal>> {
  const { read } = app.database;
  const page =
    wanted.orderId === undefined
      ? await readPage(paging, (reach) => listJournals(read, wanted, reach), journalKey)
      : {
          rows: await journalsOfOrder(app, wanted.orderId, wanted),
          older: null,
          newer: null,
          lookedThrough: null,
        };
  return { ...page, rows: await present(app, page.rows) };
}

/** An order has few journals, and all of them are shown. */
async function journalsOfOrder(app: App, orderId: string, filter: JournalFilter): Promise<JournalRow[]> {
  const order = await findOrder(app.database.read, orderId);
  const entries = order ? await entriesOfOrder(app, order) : [];
  const { account, kind, from, to } = filter;
  return asJournals(entries)
    .filter((journal) => kind === undefined || journal.kind === kind)
    .filter(({ at }) => (from === undefined || at >= from) && (to === undefined || at <= to))
    .filter((journal) => account === undefined || journal.entries.some((entry) => entry.account === account))
    .reverse();
}

async function present(app: App, rows: readonly JournalRow[]): Promise<Journal[]> {
  const numbers = await findNumbers(
    app.database.read,
    rows.map((row) => row.order_id),
  );
  return rows.map(({ kind, ref, order_id: orderId, at, entries }) => ({
    kind,
    ref,
    orderId: orderId === '' ? null : orderId,
    orderNumber: numbers.get(orderId) ?? null,
    at: iso(at),
    entries: entries.map(({ account, amount, currency }) => ({ account, amount: { amount, currency } })),
  }));
}

/** Journals for a file, oldest first, a few hundred at a time: each part is read when the one before was taken. */
export async function* exportJournals(app: App, wanted: WantedJournals): AsyncGenerator<Journal[]> {
  if (wanted.orderId !== undefined) {
    yield await present(app, (await journalsOfOrder(app, wanted.orderId, wanted)).reverse());
    return;
  }
  let from: ReturnType<typeof journalKey> | null = null;
  for (;;) {
    const found = await listJournals(app.database.read, wanted, {
      from,
      direction: 'newer',
      limit: exportedAtOnce,
    });
    if (found.rows.length > 0) yield await present(app, found.rows);
    const last = found.rows.at(-1);
    from = found.stoppedAt ?? (found.rows.length === exportedAtOnce && last ? journalKey(last) : null);
    if (from === null) return;
  }
}

const exportedAtOnce = 200;
