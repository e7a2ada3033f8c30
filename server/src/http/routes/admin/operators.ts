import {
  InviteReply,
  InviteRequest,
  OperatorRules,
  OperatorSelf,
  Operators,
  RoleRequest,
} from '@paydesk/contract/admin/operators';
import { Id } from '@paydesk/contract/quote';
import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import { iso } from '../../../app/iso.ts';
import { changeOperatorRole } from '../../../app/operators/change-role.ts';
import { inviteOperator } from '../../../app/operators/join.ts';
import { changeOperatorRules, operatorRules } from '../../../app/operators/rules.ts';
import type { App } from '../../../app/ports.ts';
import { listWaitingApprovals } from '../../../db/approvals.ts';
import { listOperators } from '../../../db/operators.ts';
import type { OperatorRole } from '../../../domain/operator.ts';
import { refundLimitOf } from '../../../domain/operator.ts';
import { needs, operatorOf } from '../../operators.ts';
import { personOf } from '../../session.ts';
import type { Server } from '../../types.ts';

const common = { tags: ['operators'], security: [{ operator: [] }] };

/** Who runs the shop: oneself, the others, and what they may do. */
export function adminOperatorRoutes(server: Server, app: App): void {
  server.get(
    '/api/admin/me',
    {
      schema: { ...common, response: { 200: OperatorSelf } },
      config: { needs: 'view', beforeTwoStep: true },
    },
    async (request) => await self(app, request),
  );

  server.get(
    '/api/admin/operators',
    { schema: { ...common, response: { 200: Operators } }, ...needs('view') },
    async () => await allOperators(app),
  );

  server.post(
    '/api/admin/operators/invitations',
    { schema: { ...common, body: InviteRequest, response: { 201: InviteReply } }, ...needs('own') },
    async (request, reply) => {
      const { expiresAt } = await inviteOperator(app, request.body, operatorOf(request));
      return reply.code(201).send({ expiresAt: iso(expiresAt) });
    },
  );

  server.post(
    '/api/admin/operators/:id/role',
    {
      schema: {
        ...common,
        params: Type.Object({ id: Id }),
        body: RoleRequest,
        response: { 200: Operators },
      },
      ...needs('own'),
    },
    async ({ params, body }) => {
      await changeOperatorRole(app, params.id, body.role === 'none' ? 'customer' : body.role);
      return await allOperators(app);
    },
  );

  server.put(
    '/api/admin/operators/rules',
    { schema: { ...common, body: OperatorRules, response: { 200: OperatorRules } }, ...needs('own') },
    async ({ body }) => await changeOperatorRules(app, body),
  );
}

/** More than this waits for nobody to count it. */
const mostCounted = 100;

async function self(app: App, request: FastifyRequest): Promise<OperatorSelf> {
  const operator = operatorOf(request);
  const person = operator.id === null ? null : await personOf(app, request);
  const rules = await operatorRules(app);
  const limit = operator.id === null ? Number.MAX_SAFE_INTEGER : refundLimitOf(operator, rules);
  const approvals = await listWaitingApprovals(app.database.read, mostCounted);
  const hasTwoStep = person?.hasTwoFactor ?? false;
  return {
    id: operator.id,
    name: operator.name,
    email: person?.email ?? null,
    role: operator.role,
    hasTwoStep,
    mustSetUpTwoStep: operator.id !== null && rules.requireTwoStep && !hasTwoStep,
    refundLimit: limit === Number.MAX_SAFE_INTEGER ? null : limit,
    waiting: { approvals: approvals.length },
  };
}

async function allOperators(app: App): Promise<Operators> {
  const rows = await listOperators(app.database.read);
  const operators = rows.map(({ id, name, email, role, two_factor_enabled: twoStep }) => {
    return { id, name, email, role: role as OperatorRole, hasTwoStep: twoStep === 1 };
  });
  return { operators, rules: await operatorRules(app) };
}
