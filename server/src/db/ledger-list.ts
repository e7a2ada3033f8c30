import { type Kysely, type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Account } from '../domain/ledger.ts';
import type { JournalKind } from './books.ts';
import type { Key, Looked, Reach } from './keyset.ts';
import { lookThrough } from './keyset.ts';
import type { Schema } from './schema.ts';

/** Which journals are wanted; what is not named is left open. Times in epoch milliseconds, both included. */
export type JournalFilter = {
  account?: Account | undefined;
  kind?: JournalKind | undefined;
  from?: number | undefined;
  to?: number | undefined;
};

export type EntryRow = Schema['ledger_entries'];
/** The entries of one journal. */
export type JournalRow = { kind: string; ref: string; order_id: string; at: number; entries: EntryRow[] };

/** Journals are told apart by their kind and what they are about. */
export function journalKey({ at, kind, ref }: Pick<JournalRow, 'at' | 'kind' | 'ref'>): Key {
  return { at, id: `${kind}:${ref}` };
}

// In words, because they are those of partial indexes: accounts without these, and kinds without those, have one.
const earned: readonly Account[] = ['sales', 'shipping', 'tax'];
const everyday: readonly JournalKind[] = ['receipt', 'fee'];
const isIndexedAccount = sql.raw("account NOT IN ('sales', 'shipping', 'tax')");
const isRareKind = sql.raw("kind NOT IN ('receipt', 'fee')");

/** Every journal has an entry on one of these. */
const anyAccount: readonly Account[] = [
  'stripe_clearing',
  'bank',
  'order_due',
  'refunds_payable',
  'dispute_hold',
];
/** And those of the everyday kinds, or that moved what was earned, on one of these. */
const ofKind: Partial<Record<JournalKind, readonly Account[]>> = {
  receipt: ['stripe_clearing', 'bank'],
  fee: ['fees'],
};

type Head = Pick<EntryRow, 'at' | 'kind' | 'ref'>;

/** Journals by when they were written, newest first where `reach` begins nowhere; each with all its entries. */
export async function listJournals(
  db: Kysely<Schema>,
  filter: JournalFilter,
  reach: Reach,
): Promise<Looked<JournalRow>> {
  const { account } = filter;
  const read = async (part: Reach) => await withEntries(db, await readHeads(db, filter, part));
  const isEarned = account !== undefined && earned.includes(account);
  const keep = isEarned
    ? ({ entries }: JournalRow) => entries.some((entry) => entry.account === account)
    : null;
  return await lookThrough(reach, read, journalKey, keep);
}

async function readHeads(db: Kysely<Schema>, filter: JournalFilter, reach: Reach): Promise<Head[]> {
  const parts = indexesFor(filter).map((where) => partOf(where, filter, reach));
  const order = sql.raw(reach.direction === 'older' ? 'DESC' : 'ASC');
  const { rows } = await sql<Head>`
    SELECT DISTINCT at, kind, ref FROM (${sql.join(parts, sql` UNION ALL `)}) AS heads
    ORDER BY at ${order}, kind ${order}, ref ${order} LIMIT ${reach.limit}`.execute(db);
  return rows.map((row) => ({ ...row, at: Number(row.at) }));
}

/** One condition for each stretch of an index that has to be read. */
function indexesFor({ account, kind }: JournalFilter): RawBuilder<SqlBool>[] {
  const isIndexed = account !== undefined && !earned.includes(account);
  if (kind !== undefined && !everyday.includes(kind)) {
    const here = isIndexed ? sql` AND account = ${account}` : sql``;
    return [sql<SqlBool>`${isRareKind} AND kind = ${kind}${here}`];
  }
  const accounts = isIndexed ? [account] : ((kind && ofKind[kind]) ?? anyAccount);
  // Not as the key's first column, which would be read instead, and would then have to be sorted.
  const only = kind === undefined ? sql`` : sql` AND kind || '' = ${kind}`;
  return accounts.map((each) => sql<SqlBool>`${isIndexedAccount} AND account = ${sql.lit(each)}${only}`);
}

function partOf(where: RawBuilder<SqlBool>, { from, to }: JournalFilter, reach: Reach) {
  const isOlder = reach.direction === 'older';
  const order = sql.raw(isOlder ? 'DESC' : 'ASC');
  const conditions = [where];
  if (from !== undefined) conditions.push(sql<SqlBool>`at >= ${from}`);
  if (to !== undefined) conditions.push(sql<SqlBool>`at <= ${to}`);
  if (reach.from !== null) conditions.push(beyond(reach.from, isOlder));
  return sql`SELECT * FROM (SELECT DISTINCT at, kind, ref FROM ledger_entries WHERE ${sql.join(conditions, sql` AND `)}
    ORDER BY at ${order}, kind ${order}, ref ${order} LIMIT ${reach.limit}) AS part`;
}

function beyond({ at, id }: Key, isOlder: boolean): RawBuilder<SqlBool> {
  const parted = id.indexOf(':');
  const place = sql`(${at}, ${id.slice(0, parted)}, ${id.slice(parted + 1)})`;
  return isOlder ? sql<SqlBool>`(at, kind, ref) < ${place}` : sql<SqlBool>`(at, kind, ref) > ${place}`;
}

/** The journals in the same order, each with its entries. */
async function withEntries(db: Kysely<Schema>, heads: readonly Head[]): Promise<JournalRow[]> {
  if (heads.length === 0) return [];
  const keys = sql.join(heads.map(({ kind, ref }) => sql`(${kind}, ${ref})`));
  const { rows } = await sql<EntryRow>`
    SELECT * FROM ledger_entries WHERE (kind, ref) IN (VALUES ${keys}) ORDER BY account`.execute(db);
  const found = Map.groupBy(rows, ({ kind, ref }) => `${kind}:${ref}`);
  return heads.map(({ at, kind, ref }) => {
    const entries = found.get(`${kind}:${ref}`) ?? [];
    return { at, kind, ref, order_id: entries[0]?.order_id ?? '', entries };
  });
}

/** Entries as journals, in the order in which their first entries stand. */
export function asJournals(entries: readonly EntryRow[]): JournalRow[] {
  return [...Map.groupBy(entries, ({ kind, ref }) => `${kind}:${ref}`).values()].map((own) => {
    const { kind, ref, order_id, at } = own[0]!;
    return { kind, ref, order_id, at, entries: own };
  });
}
