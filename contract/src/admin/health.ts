import Type, { type Static } from 'typebox';
import { At, nullable } from '../schemas.ts';

const strict = { additionalProperties: false } as const;
export const healthAreas = ['provider', 'deliveries', 'work', 'database', 'mail', 'settings'] as const;
export type HealthArea = (typeof healthAreas)[number];

const Check = Type.Object(
  {
    area: Type.Enum([...healthAreas]),
    name: Type.String(),
    verdict: Type.Enum(['ok', 'warn', 'fail', 'skipped']),
    found: Type.String({ description: 'What was seen, in a sentence.' }),
    todo: nullable(Type.String({ description: 'What a person should do about it.' })),
  },
  strict,
);
export type HealthCheck = Static<typeof Check>;

export const HealthQuery = Type.Object(
  {
    fresh: Type.Optional(
      Type.Literal('1', { description: 'Asks Stripe and the mail server again, whatever they said last.' }),
    ),
  },
  strict,
);

export const HealthReport = Type.Object(
  {
    verdict: Type.Enum(['ok', 'warn', 'fail']),
    at: At,
    asking: Type.Boolean({
      description: 'Stripe or the mail server has yet to answer: ask again in a second.',
    }),
    askedAt: nullable(At),
    checks: Type.Array(Check),
    events: Type.Object(
      {
        last: nullable(
          Type.Object(
            { id: Type.String(), type: Type.String(), source: Type.String(), receivedAt: At },
            strict,
          ),
        ),
        sources: Type.Array(Type.Object({ source: Type.String(), count: Type.Integer() }, strict), {
          description: 'How the newest events came, at most 200 of them: hook, poll, reconcile, operator.',
        }),
      },
      strict,
    ),
  },
  strict,
);
export type HealthReport = Static<typeof HealthReport>;
