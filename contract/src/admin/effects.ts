import Type, { type Static } from 'typebox';
import { At, nullable } from '../schemas.ts';
import { pageEnds, pageQuery, Wanted } from './pages.ts';

/** `unneeded`: done, because it did not have to be done any more. */
export const effectStates = ['waiting', 'failing', 'done', 'gave-up'] as const;

export const Effect = Type.Object(
  {
    key: Type.String({ description: 'What is done about what: refund.create:ref_…' }),
    kind: Type.String(),
    orderId: nullable(Type.String()),
    orderNumber: nullable(Type.String()),
    subjectId: Type.String(),
    state: Type.Enum([...effectStates, 'unneeded']),
    attempts: Type.Integer(),
    lastError: nullable(Type.String({ description: 'Why it failed, or why it was not needed.' })),
    createdAt: At,
    dueAt: At,
    doneAt: nullable(At),
    gaveUpAt: nullable(At),
    mustHappen: nullable(Type.String({ description: 'Why nobody may give it up; null where a person may.' })),
  },
  { additionalProperties: false },
);
export type Effect = Static<typeof Effect>;

export const EffectsQuery = Type.Object(
  {
    ...pageQuery,
    state: Type.Optional(Type.Enum([...effectStates, ''])),
    kind: Type.Optional(Wanted),
    order: Type.Optional(Wanted),
  },
  { additionalProperties: false },
);
export type EffectsQuery = Static<typeof EffectsQuery>;

export const Effects = Type.Object(
  {
    effects: Type.Array(Effect, {
      description: 'At most 50. What is open, by when it is due; what is over, newest first.',
    }),
    kinds: Type.Array(Type.String(), { description: 'All kinds there are.' }),
    ...pageEnds,
  },
  { additionalProperties: false },
);
export type Effects = Static<typeof Effects>;
