import type { Corruption } from './corruptions.ts';

/** Ways to break the rules about what operators write down of an order. */
export const deskCorruptions: Corruption[] = [
  {
    breaks: 'sent orders have a parcel',
    by: [
      `INSERT INTO fulfilments (id, order_id, shipped_at, shipped_by) VALUES ('ful_planted', :paid, 1, 'nobody')`,
    ],
  },
  {
    breaks: 'units are refunded once',
    by: [
      `INSERT INTO refund_lines (refund_id, order_id, product_id, quantity)
        SELECT id, order_id, NULL, 2 FROM refunds WHERE order_id = :refunded`,
    ],
  },
];
