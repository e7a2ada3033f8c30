import {
  type ExperimentKind,
  type LabFault,
  LabOutcome,
  LabRun,
  LabState,
  MoveClock,
  OutcomeParams,
  RunExperiment,
  SetFault,
} from '@paydesk/contract/admin/lab';
import { Id } from '@paydesk/contract/quote';
import type { FastifyRequest, InjectOptions } from 'fastify';
import Type from 'typebox';
import { AppError } from '../../../app/errors.ts';
import { needs } from '../../operators.ts';
import type { Server } from '../../types.ts';

/** Our own API, called as whoever runs the experiment. */
type Api = <T>(
  method: string,
  path: string,
  options?: { body?: object; token?: string; key?: string },
) => Promise<{ status: number; body: T }>;

/** The failure lab, as far as these routes need to know it. */
export type LabBench = {
  state(): Promise<LabState>;
  run(api: Api, kind: ExperimentKind): Promise<LabRun>;
  outcome(api: Api, kind: ExperimentKind, orderId: string): Promise<LabOutcome | null>;
  setFault(fault: LabFault): Promise<void>;
  clearFaults(id?: string): Promise<void>;
  moveClock(advance: '5m' | '1h' | '1d' | 'back'): Promise<void>;
  refusal(error: unknown): string | null;
};

const common = { tags: ['operators'], security: [{ operator: [] }] };
const stateReply = { ...common, response: { 200: LabState } };
const FaultId = Type.Object({ id: Id });

/** The failure lab. These routes are there on the sandbox only. */
export function adminLabRoutes(server: Server, lab: LabBench): void {
  server.get('/api/admin/lab', { schema: stateReply, ...needs('manage') }, () => lab.state());
  experimentRoutes(server, lab);
  switchRoutes(server, lab);
}

function experimentRoutes(server: Server, lab: LabBench): void {
  const told = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      const message = lab.refusal(error);
      throw message === null ? error : new AppError('experiment_refused', { message, cause: error });
    }
  };

  server.post(
    '/api/admin/lab/experiments',
    { schema: { ...common, body: RunExperiment, response: { 200: LabRun } }, ...needs('manage') },
    (request) => told(lab.run(apiAs(server, request), request.body.kind)),
  );

  server.get(
    '/api/admin/lab/experiments/:kind/:orderId',
    { schema: { ...common, params: OutcomeParams, response: { 200: LabOutcome } }, ...needs('manage') },
    async (request) => {
      const { kind, orderId } = request.params;
      const outcome = await told(lab.outcome(apiAs(server, request), kind, orderId));
      if (!outcome) throw new AppError('order_not_found');
      return outcome;
    },
  );
}

/** What is switched on for whoever comes next. */
function switchRoutes(server: Server, lab: LabBench): void {
  server.post(
    '/api/admin/lab/faults',
    { schema: { ...stateReply, body: SetFault }, ...needs('manage') },
    async ({ body }) => {
      await lab.setFault(body.fault);
      return await lab.state();
    },
  );

  server.delete('/api/admin/lab/faults', { schema: stateReply, ...needs('manage') }, async () => {
    await lab.clearFaults();
    return await lab.state();
  });

  server.delete(
    '/api/admin/lab/faults/:id',
    { schema: { ...stateReply, params: FaultId }, ...needs('manage') },
    async ({ params }) => {
      await lab.clearFaults(params.id);
      return await lab.state();
    },
  );

  server.post(
    '/api/admin/lab/clock',
    { schema: { ...stateReply, body: MoveClock }, ...needs('manage') },
    async ({ body }) => {
      await lab.moveClock(body.advance);
      return await lab.state();
    },
  );
}

/** Calls our own routes with what this request shows for itself, or as the customer whose token is given. */
function apiAs(server: Server, request: FastifyRequest): Api {
  const { cookie, authorization, origin, host } = request.headers;
  const own = Object.fromEntries(
    Object.entries({ cookie, authorization, origin, host }).filter(([, value]) => value !== undefined),
  ) as Record<string, string>;
  return async (method, path, { body, token, key } = {}) => {
    const answer = await server.inject({
      method: method as NonNullable<InjectOptions['method']>,
      url: path,
      headers: {
        ...own,
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(key !== undefined && { 'idempotency-key': key }),
      },
      remoteAddress: request.ip,
      ...(body !== undefined && { payload: body }),
    });
    return { status: answer.statusCode, body: answer.json() };
  };
}
