import Type, { type Static } from 'typebox';
import { Money } from '../money.ts';
import { At, nullable } from '../schemas.ts';
import { Moment, pageEnds, pageQuery, Wanted } from './pages.ts';

export const Journal = Type.Object(
  {
    kind: Type.String({ description: 'receipt, refund_done, fee, …' }),
    ref: Type.String({ description: 'The id of what it is about; with the kind, its key.' }),
    orderId: nullable(Type.String()),
    orderNumber: nullable(Type.String()),
    at: At,
    entries: Type.Array(
      Type.Object({ account: Type.String(), amount: Money }, { additionalProperties: false }),
      { description: 'Debits are positive, credits negative; they sum to zero.' },
    ),
  },
  { additionalProperties: false },
);
export type Journal = Static<typeof Journal>;

/** What a provider holds for us by its own word, beside what our books say. */
export const Comparison = Type.Object(
  {
    at: At,
    by: Type.String(),
    rows: Type.Array(
      Type.Object(
        {
          provider: Type.String(),
          currency: Type.String(),
          atProvider: Type.Integer(),
          inOurBooks: Type.Integer(),
          difference: Type.Integer({ description: 'Zero where both agree.' }),
        },
        { additionalProperties: false },
      ),
    ),
    waiting: Type.Integer({
      description: 'Movements at the provider whose events have not reached our books yet.',
    }),
  },
  { additionalProperties: false },
);
export type Comparison = Static<typeof Comparison>;

const filters = {
  account: Type.Optional(Wanted),
  kind: Type.Optional(Wanted),
  order: Type.Optional(Wanted),
  from: Type.Optional(Moment),
  to: Type.Optional(Moment),
};

export const LedgerQuery = Type.Object({ ...pageQuery, ...filters }, { additionalProperties: false });
export type LedgerQuery = Static<typeof LedgerQuery>;
export const LedgerExport = Type.Object(filters, { additionalProperties: false });
export type LedgerExport = Static<typeof LedgerExport>;

export const Ledger = Type.Object(
  {
    balances: Type.Array(
      Type.Object(
        { account: Type.String(), says: Type.String(), amounts: Type.Array(Money) },
        { additionalProperties: false },
      ),
      { description: 'Every account with its balance in each currency that ever moved on it.' },
    ),
    balancesAsOf: nullable(
      Type.String({
        format: 'date-time',
        description:
          'Up to when, while the sums of an older version are still being made; else all is in them.',
      }),
    ),
    comparison: nullable(Comparison),
    journals: Type.Array(Journal, { description: 'Newest first, at most 50.' }),
    kinds: Type.Array(Type.String(), { description: 'All kinds of journals there are.' }),
    ...pageEnds,
    lookedThrough: nullable(
      Type.String({
        format: 'date-time',
        description: 'Where a rare filter stopped looking; `older` goes on from there.',
      }),
    ),
  },
  { additionalProperties: false },
);
export type Ledger = Static<typeof Ledger>;
