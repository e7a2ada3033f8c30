import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest, RouteOptions } from 'fastify';
import { AppError } from '../app/errors.ts';
import { operatorRules } from '../app/operators/rules.ts';
import type { App } from '../app/ports.ts';
import { ageOfSignIn, isOperatorRole, type Operator, roleAllows } from '../domain/operator.ts';
import { bearerOf, requireOwnOrigin } from './access.ts';
import { keepActions } from './operator-actions.ts';
import { personOf } from './session.ts';
import type { Server } from './types.ts';

/**
 * The operators' door: everything under /api/admin, for people by their session and their role, and for scripts by one token.
 * Everything that changes something is written down before it is done.
 *
 * @param token null where no script may come in
 */
export async function operatorDoor(
  server: Server,
  app: App,
  token: string | null,
  routes: (door: Server) => void,
): Promise<void> {
  await server.register(async (door) => {
    door.decorateRequest('operator', null);
    door.addHook('onRoute', requireNeed);
    // Before the body is read, so that a stranger learns nothing, not even that a body would be wrong.
    door.addHook('onRequest', async (request) => {
      request.operator = await admit(app, request, token);
    });
    keepActions(door, app);
    routes(door);
  });
}

function requireNeed(route: RouteOptions): void {
  if (route.config?.needs === undefined)
    throw new Error(`${String(route.method)} ${route.url} does not say whom it is for.`);
}

async function admit(app: App, request: FastifyRequest, token: string | null): Promise<Operator> {
  const { needs: need = 'own', beforeTwoStep } = request.routeOptions.config;
  const operator = byToken(request, token) ?? (await bySession(app, request, beforeTwoStep === true));
  const age = ageOfSignIn(operator, need, app.clock.now());
  if (age === 'over') throw new AppError('operator_signed_in_long_ago');
  if (!roleAllows(operator.role, need)) throw new AppError('role_not_allowed');
  if (age === 'not_recent') throw new AppError('sign_in_again');
  return operator;
}

/** A script. A wrong token is told like a missing one, and takes the same time; nobody is asked for a session besides. */
function byToken(request: FastifyRequest, token: string | null): Operator | null {
  if (request.headers.authorization === undefined) return null;
  const isRight = timingSafeEqual(digest(bearerOf(request) ?? ''), digest(token ?? ''));
  if (token === null || !isRight) throw new AppError('operator_required');
  return { id: null, name: 'operator', role: 'owner', signedInAt: null };
}

async function bySession(app: App, request: FastifyRequest, beforeTwoStep: boolean): Promise<Operator> {
  const person = await personOf(app, request);
  if (!person) throw new AppError('operator_required');
  if (!isOperatorRole(person.role)) throw new AppError('role_not_allowed');
  // Other sites can make a browser send the session along; here they cannot leave out where they are.
  requireOwnOrigin(app, request);
  if (!person.hasTwoFactor && !beforeTwoStep && (await operatorRules(app)).requireTwoStep)
    throw new AppError('two_step_required');
  return { id: person.id, name: person.name, role: person.role, signedInAt: person.signedInAt };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
