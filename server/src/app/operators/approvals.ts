import type { Approval } from '@paydesk/contract/admin/approvals';
import {
  type ApprovalRow,
  decideApproval,
  findApproval,
  insertApproval,
  lockApproval,
} from '../../db/approvals.ts';
import { lockOrder, type OrderRow } from '../../db/orders.ts';
import type { Tx } from '../../db/schema.ts';
import { mayApprove, type Operator, type OperatorRules } from '../../domain/operator.ts';
import { AppError } from '../errors.ts';
import { iso } from '../iso.ts';
import type { App } from '../ports.ts';
import { operatorRules } from './rules.ts';
import { tellWhoAsked, tellWhoMayAgree } from './tell-operators.ts';

/** What somebody wants, to be done once somebody else agrees. Amounts in minor units; `given` in all, with this one. */
export type ApprovalWish = {
  amount: number;
  currency: string;
  given: number;
  reason: string;
  request: object;
};

/**
 * Writes down, under the order's lock, that a refund waits for a second person, and asks those who may be that. Nothing is promised to
 * the customer yet.
 *
 * @throws AppError approval_waiting
 */
export async function askForApproval(
  app: App,
  tx: Tx,
  order: OrderRow,
  wish: ApprovalWish,
  by: Pick<Operator, 'id' | 'name'>,
): Promise<string> {
  const approval: ApprovalRow = {
    id: app.ids.next('apr'),
    order_id: order.id,
    amount: wish.amount,
    currency: wish.currency,
    given: wish.given,
    reason: wish.reason,
    request_json: JSON.stringify(wish.request),
    asked_by_id: by.id,
    asked_by: by.name,
    asked_at: app.clock.now(),
    state: 'waiting',
    decided_by: null,
    decided_at: null,
    decision: null,
  };
  if (!(await insertApproval(tx, approval))) throw new AppError('approval_waiting');
  await tellWhoMayAgree(app, tx, order, approval);
  return approval.id;
}

/** How somebody decides. `carryOut` writes the refund down in the same transaction as their word. */
export type Deciding<T> = {
  operator: Operator;
  state: 'approved' | 'rejected';
  reason: string | null;
  carryOut(tx: Tx, approval: ApprovalRow): Promise<T>;
};

/** @throws AppError approval_not_found, approval_decided, own_approval, and whatever carrying it out throws */
export async function decide<T>(app: App, approvalId: string, deciding: Deciding<T>): Promise<T> {
  const named = await findApproval(app.database.read, approvalId);
  if (!named) throw new AppError('approval_not_found');
  const rules = await operatorRules(app);
  return await app.database.transaction(async (tx) => {
    const order = (await lockOrder(tx, named.order_id))!;
    const approval = (await lockApproval(tx, approvalId))!;
    if (approval.state !== 'waiting') throw new AppError('approval_decided');
    // Whoever asked may take it back, but nobody agrees to their own wish.
    const isOwn = deciding.operator.id === approval.asked_by_id;
    const takesBack = deciding.state === 'rejected' && isOwn;
    if (!takesBack && !mayDecide(approval, deciding.operator, rules)) throw new AppError('own_approval');
    await decideApproval(tx, approvalId, {
      state: deciding.state,
      decided_by: deciding.operator.name,
      decided_at: app.clock.now(),
      decision: deciding.reason,
    });
    if (!isOwn) await tellWhoAsked(app, tx, order, approval, decisionOf(deciding));
    return await deciding.carryOut(tx, approval);
  });
}

function decisionOf({ state, operator, reason }: Deciding<unknown>) {
  return { agreed: state === 'approved', by: operator.name, reason };
}

export function presentApproval(row: ApprovalRow, operator: Operator, rules: OperatorRules): Approval {
  return {
    id: row.id,
    orderId: row.order_id,
    amount: { amount: row.amount, currency: row.currency },
    given: row.given,
    reason: row.reason,
    askedBy: row.asked_by,
    askedAt: iso(row.asked_at),
    state: row.state,
    decidedBy: row.decided_by,
    decidedAt: iso(row.decided_at),
    decision: row.decision,
    mayDecide: row.state === 'waiting' && mayDecide(row, operator, rules),
  };
}

function mayDecide(row: ApprovalRow, operator: Operator, rules: OperatorRules): boolean {
  return mayApprove(operator, { askedBy: row.asked_by_id, given: row.given }, rules);
}
