/** `/_sandbox/endpoints`: what Stripe offers for webhook endpoints in its Dashboard only. */
import { missingResource } from '../wire/errors.ts';
import type { FormHash } from '../wire/form.ts';
import { integer, readFields } from '../wire/schema.ts';
import type { World } from '../world.ts';

/** The Dashboard lets the old secret sign along for a day at most. */
const LONGEST_OVERLAP_MS = 24 * 3_600_000;

/**
 * Gives the endpoint a new secret. The old one signs too until `expires_in_ms` have passed (0 ends it at once).
 * @throws ApiError 404
 */
export function rollSecret(world: World, id: string, form: FormHash): object {
  const { expires_in_ms: overlap = 0 } = readFields({ expires_in_ms: integer(0, LONGEST_OVERLAP_MS) }, form);
  const { endpoint_secrets } = world.store;
  const hidden = endpoint_secrets.get(id);
  if (hidden === undefined) throw missingResource('webhook endpoint', id);
  const secret = `whsec_${world.ids.characters(32)}`;
  const expiresAt = world.clock.now() + overlap;
  endpoint_secrets.put({ ...hidden, secret, previous: { secret: hidden.secret, expiresAt } });
  return { id, object: 'webhook_endpoint', secret, previous_expires_at: overlap === 0 ? null : expiresAt };
}
