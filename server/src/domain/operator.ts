/** Who runs the shop, and what they may do. */

export const operatorRoles = ['viewer', 'manager', 'owner'] as const;
export type OperatorRole = (typeof operatorRoles)[number];

/** `id` is null for a script that came with the operators' token: it belongs to no one person. */
export type Operator = { id: string | null; name: string; role: OperatorRole; signedInAt: number | null };

/**
 * What a call of the operators asks of whoever makes it. `view`: any of the roles. `manage`: a manager. `refund`: a manager who signed
 * in not long ago. `own`: an owner who signed in not long ago.
 */
export type Need = 'view' | 'manage' | 'refund' | 'own';

const lowest: Record<Need, OperatorRole> = {
  view: 'viewer',
  manage: 'manager',
  refund: 'manager',
  own: 'owner',
};

/** How long a sign-in is recent enough to move money and to change the shop, in milliseconds. */
const recentFor = 5 * 60_000;
/** How long somebody who signed in is an operator, however busy they are: a working day. A customer they are for longer. */
const operatorFor = 8 * 3_600_000;

export function isOperatorRole(role: string): role is OperatorRole {
  return (operatorRoles as readonly string[]).includes(role);
}

export function roleAllows(role: OperatorRole, need: Need): boolean {
  return operatorRoles.indexOf(role) >= operatorRoles.indexOf(lowest[need]);
}

/** Whether a sign-in still counts for this call, and if not, what became too old. */
export function ageOfSignIn(
  { signedInAt }: Operator,
  need: Need,
  now: number,
): 'recent' | 'not_recent' | 'over' {
  const age = signedInAt === null ? 0 : now - signedInAt;
  if (age > operatorFor) return 'over';
  return age <= recentFor || need === 'view' || need === 'manage' ? 'recent' : 'not_recent';
}

/** What owners decide about operators. Amounts in minor units of the shop's currency; null means no limit. */
export type OperatorRules = {
  /** What a manager may give back of one order without an owner. */
  managerRefundLimit: number | null;
  /** What anybody may give back of one order without somebody else. */
  secondPersonFrom: number | null;
  /** Whether operators need a second step to sign in. */
  requireTwoStep: boolean;
};

export const standardRules: OperatorRules = {
  managerRefundLimit: 20_000,
  secondPersonFrom: null,
  requireTwoStep: false,
};

/** What this operator may give back of one order alone, in minor units. */
export function refundLimitOf(operator: Operator, rules: OperatorRules): number {
  const limits = [rules.secondPersonFrom, operator.role === 'owner' ? null : rules.managerRefundLimit];
  return Math.min(...limits.map((limit) => limit ?? Number.MAX_SAFE_INTEGER));
}

/**
 * Whether somebody may agree to a refund that `amount` of the order would be given back by. Nobody agrees to their own wish, and a
 * manager not to more than a manager may give back.
 */
export function mayApprove(
  operator: Pick<Operator, 'id' | 'role'>,
  { askedBy, given }: { askedBy: string | null; given: number },
  rules: OperatorRules,
): boolean {
  if (operator.id === null || operator.id === askedBy) return false;
  if (operator.role === 'owner') return true;
  return operator.role === 'manager' && given <= (rules.managerRefundLimit ?? Number.MAX_SAFE_INTEGER);
}
