/**
 * What operators need to keep a catalogue: versions against overwriting each other, pictures, and a record of what was
 * changed. `bytes` is the third word in which the databases differ. The index holds nothing that a sale changes, so a
 * purchase writes no more than before.
 */
export function catalogueTables(int: string, strict: string, bytes: string): string[] {
  return [
    `ALTER TABLE products ADD COLUMN version ${int} NOT NULL DEFAULT 1`,
    `ALTER TABLE products ADD COLUMN archived_at ${int}`,
    `CREATE INDEX products_in_order ON products (position, id)`,
    `ALTER TABLE discounts ADD COLUMN version ${int} NOT NULL DEFAULT 1`,
    `ALTER TABLE discounts ADD COLUMN note TEXT NOT NULL DEFAULT ''`,
    // A file belongs to whoever shows its address: a product, or an order that showed it when it was placed.
    `CREATE TABLE pictures (
      hash TEXT NOT NULL, box ${int} NOT NULL, format TEXT NOT NULL, width ${int} NOT NULL, height ${int} NOT NULL,
      content ${bytes} NOT NULL, made_at ${int} NOT NULL, PRIMARY KEY (hash, box, format))${strict}`,
    `CREATE TABLE stock_movements (
      product_id TEXT NOT NULL, id TEXT NOT NULL, at ${int} NOT NULL, by_name TEXT NOT NULL, reason TEXT NOT NULL,
      on_hand_before ${int} NOT NULL CHECK (on_hand_before >= 0), on_hand_after ${int} NOT NULL CHECK (on_hand_after >= 0),
      reserved ${int} NOT NULL CHECK (reserved >= 0 AND reserved <= on_hand_after), PRIMARY KEY (product_id, id))${strict}`,
    `CREATE TABLE catalogue_changes (
      object_id TEXT NOT NULL, id TEXT NOT NULL, at ${int} NOT NULL, by_name TEXT NOT NULL, what TEXT NOT NULL,
      fields_json TEXT NOT NULL, PRIMARY KEY (object_id, id))${strict}`,
  ];
}

export const appendOnlyTables = ['stock_movements', 'catalogue_changes'] as const;
