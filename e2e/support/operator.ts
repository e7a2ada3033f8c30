import type { Shop } from './shop.ts';

/** Lets a test's shop take the operators' calls; put it into the shop's settings. */
export const operatorSettings = { OPERATOR_TOKEN: 'the-operators-token-of-a-test-shop' };

/** Does what an operator does, through the shop's API. Throws with the shop's words when it refuses. */
export async function asOperator(shop: Shop, path: string, body: object): Promise<void> {
  const answer = await fetch(`${shop.url}/api/admin${path}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${operatorSettings.OPERATOR_TOKEN}`,
      'content-type': 'application/json',
      'idempotency-key': crypto.randomUUID(),
    },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(10_000),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
}
