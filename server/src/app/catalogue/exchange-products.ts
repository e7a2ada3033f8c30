import {
  type ImportReport,
  importColumns,
  maxImportRows,
  maxImportShown,
} from '@paydesk/contract/admin/import';
import type { Currency } from '@paydesk/contract/money';
import { csvRow, csvStart, decimalAmount } from '../../csv/csv-row.ts';
import { isMarked, readCsv } from '../../csv/read-csv.ts';
import {
  allCategories,
  everyProduct,
  fieldsOf,
  findProductsNamed,
  insertProductUnlessTaken,
  lastPosition,
  lockProductsNamed,
  newProductRow,
  updateOnHand,
  updateProductFields,
} from '../../db/catalogue.ts';
import { insertMovement } from '../../db/catalogue-records.ts';
import type { ProductRow } from '../../db/products.ts';
import type { Tx } from '../../db/schema.ts';
import {
  type Catalogue,
  type ImportPlan,
  type Line,
  type PlannedProduct,
  planImport,
  readHeading,
} from '../../domain/product-import.ts';
import { AppError } from '../errors.ts';
import { sha256 } from '../idempotency.ts';
import type { App } from '../ports.ts';
import { firstMovement, movementOf } from './move-stock.ts';
import { recordChange } from './record-change.ts';

const reason = 'Imported from a file.';

/** Every product that is not archived as lines of a CSV file, which can be imported again. */
export async function* exportProducts(app: App): AsyncGenerator<string> {
  yield csvStart + csvRow(importColumns);
  for await (const rows of everyProduct(app.database.read))
    yield rows.map((row) => csvRow(cellsOf(row, app.shop.currency))).join('');
}

function cellsOf(row: ProductRow, currency: Currency): (string | number)[] {
  // A text that would lose an apostrophe when it is read again gets one to lose.
  const text = (value: string) => (isMarked(value) ? `'${value}` : value);
  return [
    row.slug,
    text(row.name),
    text(row.attribute),
    text(row.description),
    text(row.category_name),
    decimalAmount(row.price, currency),
    currency,
    row.on_hand,
    row.position,
    row.active === 1 ? 'yes' : 'no',
  ];
}

/**
 * Says what a file with products would change, or changes it: everything or nothing. What is applied is exactly what the
 * preview said, or it is refused.
 *
 * @param apply the fingerprint of the preview; without it nothing is changed
 * @throws AppError import_not_readable, import_changed, import_has_problems
 */
export async function importProducts(
  app: App,
  file: Uint8Array,
  { apply, by }: { apply: string | undefined; by: string },
): Promise<ImportReport> {
  const read = readCsv(file, { mostLines: maxImportRows });
  if ('problem' in read) throw new AppError('import_not_readable', { message: read.problem });
  const columns = readHeading(read.header.cells);
  if ('problem' in columns) throw new AppError('import_not_readable', { message: columns.problem });
  const slugs = slugsIn(read.lines, columns.indexOf('slug'));
  if (apply === undefined) {
    const rows = await findProductsNamed(app.database.read, slugs);
    const catalogue = await catalogueOf(app, app.database.read, rows);
    return reportOf(planImport(columns, read.lines, catalogue), false);
  }
  const plan = await app.database.transaction(async (tx) => {
    const rows = await lockProductsNamed(tx, slugs);
    const planned = planImport(columns, read.lines, await catalogueOf(app, tx, rows));
    if (fingerprintOf(planned) !== apply) throw new AppError('import_changed');
    if (planned.problems.length > 0) throw new AppError('import_has_problems');
    const known = new Map(rows.map((row) => [row.slug, row]));
    for (const product of planned.products) await write(app, tx, product, known.get(product.fields.slug), by);
    return planned;
  });
  const report = reportOf(plan, true);
  app.log.info({ created: report.created, changed: report.changed, by }, 'products imported');
  return report;
}

function slugsIn(lines: readonly Line[], column: number): string[] {
  return [...new Set(lines.map(({ cells }) => (cells[column] ?? '').trim()).filter(Boolean))];
}

async function catalogueOf(
  { shop }: App,
  db: Tx | App['database']['read'],
  rows: readonly ProductRow[],
): Promise<Catalogue> {
  const [categories, last] = await Promise.all([allCategories(db), lastPosition(db)]);
  const known = (row: ProductRow) => ({
    fields: fieldsOf(row),
    onHand: row.on_hand,
    reserved: row.reserved,
    archived: row.archived_at !== null,
  });
  return {
    products: new Map(rows.map((row) => [row.slug, known(row)])),
    categories,
    lastPosition: last,
    currency: shop.currency,
  };
}

async function write(
  app: App,
  tx: Tx,
  product: PlannedProduct,
  row: ProductRow | undefined,
  by: string,
): Promise<void> {
  const record = (objectId: string) =>
    recordChange(app, tx, { objectId, by, what: 'imported', fields: product.changes });
  if (!row) {
    const made = newProductRow(app.ids.next('prod'), product.fields, product.onHand);
    if (!(await insertProductUnlessTaken(tx, made))) throw new AppError('import_changed');
    await Promise.all([record(made.id), firstMovement(app, tx, made, { by, reason })]);
    return;
  }
  const moved = product.onHand !== row.on_hand;
  const id = app.ids.next('mov');
  await Promise.all([
    product.changes.some(({ field }) => field !== 'onHand') && updateProductFields(tx, row, product.fields),
    moved && insertMovement(tx, movementOf(app, row, product.onHand, { id, by, reason })),
    moved && updateOnHand(tx, row, product.onHand),
    record(row.id),
  ]);
}

function fingerprintOf({ products, problems }: ImportPlan): string {
  return sha256(JSON.stringify([products, problems]));
}

function reportOf(plan: ImportPlan, applied: boolean): ImportReport {
  const created = plan.products.filter(({ action }) => action === 'create').length;
  return {
    applied,
    created,
    changed: plan.products.length - created,
    same: plan.same,
    problems: plan.problems.length,
    products: plan.products.slice(0, maxImportShown).map(({ line, action, fields, changes }) => ({
      line,
      slug: fields.slug,
      name: fields.name,
      action,
      fields: changes,
    })),
    firstProblems: plan.problems.slice(0, maxImportShown),
    fingerprint: fingerprintOf(plan),
  };
}
