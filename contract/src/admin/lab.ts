import Type, { type Static } from 'typebox';
import { Money } from '../money.ts';
import { Id } from '../quote.ts';
import { At, nullable } from '../schemas.ts';

/** The failure lab, on the sandbox only: what goes wrong between shop, Stripe and customer, made to happen with a test order. */

const strict = { additionalProperties: false } as const;
/** What can be switched on for the next call or delivery, whoever's it is. */
export const labFaults = [
  'drop_webhook',
  'delay_webhook',
  'duplicate_webhook',
  'reorder_webhooks',
  'timeout_before',
  'timeout_after',
  'error_500',
  'rate_limit',
] as const;
export type LabFault = (typeof labFaults)[number];

export const experimentKinds = [
  ...labFaults,
  'page_expires',
  'pay_after_cancel',
  'pay_after_expiry',
  'cancel_after_pay',
  'two_tabs',
] as const;
export type ExperimentKind = (typeof experimentKinds)[number];

const Kind = Type.Enum([...experimentKinds]);

export const ActiveFault = Type.Object(
  {
    id: Type.String(),
    text: Type.String({ description: 'What goes wrong, in a sentence.' }),
    hits: Type.Integer({ description: 'How often it has acted.' }),
    isSpent: Type.Boolean({ description: 'It has acted as often as it may.' }),
  },
  strict,
);
export type ActiveFault = Static<typeof ActiveFault>;

export const LabState = Type.Object(
  {
    experiments: Type.Array(
      Type.Object(
        {
          kind: Kind,
          title: Type.String(),
          happens: Type.String({ description: 'What is made to happen.' }),
          lesson: Type.String({ description: 'Why no money is lost.' }),
          seconds: Type.Integer({ description: 'About how long it takes until all is well again.' }),
        },
        strict,
      ),
    ),
    faults: Type.Array(ActiveFault),
    clock: Type.Object(
      { at: At, aheadBy: Type.Integer({ description: 'Milliseconds before the shop’s clock.' }) },
      strict,
    ),
    sandboxUrl: Type.String(),
  },
  strict,
);
export type LabState = Static<typeof LabState>;

export const labActors = ['lab', 'customer', 'operator', 'stripe', 'shop'] as const;
export type LabActor = (typeof labActors)[number];

const Step = Type.Object({ at: At, who: Type.Enum([...labActors]), text: Type.String() }, strict);
export type LabStep = Static<typeof Step>;

export const RunExperiment = Type.Object({ kind: Kind }, strict);
export const SetFault = Type.Object({ fault: Type.Enum([...labFaults]) }, strict);
export const MoveClock = Type.Object(
  {
    advance: Type.Enum(['5m', '1h', '1d', 'back'], { description: 'back: to the shop’s own time.' }),
  },
  strict,
);

export const LabRun = Type.Object(
  {
    kind: Kind,
    order: Type.Object({ id: Type.String(), number: Type.String() }, strict),
    steps: Type.Array(Step, { description: 'What was done, oldest first.' }),
  },
  strict,
);
export type LabRun = Static<typeof LabRun>;

export const OutcomeParams = Type.Object({ kind: Kind, orderId: Id });

export const LabOutcome = Type.Object(
  {
    kind: Kind,
    order: Type.Object(
      { id: Type.String(), number: Type.String(), status: Type.String(), total: Money },
      strict,
    ),
    state: Type.Enum(['waiting', 'safe', 'wrong'], {
      description: 'waiting: not all is well yet, but nothing is lost either.',
    }),
    checks: Type.Array(
      Type.Object(
        { text: Type.String(), holds: nullable(Type.Boolean({ description: 'null: not yet.' })) },
        strict,
      ),
    ),
    steps: Type.Array(Step, { description: 'What happened to the order, oldest first.' }),
    lesson: Type.String(),
  },
  strict,
);
export type LabOutcome = Static<typeof LabOutcome>;
