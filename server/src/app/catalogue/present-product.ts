import type {
  AdminProduct,
  AdminProductRow,
  CatalogueChange,
  StockMovement,
} from '@paydesk/contract/admin/products';
import type { ProductImage } from '@paydesk/contract/catalogue';
import type { CatalogueChangeRow, StockMovementRow } from '../../db/catalogue-records.ts';
import { availableOf, firstImage, type ProductRow } from '../../db/products.ts';
import { iso } from '../iso.ts';
import type { App } from '../ports.ts';

/** The catalogue in the operators' words. */

type Shop = Pick<App, 'shop'>;

function summaryOf({ shop }: Shop, row: ProductRow) {
  return {
    id: row.id,
    slug: row.slug,
    name: row.name,
    attribute: row.attribute,
    category: { slug: row.category_slug, name: row.category_name },
    price: { amount: row.price, currency: shop.currency },
    stock: { onHand: row.on_hand, reserved: row.reserved, available: availableOf(row) },
    position: row.position,
    active: row.active === 1,
    archivedAt: iso(row.archived_at),
  };
}

export function presentProductRow(app: Shop, row: ProductRow): AdminProductRow {
  return { ...summaryOf(app, row), image: firstImage(row) };
}

export function presentProduct(app: Shop, row: ProductRow): AdminProduct {
  return {
    ...summaryOf(app, row),
    description: row.description,
    images: JSON.parse(row.images_json) as ProductImage[],
    version: row.version,
  };
}

export function presentMovement(row: StockMovementRow): StockMovement {
  return {
    id: row.id,
    at: iso(row.at),
    by: row.by_name,
    reason: row.reason,
    before: row.on_hand_before,
    after: row.on_hand_after,
    reserved: row.reserved,
  };
}

export function presentChange(row: CatalogueChangeRow): CatalogueChange {
  return {
    id: row.id,
    at: iso(row.at),
    by: row.by_name,
    what: row.what as CatalogueChange['what'],
    fields: JSON.parse(row.fields_json) as CatalogueChange['fields'],
  };
}
