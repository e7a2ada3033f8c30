import { createHmac, randomUUID } from 'node:crypto';
import { type Bench, cpuTime } from './bench.ts';
import { expecting, send } from './http.ts';

/** Posts signed events that concern nobody: the cost of verifying, storing durably and answering, alone. */
export async function measureWebhooks(
  bench: Bench,
  count: number,
): Promise<{ perSecond: number; cpuMilliseconds: number }> {
  const cpuBefore = cpuTime(bench.shop.pid());
  const started = performance.now();
  let begun = 0;
  const sender = async (): Promise<void> => {
    while (begun < count) {
      begun += 1;
      await post(bench);
    }
  };
  await Promise.all(Array.from({ length: 16 }, sender));
  const seconds = (performance.now() - started) / 1_000;
  return { perSecond: count / seconds, cpuMilliseconds: (cpuTime(bench.shop.pid()) - cpuBefore) / count };
}

async function post(bench: Bench): Promise<void> {
  const body = JSON.stringify(event());
  const at = Math.floor(Date.now() / 1_000);
  const signature = createHmac('sha256', bench.shop.webhookSecret).update(`${at}.${body}`).digest('hex');
  await expecting(
    'webhook',
    send({
      agent: bench.agent,
      method: 'POST',
      url: `${bench.shop.url}/api/webhooks/stripe`,
      headers: { 'content-type': 'application/json', 'stripe-signature': `t=${at},v1=${signature}` },
      body,
    }),
  );
}

function event() {
  const id = randomUUID().replaceAll('-', '');
  return {
    id: `evt_${id}`,
    object: 'event',
    api_version: '2026-10-28.endive',
    created: Math.floor(Date.now() / 1_000),
    data: { object: { id: `cus_${id}`, object: 'customer', email: 'nobody@example.com', metadata: {} } },
    livemode: false,
    pending_webhooks: 1,
    request: { id: null, idempotency_key: null },
    type: 'customer.created',
  };
}
