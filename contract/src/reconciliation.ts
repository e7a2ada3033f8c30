import Type, { type Static } from 'typebox';
import { Order } from './orders.ts';

/** What came of asking the provider about one order. */
export const CheckedOrder = Type.Object(
  {
    order: Order,
    found: Type.Array(
      Type.Object(
        {
          object: Type.String({ description: 'What was asked about: pi_…, cs_…, refunds of pi_…, dp_…' }),
          outcome: Type.String({ description: '“no effect: …” where the provider said nothing new.' }),
        },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
);
export type CheckedOrder = Static<typeof CheckedOrder>;
