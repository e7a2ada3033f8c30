/** What is sold, where to and for how much. The same words as in schema.ts. */
export type CatalogueTables = {
  products: {
    id: string;
    slug: string;
    name: string;
    description: string;
    attribute: string;
    category_slug: string;
    category_name: string;
    images_json: string;
    search_text: string;
    price: number;
    on_hand: number;
    reserved: number;
    position: number;
    active: number;
    /** Grows with every change by an operator; sales and stock leave it. */
    version: number;
    archived_at: number | null;
  };
  countries: {
    code: string;
    name: string;
    shipping_amount: number;
    free_shipping_from: number | null;
    tax_basis_points: number;
    tax_name: string;
    tax_on_shipping: number;
  };
  discounts: {
    code: string;
    kind: 'percent' | 'fixed';
    value: number;
    minimum_spend: number;
    starts_at: number | null;
    ends_at: number | null;
    max_uses: number | null;
    max_uses_per_email: number | null;
    uses: number;
    version: number;
    note: string;
  };
  pictures: {
    hash: string;
    box: number;
    format: string;
    width: number;
    height: number;
    content: Uint8Array;
    made_at: number;
  };
  stock_movements: {
    product_id: string;
    id: string;
    at: number;
    by_name: string;
    reason: string;
    on_hand_before: number;
    on_hand_after: number;
    reserved: number;
  };
  catalogue_changes: {
    object_id: string;
    id: string;
    at: number;
    by_name: string;
    what: string;
    fields_json: string;
  };
};
