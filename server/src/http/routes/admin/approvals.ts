import { RefundReply } from '@paydesk/contract/admin';
import { Approval, Approvals, ApprovalsQuery, RejectRequest } from '@paydesk/contract/admin/approvals';
import { Id } from '@paydesk/contract/quote';
import Type from 'typebox';
import { findNamedOrder } from '../../../app/name-order.ts';
import { decide, presentApproval } from '../../../app/operators/approvals.ts';
import { operatorRules } from '../../../app/operators/rules.ts';
import type { App } from '../../../app/ports.ts';
import { approveRefund } from '../../../app/refund-order.ts';
import { findApproval, findApprovalsOf, listWaitingApprovals } from '../../../db/approvals.ts';
import type { Operator } from '../../../domain/operator.ts';
import { needs, operatorOf } from '../../operators.ts';
import type { Server } from '../../types.ts';

/** More than this waits in no shop that is looked after. */
const mostApprovals = 100;

const common = { tags: ['operators'], security: [{ operator: [] }] };
const params = Type.Object({ id: Id });

/** Refunds that one operator wants and another has to agree to. */
export function adminApprovalRoutes(server: Server, app: App): void {
  server.get(
    '/api/admin/approvals',
    { schema: { ...common, querystring: ApprovalsQuery, response: { 200: Approvals } }, ...needs('view') },
    async (request) => {
      const rules = await operatorRules(app);
      const { read } = app.database;
      const rows = request.query.order
        ? await findApprovalsOf(read, (await findNamedOrder(app, request.query.order)).id)
        : await listWaitingApprovals(read, mostApprovals);
      return { approvals: rows.map((row) => presentApproval(row, operatorOf(request), rules)) };
    },
  );

  server.post(
    '/api/admin/approvals/:id/approve',
    { schema: { ...common, params, response: { 201: RefundReply } }, ...needs('refund') },
    async (request, reply) => {
      const { refunds, order } = await approveRefund(app, request.params.id, operatorOf(request));
      return reply.code(201).send({ refunds, order });
    },
  );

  server.post(
    '/api/admin/approvals/:id/reject',
    {
      schema: {
        ...common,
        params,
        body: RejectRequest,
        response: { 200: Type.Object({ approval: Approval }) },
      },
      ...needs('refund'),
    },
    async (request) => {
      const operator = operatorOf(request);
      const { reason } = request.body;
      await decide(app, request.params.id, { operator, state: 'rejected', reason, carryOut: async () => {} });
      return { approval: await approvalOf(app, request.params.id, operator) };
    },
  );
}

/** The request to somebody else, as this operator may see it. */
export async function approvalOf(app: App, id: string, operator: Operator): Promise<Approval> {
  const row = (await findApproval(app.database.read, id))!;
  return presentApproval(row, operator, await operatorRules(app));
}
