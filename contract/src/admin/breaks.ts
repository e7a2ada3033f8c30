import Type, { type Static } from 'typebox';
import { At, nullable, words } from '../schemas.ts';
import { pageEnds, pageQuery, Wanted } from './pages.ts';

export const Break = Type.Object(
  {
    id: Type.String(),
    kind: Type.String({ description: 'payment_amount_differs, paid_twice, refund_failed, …' }),
    title: Type.String({ description: 'What does not agree, in a few words.' }),
    advice: Type.String({ description: 'What to do about this kind.' }),
    object: Type.String({ description: 'The id of what it is about, ours or the provider’s.' }),
    orderId: nullable(Type.String()),
    orderNumber: nullable(Type.String({ description: 'Where the breaks of many orders are listed.' })),
    amount: nullable(Type.Integer({ description: 'Minor units, where money is concerned.' })),
    currency: nullable(Type.String({ description: 'Of the amount, where it is known.' })),
    detail: Type.String(),
    openedAt: At,
    closedAt: nullable(At),
    closedBy: nullable(Type.String()),
    resolution: nullable(Type.String()),
  },
  { additionalProperties: false, description: 'A difference between our books and the provider’s.' },
);
export type Break = Static<typeof Break>;

export const BreaksQuery = Type.Object(
  { ...pageQuery, state: Type.Optional(Type.Enum(['open', 'closed', ''])), kind: Type.Optional(Wanted) },
  { additionalProperties: false },
);
export type BreaksQuery = Static<typeof BreaksQuery>;

export const Breaks = Type.Object(
  {
    breaks: Type.Array(Break, { description: 'Newest first, at most 50.' }),
    kinds: Type.Array(
      Type.Object({ kind: Type.String(), title: Type.String() }, { additionalProperties: false }),
      { description: 'All kinds there are.' },
    ),
    ...pageEnds,
  },
  { additionalProperties: false },
);
export type Breaks = Static<typeof Breaks>;

export const CloseBreakRequest = Type.Object({ resolution: words(500) }, { additionalProperties: false });
