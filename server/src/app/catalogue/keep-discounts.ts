import type {
  AdminDiscount,
  AdminDiscounts,
  AdminDiscountsQuery,
  DiscountChange,
  DiscountReply,
  NewDiscount,
} from '@paydesk/contract/admin/discounts';
import type { CatalogueChange } from '@paydesk/contract/admin/products';
import { cataloguePageSize } from '../../db/catalogue.ts';
import { listChanges } from '../../db/catalogue-records.ts';
import {
  type DiscountRow,
  findDiscountRow,
  insertDiscount,
  listDiscounts,
  lockDiscountRow,
  stateOf,
  updateDiscount,
} from '../../db/discounts.ts';
import type { FieldChange } from '../../domain/product.ts';
import { AppError } from '../errors.ts';
import { iso } from '../iso.ts';
import type { App } from '../ports.ts';
import { normalizeCode } from '../quote.ts';
import { presentChange } from './present-product.ts';
import { recordChange } from './record-change.ts';

/** One page of discount codes. */
export async function listDiscountCodes(app: App, query: AdminDiscountsQuery): Promise<AdminDiscounts> {
  const { after, before } = query;
  const back = after === undefined && before !== undefined;
  const from = after !== undefined ? { after } : before !== undefined ? { before } : {};
  const found = await listDiscounts(app.database.read, { ...query, now: app.clock.now() }, from);
  const more = found.length > cataloguePageSize;
  const rows = !more ? found : back ? found.slice(1) : found.slice(0, -1);
  return {
    discounts: rows.map((row) => present(app, row)),
    previous: (back ? more : after !== undefined) ? (rows.at(0)?.code ?? null) : null,
    next: back || more ? (rows.at(-1)?.code ?? null) : null,
  };
}

export async function readDiscount(app: App, code: string): Promise<DiscountReply> {
  const row = await findDiscountRow(app.database.read, normalizeCode(code));
  if (!row) throw new AppError('discount_not_found');
  return await replyOf(app, row);
}

/**
 * Makes a code. What it takes off never changes afterwards, so that it always meant the same.
 *
 * @throws AppError discount_code_taken, invalid_discount, invalid_request for a time that is none
 */
export async function createDiscount(app: App, wanted: NewDiscount, by: string): Promise<DiscountReply> {
  if (wanted.kind === 'percent' && wanted.value > 10_000)
    throw new AppError('invalid_discount', { message: 'A discount takes off at most 100 %.' });
  const row: DiscountRow = {
    code: normalizeCode(wanted.code),
    kind: wanted.kind,
    value: wanted.value,
    minimum_spend: 0,
    starts_at: null,
    ends_at: null,
    max_uses: null,
    max_uses_per_email: null,
    uses: 0,
    version: 1,
    note: '',
    ...columnsOf(wanted),
  };
  requireOrder(row);
  await app.database.transaction(async (tx) => {
    if (!(await insertDiscount(tx, row))) throw new AppError('discount_code_taken');
    await recordChange(app, tx, { objectId: row.code, by, what: 'created', fields: [] });
  });
  return await replyOf(app, row);
}

/**
 * Changes when a code works and how often. Orders that used it keep what they froze.
 *
 * @throws AppError discount_not_found, discount_changed, discount_used_more, invalid_discount
 */
export async function changeDiscount(
  app: App,
  code: string,
  { version, ...wanted }: DiscountChange,
  by: string,
): Promise<DiscountReply> {
  return await change(app, code, version, { by, what: 'changed' }, (row) => {
    const columns = columnsOf(wanted);
    if ('starts_at' in columns || 'ends_at' in columns) requireOrder({ ...row, ...columns });
    return columns;
  });
}

/** From now on nobody can use the code any more. */
export async function endDiscount(
  app: App,
  code: string,
  version: number,
  by: string,
): Promise<DiscountReply> {
  const now = app.clock.now();
  return await change(app, code, version, { by, what: 'ended' }, (row) =>
    stateOf(row, now) === 'ended' ? {} : { ends_at: now },
  );
}

async function change(
  app: App,
  code: string,
  version: number,
  record: { by: string; what: CatalogueChange['what'] },
  columnsFor: (row: DiscountRow) => Partial<DiscountRow>,
): Promise<DiscountReply> {
  const changed = await app.database.transaction(async (tx) => {
    const row = await lockDiscountRow(tx, normalizeCode(code));
    if (!row) throw new AppError('discount_not_found');
    if (row.version !== version)
      throw new AppError('discount_changed', { details: { version: row.version } });
    const columns = columnsFor(row);
    const fields = changesOf(row, { ...row, ...columns });
    if (fields.length === 0) return row;
    const { max_uses: maxUses } = { ...row, ...columns };
    if (maxUses !== null && maxUses < row.uses)
      throw new AppError('discount_used_more', { details: { uses: row.uses } });
    await recordChange(app, tx, { objectId: row.code, ...record, fields });
    return await updateDiscount(tx, row, columns);
  });
  return await replyOf(app, changed);
}

function columnsOf(wanted: Omit<DiscountChange, 'version'>): Partial<DiscountRow> {
  return {
    ...(wanted.note !== undefined && { note: wanted.note.trim() }),
    ...(wanted.minimumSpend !== undefined && { minimum_spend: wanted.minimumSpend }),
    ...(wanted.startsAt !== undefined && { starts_at: timeOf(wanted.startsAt) }),
    ...(wanted.endsAt !== undefined && { ends_at: timeOf(wanted.endsAt) }),
    ...(wanted.maxUses !== undefined && { max_uses: wanted.maxUses }),
    ...(wanted.maxUsesPerEmail !== undefined && { max_uses_per_email: wanted.maxUsesPerEmail }),
  };
}

function timeOf(text: string | null): number | null {
  if (text === null) return null;
  const at = /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at))
    throw new AppError('invalid_request', { message: 'A time is written like 2026-11-26T10:00:00Z.' });
  return at;
}

function requireOrder({ starts_at: starts, ends_at: ends }: DiscountRow): void {
  if (starts !== null && ends !== null && ends <= starts)
    throw new AppError('invalid_discount', { message: 'A discount code ends after it starts.' });
}

function changesOf(before: DiscountRow, after: DiscountRow): FieldChange[] {
  const told = (row: DiscountRow): Record<string, string | number | null> => ({
    note: row.note,
    minimumSpend: row.minimum_spend,
    startsAt: iso(row.starts_at),
    endsAt: iso(row.ends_at),
    maxUses: row.max_uses,
    maxUsesPerEmail: row.max_uses_per_email,
  });
  const [from, to] = [told(before), told(after)];
  return Object.keys(from)
    .filter((field) => from[field] !== to[field])
    .map((field) => ({ field, from: from[field] ?? null, to: to[field] ?? null }));
}

async function replyOf(app: App, row: DiscountRow): Promise<DiscountReply> {
  const changes = await listChanges(app.database.read, row.code, cataloguePageSize);
  return { discount: present(app, row), changes: changes.map(presentChange) };
}

function present(app: App, row: DiscountRow): AdminDiscount {
  return {
    code: row.code,
    note: row.note,
    kind: row.kind,
    value: row.value,
    currency: app.shop.currency,
    minimumSpend: row.minimum_spend,
    startsAt: iso(row.starts_at),
    endsAt: iso(row.ends_at),
    maxUses: row.max_uses,
    maxUsesPerEmail: row.max_uses_per_email,
    uses: row.uses,
    state: stateOf(row, app.clock.now()),
    version: row.version,
  };
}
