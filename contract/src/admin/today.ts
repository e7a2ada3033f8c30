import Type, { type Static } from 'typebox';
import { Money } from '../money.ts';
import { At, nullable } from '../schemas.ts';
import { FailureReason, Lag, Sums } from './figures.ts';

const object = <T extends Parameters<typeof Type.Object>[0]>(properties: T) =>
  Type.Object(properties, { additionalProperties: false });
/** A part that could not be read is null, and the others are there. */
const part = <T extends Parameters<typeof Type.Object>[0]>(properties: T) => nullable(object(properties));

const HourOfDay = object({
  label: Type.String({ description: '14:00 on the shop’s wall.' }),
  net: nullable(
    Type.Integer({ description: 'Since the day began, in minor units; null for what is to come.' }),
  ),
  netLastWeek: Type.Integer({ description: 'The same seven days ago.' }),
});

const Waiting = object({
  count: Type.Integer({ description: 'How many wait.' }),
  oldestAt: nullable(At),
  lateSeconds: Type.Integer({ description: 'How late the oldest of them is; 0 where none is.' }),
});
export type Waiting = Static<typeof Waiting>;

export const StockLeft = object({
  productId: Type.String(),
  slug: Type.String(),
  name: Type.String(),
  available: Type.Integer({ description: 'Units that can be sold.' }),
  soldPerWeek: Type.Number({ description: 'As in the last fourteen days.' }),
  daysLeft: nullable(
    Type.Number({ description: 'Until none is left at that pace; null where none was sold.' }),
  ),
});
export type StockLeft = Static<typeof StockLeft>;

export const Today = object({
  at: At,
  date: Type.String({ description: 'The shop’s day, 2026-11-26.' }),
  timezone: Type.String(),
  currency: Type.String(),
  isSumming: Type.Boolean({ description: 'Older hours are still being summed: comparisons lack them.' }),
  hasOrders: Type.Boolean({ description: 'Whether the shop ever had one.' }),
  sales: part({
    today: Sums,
    lastWeek: Type.Object(Sums.properties, {
      additionalProperties: false,
      description: 'Seven days ago until this time of the day.',
    }),
    hours: Type.Array(HourOfDay),
    elsewhere: Type.Array(
      object({ currency: Type.String(), received: Type.Integer(), refunded: Type.Integer() }),
    ),
  }),
  failures: part({ today: Type.Array(FailureReason) }),
  holds: part({
    orders: Type.Integer({ description: 'Unpaid orders that hold stock.' }),
    units: Type.Integer(),
    nextEndsAt: nullable(At),
  }),
  work: part({ inbox: Waiting, outbox: Waiting, mail: Waiting }),
  breaks: part({
    open: Type.Integer(),
    gaveUp: Type.Integer({ description: 'Of these, effects that were given up.' }),
    kinds: Type.Array(object({ kind: Type.String(), count: Type.Integer() })),
  }),
  disputes: part({
    needEvidence: Type.Integer(),
    nextDueAt: nullable(At),
    amounts: Type.Array(Money),
  }),
  stock: part({ runsOut: Type.Array(StockLeft, { description: 'Soonest first, at most ten.' }) }),
  lag: part({ lastDay: Lag }),
});
export type Today = Static<typeof Today>;
