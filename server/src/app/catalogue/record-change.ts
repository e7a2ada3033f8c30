import type { CatalogueChange } from '@paydesk/contract/admin/products';
import { insertChange } from '../../db/catalogue-records.ts';
import type { Tx } from '../../db/schema.ts';
import type { FieldChange } from '../../domain/product.ts';
import type { App } from '../ports.ts';

type Change = {
  /** The id of a product, or a discount code. */
  objectId: string;
  by: string;
  what: CatalogueChange['what'];
  fields: readonly FieldChange[];
};

/** Writes down who changed what, in the transaction that changes it. */
export async function recordChange(app: Pick<App, 'clock' | 'ids'>, tx: Tx, change: Change): Promise<void> {
  await insertChange(tx, {
    object_id: change.objectId,
    id: app.ids.next('chg'),
    at: app.clock.now(),
    by_name: change.by,
    what: change.what,
    fields_json: JSON.stringify(change.fields),
  });
}
