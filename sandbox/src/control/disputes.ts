import { disputeByBank } from '../payments/dispute.ts';
import { invalidRequest, missingResource } from '../wire/errors.ts';
import type { FormHash } from '../wire/form.ts';
import { oneOf, readFields, required, text } from '../wire/schema.ts';
import { runTurn, type World } from '../world.ts';

const fields = {
  payment_intent: required(text()),
  kind: oneOf('fraudulent', 'product_not_received', 'inquiry'),
};

/** The bank disputes a payment, also one whose card is not made for it. @throws ApiError 400 or 404 */
export function disputeByForm(world: World, form: FormHash): object {
  const { payment_intent: id, kind = 'fraudulent' } = readFields(fields, form);
  const intent = world.store.payment_intents.get(id);
  if (intent === undefined) throw missingResource('payment_intent', id);
  const charge = world.store.charges.get(String(intent.latest_charge));
  if (charge === undefined) throw invalidRequest(`${id} was not paid.`);
  return runTurn(world, 'bank', (turn) => {
    disputeByBank(turn, charge, kind);
    return world.store.disputes.withIndex(charge.id).at(-1)!;
  });
}
