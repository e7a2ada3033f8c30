import Type, { type Static } from 'typebox';
import { Money } from '../money.ts';
import { fulfilmentStatuses, orderStatuses } from '../orders.ts';
import { paymentFlows, paymentStatuses } from '../payments.ts';
import { At, nullable } from '../schemas.ts';

/** The orders of the shop as operators list, search and export them. */

/**
 * `needs-action`: under review, paid and not sent yet, with an open break, or with a dispute that waits for the shop's answer.
 * `unpaid`: not all the money is there, and it still may come. `disputed`: a bank has not decided yet.
 */
export const orderViews = ['all', 'needs-action', 'unpaid', 'disputed'] as const;
export type OrderView = (typeof orderViews)[number];

/** Orders on one page. */
export const orderPageSize = 50;

const anyStatus = orderStatuses.join('|');
const Day = Type.String({
  pattern: '^\\d{4}-\\d{2}-\\d{2}$',
  description: "A day by the shop's clock, such as 2026-11-26.",
});
const Amount = Type.Integer({
  minimum: 0,
  maximum: Number.MAX_SAFE_INTEGER,
  description: "Minor units of the shop's currency.",
});

const filters = {
  q: Type.Optional(
    Type.String({
      maxLength: 254,
      pattern: '^[^\\p{Cc}\\p{Cs}]*$',
      description:
        "An order's number, a whole e-mail address, or the id of an order, payment, refund, dispute or event, ours or the provider's.",
    }),
  ),
  view: Type.Optional(Type.Enum([...orderViews])),
  status: Type.Optional(
    Type.String({
      maxLength: 200,
      pattern: `^(${anyStatus})(,(${anyStatus}))*$`,
      description: `One or several, with commas: ${orderStatuses.join(', ')}.`,
    }),
  ),
  from: Type.Optional(Day),
  to: Type.Optional(Day),
  min: Type.Optional(Amount),
  max: Type.Optional(Amount),
  email: Type.Optional(
    Type.String({ minLength: 1, maxLength: 254, pattern: '^[^\\p{Cc}\\p{Cs}]*$', description: 'All of it.' }),
  ),
};

/** An order has to meet all that are named. `from` and `to` are about when it was placed, and belong to the time between them. */
export const OrderFilters = Type.Object(filters, { additionalProperties: false });
export type OrderFilters = Static<typeof OrderFilters>;

const Place = (description: string) => Type.Optional(Type.String({ maxLength: 100, description }));

export const OrdersQuery = Type.Object(
  {
    ...filters,
    after: Place('The `older` of an earlier answer. One that is not understood begins at the newest.'),
    before: Place('The `newer` of an earlier answer.'),
  },
  { additionalProperties: false },
);
export type OrdersQuery = Static<typeof OrdersQuery>;

export const NewOrdersQuery = Type.Object(
  { ...filters, than: Place('The `top` of an earlier answer.') },
  { additionalProperties: false },
);
export type NewOrdersQuery = Static<typeof NewOrdersQuery>;

export const NewOrders = Type.Object(
  {
    count: Type.Integer({ maximum: orderPageSize }),
    more: Type.Boolean({ description: 'There are more than were counted.' }),
  },
  { additionalProperties: false },
);
export type NewOrders = Static<typeof NewOrders>;

/** What an id can be of. `id`: it looks like one, and nothing is called so. */
export const namedKinds = [
  'order',
  'payment',
  'charge',
  'session',
  'refund',
  'dispute',
  'transaction',
  'event',
  'break',
  'id',
] as const;
export type NamedKind = (typeof namedKinds)[number];

export const OrderListRow = Type.Object(
  {
    id: Type.String(),
    number: Type.String(),
    placedAt: At,
    customer: Type.String({ description: 'First and last name.' }),
    email: Type.String(),
    status: Type.Enum([...orderStatuses]),
    fulfilment: Type.Enum([...fulfilmentStatuses]),
    itemCount: Type.Integer(),
    total: Money,
    received: Money,
    refunded: Money,
    payment: nullable(
      Type.Object(
        {
          provider: Type.String(),
          flow: Type.Enum([...paymentFlows]),
          status: Type.Enum([...paymentStatuses]),
        },
        { additionalProperties: false, description: 'The newest attempt.' },
      ),
    ),
    hasDispute: Type.Boolean({ description: 'One that the bank has not decided yet.' }),
    hasBreak: Type.Boolean({ description: 'One that is open.' }),
  },
  { additionalProperties: false },
);
export type OrderListRow = Static<typeof OrderListRow>;

export const OrderList = Type.Object(
  {
    orders: Type.Array(OrderListRow, { description: 'Newest first.' }),
    newer: nullable(Type.String({ description: 'For `before`. Null where there are none.' })),
    older: nullable(Type.String({ description: 'For `after`. Null where there are none.' })),
    top: nullable(Type.String({ description: 'Where this page begins: for asking what has come since.' })),
    searchedTo: nullable(
      Type.String({
        format: 'date-time',
        description:
          'Few orders of many fit, and the search stopped here so that nobody waits: `older` or `newer` goes on.',
      }),
    ),
    understood: nullable(
      Type.Object(
        {
          as: Type.Enum(['order_number', 'email', ...namedKinds]),
          text: Type.String({ description: 'How it was read: 7k3m92qx as 7K3M-92QX.' }),
        },
        {
          additionalProperties: false,
          description: 'What `q` was taken for; null also where it looks like nothing that is searched for.',
        },
      ),
    ),
  },
  { additionalProperties: false },
);
export type OrderList = Static<typeof OrderList>;
