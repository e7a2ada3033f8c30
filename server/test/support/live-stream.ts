import type { OrderChange, PlacedOrder } from '@paydesk/contract/orders';

export type LiveEvent = { id: string; event: string; data: OrderChange };

export type LiveStream = {
  status: number;
  headers: Headers;
  /** The next event; rejects when none comes in time or when the stream ended. */
  next(): Promise<LiveEvent>;
  /** Resolves when the server ended the stream. */
  ended(): Promise<void>;
  close(): void;
};

/** How long an event may take to arrive, in milliseconds: twice the floor at which the server looks by itself. */
const patience = 20_000;

/** Opens the live view of an order, as a browser's EventSource would. */
export async function openLive(
  shop: { url: string },
  placed: PlacedOrder,
  token = placed.accessToken,
  path = `/api/orders/${placed.order.id}/events`,
): Promise<LiveStream> {
  const abort = new AbortController();
  const signal = AbortSignal.any([abort.signal, AbortSignal.timeout(4 * patience)]);
  const response = await fetch(`${shop.url}${path}`, {
    headers: { accept: 'text/event-stream', authorization: `Bearer ${token}` },
    signal,
  });
  const blocks = blocksOf(response.body!.pipeThrough(new TextDecoderStream()));
  return {
    status: response.status,
    headers: response.headers,
    next: async () => {
      const { value, done } = await inTime(blocks.next());
      if (done) throw new Error('the stream ended');
      return parse(value);
    },
    ended: async () => {
      while (!(await inTime(blocks.next())).done);
    },
    close: () => abort.abort(),
  };
}

async function* blocksOf(text: ReadableStream<string>): AsyncGenerator<string, void> {
  let rest = '';
  for await (const piece of text) {
    const blocks = (rest + piece).split('\n\n');
    rest = blocks.pop() ?? '';
    yield* blocks.filter((block) => !block.startsWith(':'));
  }
}

function parse(block: string): LiveEvent {
  const fields = new Map(
    block.split('\n').map((line) => [line.split(': ', 1)[0], line.slice(line.indexOf(': ') + 2)]),
  );
  return {
    id: fields.get('id') ?? '',
    event: fields.get('event') ?? '',
    data: JSON.parse(fields.get('data') ?? 'null') as OrderChange,
  };
}

async function inTime<T>(answer: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`no event within ${patience} ms`)), patience);
  try {
    return await Promise.race([answer, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
