import type { Order } from '@paydesk/contract/orders';
import type { Shop } from './shop.ts';

type Effect = { object: string; id: string; change: string; status?: string; payment_intent?: string };

/** Charges that took money for an order, by the sandbox's own record and not by the shop's. */
export async function chargesFor(shop: Shop, order: Order): Promise<string[]> {
  const intents = order.payments.map(({ reference }) => reference);
  const { entries } = (await ask(shop, '/_sandbox/journal?limit=10000')) as {
    entries: { effects: Effect[] }[];
  };
  return entries
    .flatMap(({ effects }) => effects)
    .filter(
      ({ object, change, status }) => object === 'charge' && change === 'created' && status === 'succeeded',
    )
    .filter(({ payment_intent }) => payment_intent !== undefined && intents.includes(payment_intent))
    .map(({ id }) => id);
}

/** Holds webhooks back for a while, as a busy Stripe does. Milliseconds; 0 delivers at once. */
export async function delayWebhooks(shop: Shop, milliseconds: number): Promise<void> {
  await ask(shop, '/_sandbox/settings', { webhook_delay_ms: milliseconds });
}

async function ask(shop: Shop, path: string, body?: object): Promise<unknown> {
  const answer = await fetch(shop.sandboxUrl + path, {
    signal: AbortSignal.timeout(10_000),
    ...(body && {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}
