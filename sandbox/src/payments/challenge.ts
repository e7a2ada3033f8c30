/** A 3-D Secure challenge, of a payment or of a setup intent: asked once, answered once. */
import type { Challenge } from '../objects.ts';
import { ApiError } from '../wire/errors.ts';

/**
 * Notes the answer to the open challenge with this token.
 * @throws ApiError 400 when this challenge is not open (answered, replaced, canceled)
 */
export function takeAnswer(
  challenge: Challenge | null,
  { status, token, isPassed }: { status: string; token: string; isPassed: boolean },
): Challenge {
  const isOpen = challenge !== null && challenge.outcome === null && status === 'requires_action';
  if (!isOpen || challenge.token !== token) {
    throw new ApiError(400, {
      type: 'invalid_request_error',
      message: 'This challenge is not open (any more).',
    });
  }
  challenge.outcome = isPassed ? 'passed' : 'failed';
  return challenge;
}
