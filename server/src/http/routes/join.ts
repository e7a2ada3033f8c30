import {
  Invitation,
  InvitationRequest,
  JoinReply,
  JoinRequest,
  OwnerLink,
} from '@paydesk/contract/admin/operators';
import { hasPasswordLength } from '@paydesk/contract/password';
import type { FastifyRequest } from 'fastify';
import type { Static } from 'typebox';
import { AppError } from '../../app/errors.ts';
import { type Joining, joinOperators, readInvitation } from '../../app/operators/join.ts';
import { ownerLink } from '../../app/operators/owner-link.ts';
import type { App } from '../../app/ports.ts';
import { personOf } from '../session.ts';
import type { Server } from '../types.ts';

/**
 * How somebody becomes an operator: with a link that they were given.
 *
 * @param showOwnerLink whether everybody is told how to become the owner; only on the sandbox, which is reached from its own machine alone
 */
export function joinRoutes(server: Server, app: App, { showOwnerLink }: { showOwnerLink: boolean }): void {
  server.get(
    '/api/operators/owner-link',
    { schema: { tags: ['operators'], response: { 200: OwnerLink } } },
    async () => ({ link: showOwnerLink ? await ownerLink(app) : null }),
  );

  server.post(
    '/api/operators/invitation',
    { schema: { tags: ['operators'], body: InvitationRequest, response: { 200: Invitation } } },
    async ({ body }) => await readInvitation(app, body.token),
  );

  server.post(
    '/api/operators/join',
    { schema: { tags: ['operators'], body: JoinRequest, response: { 201: JoinReply } } },
    async (request, reply) =>
      reply.code(201).send(await joinOperators(app, await joiningOf(app, request, request.body))),
  );
}

async function joiningOf(
  app: App,
  request: FastifyRequest,
  { token, name, email, password }: Static<typeof JoinRequest>,
): Promise<Joining> {
  if (password === undefined && name === undefined) {
    const person = await personOf(app, request);
    if (!person) throw new AppError('sign_in_required');
    return { token, personId: person.id, email: person.email };
  }
  if (name === undefined || password === undefined)
    throw new AppError('invalid_request', { message: 'A new account has a name and a password.' });
  if (!hasPasswordLength(password)) throw new AppError('weak_password');
  return { token, newAccount: { name, email, password } };
}
