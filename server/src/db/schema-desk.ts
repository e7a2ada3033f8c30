/** What operators write down about orders: notes, parcels, what a refund was for, what was sent again, and who did what. */
export type DeskTables = {
  notes: { id: string; order_id: string; at: number; written_by: string; text: string };
  fulfilments: {
    id: string;
    order_id: string;
    carrier: string | null;
    tracking_number: string | null;
    tracking_url: string | null;
    shipped_at: number;
    shipped_by: string;
  };
  /** A null product is the shipping. */
  refund_lines: { refund_id: string; order_id: string; product_id: string | null; quantity: number };
  resends: {
    /** The effect that sends it. */
    mail: string;
    /** The effect that sent it first. */
    original: string;
    order_id: string;
    at: number;
    asked_by: string;
  };
  order_event_operators: { order_id: string; version: number; name: string };
};
