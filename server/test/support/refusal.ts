import { type ErrorCode, errorCodes } from '@paydesk/contract/errors';
import type { LightMyRequestResponse } from 'fastify';
import { expect } from 'vitest';

/** A 4xx with a code of the closed list that belongs to the status, and a sentence. */
export function expectRefusal(answer: LightMyRequestResponse, status?: number): void {
  expect(answer.statusCode, answer.body).toBeGreaterThanOrEqual(400);
  expect(answer.statusCode, answer.body).toBeLessThan(500);
  const { error } = answer.json<{ error: { code: ErrorCode; message: string } }>();
  expect(errorCodes[error.code]?.status, answer.body).toBe(answer.statusCode);
  // What is said about one field of an address stands beside the field, without a full stop.
  expect(error.message).toMatch(error.code === 'invalid_address' ? /^[A-Z]/ : /^[A-Z].*\.$/s);
  if (status !== undefined) expect(answer.statusCode, answer.body).toBe(status);
}
