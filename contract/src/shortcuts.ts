import Type, { type Static } from 'typebox';
import { PlaceOrderRequest } from './orders.ts';
import { Id } from './quote.ts';

export const PayOrderById = Type.Object({ orderId: Id }, { additionalProperties: false });

/** A cart to be ordered and paid in one call, or an order that exists already. */
export const ShortcutRequest = Type.Union([PlaceOrderRequest, PayOrderById]);
export type ShortcutRequest = Static<typeof ShortcutRequest>;

export const ShortcutReply = Type.Object(
  {
    orderId: Type.String(),
    accessToken: Type.Optional(Type.String({ description: 'When this call placed the order.' })),
    clientSecret: Type.Optional(Type.String()),
    url: Type.Optional(Type.String()),
  },
  { additionalProperties: false },
);
export type ShortcutReply = Static<typeof ShortcutReply>;
