import type { OrderChange, OrderStatus } from '@paydesk/contract/orders';

/** Milliseconds until an order that was paid at the sandbox must be paid here. */
const paidLimit = 20_000;

export type Settled = { status: OrderStatus; version: number };

/**
 * Listens to an order's live events until it is paid, or ended otherwise. `since` is the order's version before the
 * customer paid: what the stream says about that version or an older one is not news. Throws when the time limit passes.
 */
export async function waitUntilSettled(url: string, accessToken: string, since: number): Promise<Settled> {
  const limit = AbortSignal.timeout(paidLimit);
  let last = 'nothing';
  try {
    for await (const change of changes(url, accessToken, limit)) {
      last = change.status;
      if (isSettled(change, since)) return { status: change.status, version: change.version };
    }
  } catch (error) {
    if (!limit.aborted) throw error;
  }
  throw new Error(`The order is not paid after ${paidLimit / 1000} s. Its live status: ${last}.`);
}

function isSettled({ status, version }: OrderChange, since: number): boolean {
  if (status === 'paid') return true;
  return version > since && ['failed', 'canceled', 'expired', 'review', 'refunded'].includes(status);
}

async function* changes(url: string, accessToken: string, signal: AbortSignal): AsyncGenerator<OrderChange> {
  const reply = await fetch(url, {
    headers: { authorization: `Bearer ${accessToken}`, accept: 'text/event-stream' },
    signal,
  });
  if (!reply.ok || !reply.body) throw new Error(`GET ${new URL(url).pathname} was answered ${reply.status}.`);
  let rest = '';
  for await (const chunk of reply.body.pipeThrough(new TextDecoderStream())) {
    const blocks = (rest + chunk).split(/\r?\n\r?\n/);
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const data = block.split(/\r?\n/).filter((line) => line.startsWith('data:'));
      if (data.length > 0) yield JSON.parse(data.map((line) => line.slice(5)).join('\n')) as OrderChange;
    }
  }
}
