import { maxPosition } from '@paydesk/contract/admin/product-limits';
import type {
  AdminProducts,
  AdminProductsQuery,
  ProductPage,
  StockMovements,
} from '@paydesk/contract/admin/products';
import {
  allCategories,
  cataloguePageSize,
  findProduct,
  listCatalogue,
  type Place,
} from '../../db/catalogue.ts';
import { listChanges, listMovements } from '../../db/catalogue-records.ts';
import { AppError } from '../errors.ts';
import type { App } from '../ports.ts';
import { presentChange, presentMovement, presentProduct, presentProductRow } from './present-product.ts';

/** One page of products, sold or not. */
export async function listProductsForOperators(app: App, query: AdminProductsQuery): Promise<AdminProducts> {
  const after = readPlace(query.after);
  const before = after ? null : readPlace(query.before);
  const from = after ? { after } : before ? { before } : null;
  const [found, categories] = await Promise.all([
    listCatalogue(app.database.read, query, from),
    allCategories(app.database.read),
  ]);
  const more = found.length > cataloguePageSize;
  // Going back, the row too many is the first one.
  const rows = !more ? found : before ? found.slice(1) : found.slice(0, -1);
  const [first, last] = [rows.at(0), rows.at(-1)];
  return {
    products: rows.map((row) => presentProductRow(app, row)),
    categories,
    previous: first && (before ? more : after !== null) ? writePlace(first) : null,
    next: last && (before !== null || more) ? writePlace(last) : null,
  };
}

function writePlace({ position, id }: Place): string {
  return `${position}.${id}`;
}

function readPlace(text: string | undefined): Place | null {
  const parts = /^(\d{1,7})\.([\w-]{1,100})$/.exec(text ?? '');
  return parts && Number(parts[1]) <= maxPosition ? { position: Number(parts[1]), id: parts[2]! } : null;
}

/** Everything about one product: how it is, what was changed, and what was done to its stock. */
export async function readProduct(app: App, id: string, after?: string): Promise<ProductPage> {
  const { read } = app.database;
  const [row, categories, changes, movements] = await Promise.all([
    findProduct(read, id),
    allCategories(read),
    listChanges(read, id, cataloguePageSize),
    movementsOf(app, id, after),
  ]);
  if (!row) throw new AppError('product_not_found');
  return {
    product: presentProduct(app, row),
    categories,
    changes: changes.map(presentChange),
    ...movements,
  };
}

async function movementsOf(app: App, productId: string, after: string | undefined): Promise<StockMovements> {
  const found = await listMovements(app.database.read, productId, {
    before: after ?? null,
    limit: cataloguePageSize + 1,
  });
  const movements = found.slice(0, cataloguePageSize).map(presentMovement);
  return { movements, next: found.length > cataloguePageSize ? movements.at(-1)!.id : null };
}
