import { formatMoney, type Money } from '@paydesk/contract/money';
import type { ApprovalRow } from '../../db/approvals.ts';
import { findPerson, listOperators } from '../../db/operators.ts';
import type { OrderRow } from '../../db/orders.ts';
import type { Tx } from '../../db/schema.ts';
import { isOperatorRole, mayApprove } from '../../domain/operator.ts';
import type { AccountNotice } from '../../domain/person.ts';
import type { App } from '../ports.ts';
import { keepNotice } from '../tell-person.ts';
import { rulesIn } from './rules.ts';

type Told = Pick<OrderRow, 'id' | 'number'>;

/** Writes to everybody who may agree to a refund, in the transaction in which it begins to wait. */
export async function tellWhoMayAgree(app: App, tx: Tx, order: Told, approval: ApprovalRow): Promise<void> {
  const rules = await rulesIn(tx);
  const { asked_by_id: askedBy, given, asked_by: by, reason } = approval;
  for (const { id, name, role, email: to } of await listOperators(tx)) {
    if (!isOperatorRole(role) || !mayApprove({ id, role }, { askedBy, given }, rules)) continue;
    await tell(app, tx, { about: 'approval_asked', to, name, by, reason, ...factsOf(app, order, approval) });
  }
}

/** Writes to whoever asked for a refund what somebody else made of it. A script that asked reads no mail. */
export async function tellWhoAsked(
  app: App,
  tx: Tx,
  order: Told,
  approval: ApprovalRow,
  decided: { agreed: boolean; by: string; reason: string | null },
): Promise<void> {
  const asker = approval.asked_by_id === null ? undefined : await findPerson(tx, approval.asked_by_id);
  // Who runs the shop no longer is not told of its orders.
  if (!asker || !isOperatorRole(asker.role)) return;
  const { name, email: to } = asker;
  await tell(app, tx, { about: 'approval_decided', to, name, ...decided, ...factsOf(app, order, approval) });
}

function factsOf(app: App, order: Told, { amount, currency }: ApprovalRow) {
  return {
    amount: formatMoney({ amount, currency } as Money),
    orderNumber: order.number,
    link: `${app.shop.frontendUrl}/admin/orders/${order.id}`,
  };
}

async function tell(app: App, tx: Tx, notice: AccountNotice): Promise<void> {
  await keepNotice(app, tx, notice, app.composeNotice(notice));
}
