import Type, { type Static } from 'typebox';
import { Dispute } from './disputes.ts';
import { Fulfilment } from './fulfilments.ts';
import { Money } from './money.ts';
import { Payment } from './payments.ts';
import { CartItem, CountryCode, DiscountCode, Email, maxLines, PricedLine } from './quote.ts';
import { Refund } from './refunds.ts';
import { words } from './schemas.ts';

export const orderStatuses = [
  'pending',
  'processing',
  'partially_paid',
  'paid',
  'failed',
  'canceled',
  'expired',
  'partially_refunded',
  'refunded',
  'review',
] as const;
export type OrderStatus = (typeof orderStatuses)[number];

export const fulfilmentStatuses = ['unfulfilled', 'fulfilled'] as const;

export const Contact = Type.Object(
  {
    email: Email,
    firstName: words(60),
    lastName: words(60),
    phone: Type.Optional(words(30)),
  },
  { additionalProperties: false },
);
export type Contact = Static<typeof Contact>;

export const Address = Type.Object(
  {
    line1: words(120),
    line2: Type.Optional(words(120)),
    city: Type.Optional(words(80)),
    state: Type.Optional(words(80)),
    postalCode: Type.Optional(words(16)),
    country: CountryCode,
  },
  { additionalProperties: false, description: 'Which parts a country needs: see addressRules.' },
);
export type Address = Static<typeof Address>;

export const PlaceOrderRequest = Type.Object(
  {
    items: Type.Array(CartItem, { minItems: 1, maxItems: maxLines }),
    discountCode: Type.Optional(DiscountCode),
    contact: Contact,
    shippingAddress: Address,
  },
  { additionalProperties: false },
);
export type PlaceOrderRequest = Static<typeof PlaceOrderRequest>;

/** Who or what caused something. `provider`: its signed word. `reconciler`: found by comparing the books. */
export const actors = ['customer', 'operator', 'provider', 'clock', 'reconciler', 'shop'] as const;
export type Actor = (typeof actors)[number];

export const TimelineEntry = Type.Object(
  {
    at: Type.String({ format: 'date-time' }),
    type: Type.String({
      description: 'order.placed, payment.failed, order.paid, refund.succeeded, mail.sent, …',
    }),
    status: Type.Union([Type.Enum([...orderStatuses]), Type.Null()], {
      description: 'The status the order had then; null for what does not concern it, such as an e-mail.',
    }),
    message: Type.String(),
    actor: Type.Enum([...actors]),
    paymentId: Type.Union([Type.String(), Type.Null()]),
    refundId: Type.Union([Type.String(), Type.Null()]),
    eventId: Type.Union([Type.String(), Type.Null()], {
      description: "Stripe's event, where one caused this.",
    }),
  },
  { additionalProperties: false },
);
export type TimelineEntry = Static<typeof TimelineEntry>;

export const Order = Type.Object(
  {
    id: Type.String(),
    number: Type.String({ description: 'What people say on the phone: 7K3M-92QX.' }),
    status: Type.Enum([...orderStatuses]),
    fulfilment: Type.Enum([...fulfilmentStatuses]),
    version: Type.Integer({ description: 'Grows by one with every change; the id of the live events.' }),
    contact: Contact,
    shippingAddress: Address,
    lines: Type.Array(PricedLine),
    itemCount: Type.Integer(),
    discountCode: Type.Union([Type.String(), Type.Null()]),
    taxName: Type.String(),
    subtotal: Money,
    discount: Money,
    shipping: Money,
    tax: Money,
    total: Money,
    received: Money,
    due: Money,
    refunded: Money,
    payable: Type.Boolean({ description: 'Whether POST …/pay would be accepted now.' }),
    cancelable: Type.Boolean(),
    inAccount: Type.Boolean({
      description: 'Whether it belongs to somebody’s account; else it is a guest’s.',
    }),
    placedAt: Type.String({ format: 'date-time' }),
    expiresAt: Type.Union([Type.String({ format: 'date-time' }), Type.Null()], {
      description: 'Until when the items are reserved; null once that no longer matters.',
    }),
    paidAt: Type.Union([Type.String({ format: 'date-time' }), Type.Null()]),
    payments: Type.Array(Payment, { description: 'Oldest first.' }),
    refunds: Type.Array(Refund, { description: 'Oldest first.' }),
    disputes: Type.Array(Dispute, { description: 'Oldest first.' }),
    fulfilments: Type.Array(Fulfilment, { description: 'What was sent: one parcel at most, so far.' }),
    invoiceUrl: Type.Union([Type.String(), Type.Null()], { description: 'Once it is paid.' }),
    timeline: Type.Array(TimelineEntry, { description: 'Oldest first.' }),
  },
  { additionalProperties: false },
);
export type Order = Static<typeof Order>;

export const PlacedOrder = Type.Object(
  { order: Order, accessToken: Type.String() },
  { additionalProperties: false },
);
export type PlacedOrder = Static<typeof PlacedOrder>;

/** What the address of a mail's link carries behind its #. */
export const OpenOrderRequest = Type.Object(
  { token: Type.String({ pattern: '^[\\x21-\\x7e]{1,200}$' }) },
  { additionalProperties: false },
);
export type OpenOrderRequest = Static<typeof OpenOrderRequest>;

/** What the live stream says, with `id` = version and `event: order`. No personal data. */
export const OrderChange = Type.Object(
  { id: Type.String(), status: Type.Enum([...orderStatuses]), version: Type.Integer() },
  { additionalProperties: false },
);
export type OrderChange = Static<typeof OrderChange>;
