import Type, { type Static } from 'typebox';
import { TimelineEntry } from '../orders.ts';
import { At, nullable } from '../schemas.ts';
import { Effect } from './effects.ts';
import { Moment, pageEnds, pageQuery, Wanted } from './pages.ts';

export const eventStates = ['new', 'waiting', 'done', 'parked'] as const;
export const eventSources = ['hook', 'poll', 'reconcile', 'operator'] as const;

const event = {
  id: Type.String(),
  provider: Type.String(),
  type: Type.String(),
  object: Type.String({ description: 'What it is about, by the provider’s name.' }),
  source: Type.Enum([...eventSources], {
    description: 'How it came: delivered, fetched from the provider’s list, or recorded by an operator.',
  }),
  state: Type.Enum([...eventStates]),
  outcome: nullable(Type.String()),
  orderId: nullable(Type.String()),
  orderNumber: nullable(Type.String()),
  attempts: Type.Integer(),
  receivedAt: At,
  doneAt: nullable(At),
};

export const EventRow = Type.Object(event, { additionalProperties: false });
export type EventRow = Static<typeof EventRow>;

export const EventsQuery = Type.Object(
  {
    ...pageQuery,
    state: Type.Optional(Type.Enum([...eventStates, ''])),
    source: Type.Optional(Type.Enum([...eventSources, ''])),
    type: Type.Optional(Wanted),
    order: Type.Optional(Wanted),
    object: Type.Optional(
      Type.String({
        maxLength: 200,
        description: 'A name of the provider’s, an id of ours, an event’s id, or an order.',
      }),
    ),
    from: Type.Optional(Moment),
    to: Type.Optional(Moment),
  },
  { additionalProperties: false },
);
export type EventsQuery = Static<typeof EventsQuery>;

export const Events = Type.Object(
  {
    events: Type.Array(EventRow, { description: 'Newest first, at most 50.' }),
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
export type Events = Static<typeof Events>;

export const EventDetail = Type.Object(
  {
    event: Type.Object(
      {
        ...event,
        paymentId: nullable(Type.String()),
        signature: Type.Enum(['verified', 'fetched', 'recorded'], {
          description:
            'Whether the provider signed it: verified when it came; fetched from its list with our key, which needs no signature; or recorded by an operator.',
        }),
        decision: Type.String({ description: 'What was made of it, in a sentence.' }),
        dueAt: nullable(
          Type.String({ format: 'date-time', description: 'When it is tried next, while it waits.' }),
        ),
        replayedAt: nullable(At),
        payload: Type.Unknown({ description: 'As it is kept: without what lets somebody pay.' }),
      },
      { additionalProperties: false },
    ),
    timeline: Type.Array(TimelineEntry, { description: 'What it changed of its order.' }),
    effects: Type.Array(Effect, { description: 'What was to be done because of it.' }),
  },
  { additionalProperties: false },
);
export type EventDetail = Static<typeof EventDetail>;
