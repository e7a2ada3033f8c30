import Type, { type Static } from 'typebox';
import { At, nullable } from '../schemas.ts';

/** What operators see of how the shop does: sums by hour, day or week of the shop. */

const object = <T extends Parameters<typeof Type.Object>[0]>(properties: T, description?: string) =>
  Type.Object(properties, { additionalProperties: false, ...(description !== undefined && { description }) });
const Count = Type.Integer({ description: 'How many.' });
const Amount = Type.Integer({ description: 'Minor units of the shop’s currency.' });

const sums = {
  placed: Type.Integer({ description: 'Orders that were placed.' }),
  paid: Type.Integer({ description: 'Orders whose last money arrived.' }),
  canceled: Count,
  expired: Count,
  failed: Type.Integer({ description: 'Attempts to pay that failed.' }),
  disputed: Type.Integer({ description: 'Disputes and inquiries that were opened.' }),
  receipts: Type.Integer({ description: 'Payments that arrived for an order.' }),
  received: Type.Integer({ description: 'What they brought, in minor units of the shop’s currency.' }),
  refunds: Type.Integer({ description: 'Refunds that went out, less those that failed afterwards.' }),
  refunded: Amount,
  net: Type.Integer({ description: 'Received less refunded.' }),
};

export const Sums = object(sums, 'What happened in a while. An order counts when it happened to it.');
export type Sums = Static<typeof Sums>;

export const periods = ['hour', 'day', 'week'] as const;
export type Period = (typeof periods)[number];

const ShopDate = Type.String({
  pattern: '^\\d{4}-\\d{2}-\\d{2}$',
  description: 'A day of the shop, such as 2026-11-26.',
});

export const FiguresQuery = Type.Object(
  {
    period: Type.Optional(Type.Enum([...periods])),
    from: Type.Optional(ShopDate),
    to: Type.Optional(ShopDate),
    days: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 1_200, description: 'Instead of from: so many until to.' }),
    ),
  },
  { additionalProperties: false },
);
export type FiguresQuery = Static<typeof FiguresQuery>;

export const Lag = object(
  {
    half: nullable(
      Type.Integer({ description: 'Half of the events reached us within so many milliseconds.' }),
    ),
    most: nullable(
      Type.Integer({ description: 'Nineteen of twenty reached us within so many milliseconds.' }),
    ),
    events: Type.Integer({ description: 'How many were looked at.' }),
  },
  'How long a provider’s events took from when they were made until we had them. A sample, rounded up.',
);
export type Lag = Static<typeof Lag>;

export const FigurePoint = object(
  {
    start: At,
    label: Type.String({ description: '2026-11-26, or 2026-11-26 14:00, on the shop’s wall.' }),
    ...sums,
    lag: Lag,
  },
  'An hour, a day or a week that began on a Monday.',
);
export type FigurePoint = Static<typeof FigurePoint>;

export const FailureReason = object({
  code: Type.String({ description: 'The provider’s word; unknown where it said none.' }),
  count: Count,
});
export type FailureReason = Static<typeof FailureReason>;

export const SoldProduct = object({
  productId: Type.String(),
  name: Type.String(),
  units: Count,
  amount: Type.Integer({ description: 'Less discount, before tax, in minor units of the shop’s currency.' }),
});
export type SoldProduct = Static<typeof SoldProduct>;

const span = {
  currency: Type.String({ description: 'The shop’s. Sums of other currencies are in elsewhere.' }),
  timezone: Type.String({ description: 'Whose days these are: Europe/Berlin.' }),
  summedUntil: nullable(
    Type.String({
      format: 'date-time',
      description: 'Older hours are summed; later ones are read as they are.',
    }),
  ),
  isSumming: Type.Boolean({ description: 'Hours that are over are still being summed: older figures lack.' }),
};

const Elsewhere = Type.Array(object({ currency: Type.String(), received: Count, refunded: Count }), {
  description: 'The same in other currencies than the shop’s, never summed across.',
});

export const Figures = object({
  ...span,
  period: Type.Enum([...periods]),
  from: ShopDate,
  to: ShopDate,
  points: Type.Array(FigurePoint),
  total: Sums,
  elsewhere: Elsewhere,
  failures: Type.Array(FailureReason, { description: 'Most frequent first.' }),
  products: Type.Array(SoldProduct, { description: 'What brought most first, at most ten.' }),
});
export type Figures = Static<typeof Figures>;

export const CsvQuery = Type.Object(
  {
    chart: Type.Enum(['sales', 'outcomes', 'failures', 'products', 'lag']),
    period: Type.Optional(Type.Enum([...periods])),
    from: Type.Optional(ShopDate),
    to: Type.Optional(ShopDate),
    days: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_200 })),
  },
  { additionalProperties: false },
);
export type CsvQuery = Static<typeof CsvQuery>;
