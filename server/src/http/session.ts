import type { FastifyRequest } from 'fastify';
import { AppError } from '../app/errors.ts';
import type { App } from '../app/ports.ts';
import { isSessionCookie } from '../app/ports-accounts.ts';
import type { Person } from '../domain/person.ts';

/** Whose session the request belongs to. Requests without a session's cookie cost nothing. */
export async function personOf(app: App, request: FastifyRequest): Promise<Person | null> {
  const names = Object.keys(request.cookies);
  if (!names.some(isSessionCookie)) return null;
  return await app.accounts.personOf(headersOf(request));
}

/** @throws AppError sign_in_required */
export async function requirePerson(app: App, request: FastifyRequest): Promise<Person> {
  const person = await personOf(app, request);
  if (!person) throw new AppError('sign_in_required');
  return person;
}

export function headersOf(request: FastifyRequest): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers))
    for (const each of Array.isArray(value) ? value : [value])
      if (each !== undefined) headers.append(name, each);
  return headers;
}
