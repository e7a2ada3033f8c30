import Type, { type Static } from 'typebox';
import { Email } from '../quote.ts';
import { At, nullable, words } from '../schemas.ts';

export const operatorRoles = ['viewer', 'manager', 'owner'] as const;
export type OperatorRole = (typeof operatorRoles)[number];
const Role = Type.Enum([...operatorRoles]);

/** Amounts in minor units of the shop's currency; null means no limit. */
export const OperatorRules = Type.Object(
  {
    managerRefundLimit: nullable(
      Type.Integer({
        minimum: 0,
        description: 'What a manager may give back of one order without an owner.',
      }),
    ),
    secondPersonFrom: nullable(
      Type.Integer({ minimum: 0, description: 'What anybody may give back of one order alone.' }),
    ),
    requireTwoStep: Type.Boolean({ description: 'Operators need a second step to sign in.' }),
  },
  { additionalProperties: false },
);
export type OperatorRules = Static<typeof OperatorRules>;

/** Who is at the back office, and what waits for them. */
export const OperatorSelf = Type.Object(
  {
    id: nullable(Type.String({ description: 'Null for a script with the operators’ token.' })),
    name: Type.String(),
    email: nullable(Type.String()),
    role: Role,
    hasTwoStep: Type.Boolean(),
    mustSetUpTwoStep: Type.Boolean({ description: 'Nothing else is answered until they have.' }),
    refundLimit: nullable(
      Type.Integer({ description: 'Minor units of one order; more needs somebody else.' }),
    ),
    waiting: Type.Object({ approvals: Type.Integer() }, { additionalProperties: false }),
  },
  { additionalProperties: false },
);
export type OperatorSelf = Static<typeof OperatorSelf>;

export const Operator = Type.Object(
  { id: Type.String(), name: Type.String(), email: Type.String(), role: Role, hasTwoStep: Type.Boolean() },
  { additionalProperties: false },
);

export const Operators = Type.Object(
  { operators: Type.Array(Operator), rules: OperatorRules },
  { additionalProperties: false },
);
export type Operators = Static<typeof Operators>;

export const InviteRequest = Type.Object({ email: Email, role: Role }, { additionalProperties: false });
export const InviteReply = Type.Object({ expiresAt: At }, { additionalProperties: false });

export const RoleRequest = Type.Object(
  { role: Type.Enum([...operatorRoles, 'none']) },
  { additionalProperties: false },
);

const Token = Type.String({ minLength: 20, maxLength: 100, pattern: '^[\\w-]+$' });

export const InvitationRequest = Type.Object({ token: Token }, { additionalProperties: false });
export const Invitation = Type.Object(
  { role: Role, email: nullable(Type.String({ description: 'Null where any address may be given.' })) },
  { additionalProperties: false },
);
export type Invitation = Static<typeof Invitation>;

/** With a name and a password for a new account; with the token alone by whoever is signed in. */
export const JoinRequest = Type.Object(
  {
    token: Token,
    name: Type.Optional(words(100)),
    email: Type.Optional(Email),
    password: Type.Optional(Type.String({ maxLength: 200 })),
  },
  { additionalProperties: false },
);
export const JoinReply = Type.Object({ email: Type.String(), role: Role }, { additionalProperties: false });
export type JoinReply = Static<typeof JoinReply>;

export const OwnerLink = Type.Object(
  { link: nullable(Type.String({ description: 'Makes whoever opens it the shop’s owner.' })) },
  { additionalProperties: false },
);
export type OwnerLink = Static<typeof OwnerLink>;
