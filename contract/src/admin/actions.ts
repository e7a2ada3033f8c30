import Type, { type Static } from 'typebox';
import { At, nullable } from '../schemas.ts';
import { Moment, pageEnds, pageQuery, Wanted } from './pages.ts';

export const Action = Type.Object(
  {
    id: Type.String(),
    at: At,
    operatorId: nullable(Type.String({ description: 'Null for a script with the operators’ token.' })),
    operator: Type.String(),
    role: Type.String({ description: 'Theirs at the time.' }),
    action: Type.String({ description: 'The call, as `POST /api/admin/orders/:id/refunds`.' }),
    says: Type.String({ description: 'The same in words.' }),
    object: nullable(Type.String({ description: 'What the call named.' })),
    orderId: nullable(Type.String()),
    orderNumber: nullable(Type.String()),
    reason: nullable(Type.String()),
    request: Type.Unknown({ description: 'What they sent.' }),
    outcome: Type.Enum(['done', 'refused', 'failed', 'unknown'], {
      description: 'Unknown where it was cut off: it may have been done or not.',
    }),
    status: nullable(Type.Integer()),
    code: nullable(Type.String({ description: 'Why it was refused.' })),
  },
  { additionalProperties: false },
);
export type Action = Static<typeof Action>;

export const ActionsQuery = Type.Object(
  {
    ...pageQuery,
    operator: Type.Optional(Wanted),
    order: Type.Optional(Wanted),
    from: Type.Optional(Moment),
    to: Type.Optional(Moment),
  },
  { additionalProperties: false },
);
export type ActionsQuery = Static<typeof ActionsQuery>;

export const Actions = Type.Object(
  {
    actions: Type.Array(Action, { description: 'Newest first, at most 50.' }),
    operators: Type.Array(Type.String(), { description: 'Names of those who can be asked for.' }),
    ...pageEnds,
  },
  { additionalProperties: false },
);
export type Actions = Static<typeof Actions>;
