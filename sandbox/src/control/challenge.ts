import { answerChallenge } from '../payments/authentication.ts';
import { answerSetupChallenge } from '../setup/authentication.ts';
import { invalidRequest, missingParameter } from '../wire/errors.ts';
import type { FormHash } from '../wire/form.ts';
import { runTurn, type World } from '../world.ts';

/** The customer's answer to a 3-D Secure challenge. @throws ApiError 400 or 404 */
export function answerByForm(world: World, intent: string, form: FormHash): object {
  const { token, outcome } = form;
  if (typeof token !== 'string') throw missingParameter('token');
  if (outcome !== 'pass' && outcome !== 'fail') {
    throw invalidRequest('Invalid outcome: must be one of pass, fail', undefined, 'outcome');
  }
  return runTurn(world, 'bank', (turn) => {
    if (intent.startsWith('seti_')) {
      const setup = answerSetupChallenge(turn, intent, token, outcome === 'pass');
      return { id: setup.id, status: setup.status, last_setup_error: setup.last_setup_error };
    }
    const {
      id,
      status,
      last_payment_error: error,
    } = answerChallenge(turn, intent, token, outcome === 'pass');
    return { id, status, last_payment_error: error };
  });
}
