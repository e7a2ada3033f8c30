import { once } from 'node:events';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
  type Server,
} from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** One request of the shop to Stripe, as it was on the wire. */
export type LineRequest = {
  method: string;
  path: string;
  body: string;
  form: URLSearchParams;
  headers: IncomingHttpHeaders;
  idempotencyKey: string | null;
};

type Reply = { status: number; headers: IncomingHttpHeaders; body: Buffer };

/** One request that a test deals with: it decides whether it arrives and whether its reply does. */
export type Exchange = {
  request: LineRequest;
  /** Hands the request to Stripe and answers what Stripe replied; the shop has not got it yet. */
  deliver(): Promise<Reply>;
  reply(reply: Reply): void;
  /** Breaks the connection, as a network does. */
  cut(): void;
};

export type Deal = (exchange: Exchange) => Promise<void>;
type Matcher = (request: LineRequest) => boolean;
type Rule = { matches: Matcher; deal: Deal; times: number };

/** The effect happens at Stripe and the shop never hears of it. */
export const loseReply: Deal = async (exchange) => {
  await exchange.deliver();
  exchange.cut();
};

export function calls(method: string, path: string | RegExp): Matcher {
  return (request) =>
    request.method === method && (typeof path === 'string' ? request.path === path : path.test(request.path));
}

/** Stands between a shop and its Stripe, writes down what passes and disturbs what a test tells it to. */
export class StripeLine {
  readonly requests: LineRequest[] = [];
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #rules: Rule[] = [];
  #target = '';
  #port = 0;

  constructor() {
    this.#server = createServer((incoming, outgoing) => {
      void this.#exchange(incoming, (reply) => {
        if (reply === null) incoming.socket.destroy();
        else outgoing.writeHead(reply.status, reply.headers).end(reply.body);
      });
    });
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
  }

  /** Answers the address that the shop is to use. */
  async connectTo(target: string): Promise<string> {
    this.#target = target;
    await this.open();
    return `http://127.0.0.1:${this.#port}`;
  }

  /** From now on nobody listens there: connections are refused. */
  async close(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  async open(): Promise<void> {
    if (this.#server.listening) return;
    this.#server.listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  /** Deals with the next requests that match, `times` of them, in another way than passing them on. */
  deal(matches: Matcher, deal: Deal, times = 1): void {
    this.#rules.push({ matches, deal, times });
  }

  /** Everything passes again. */
  mend(): void {
    this.#rules = [];
  }

  /** Stops the next matching request, before or after Stripe acted on it, until it is let go. */
  hold(matches: Matcher, where: 'before' | 'after'): { reached: Promise<void>; release(): void } {
    const reached = Promise.withResolvers<void>();
    const released = Promise.withResolvers<void>();
    this.deal(matches, async (exchange) => {
      const early = where === 'after' ? await exchange.deliver() : null;
      reached.resolve();
      await released.promise;
      exchange.reply(early ?? (await exchange.deliver()));
    });
    return { reached: reached.promise, release: () => released.resolve() };
  }

  async #exchange(incoming: IncomingMessage, answer: (reply: Reply | null) => void): Promise<void> {
    const body = await readAll(incoming);
    const seen = readRequest(incoming, body);
    this.requests.push(seen);
    const exchange: Exchange = {
      request: seen,
      deliver: () => this.#deliver(incoming, body),
      reply: answer,
      cut: () => answer(null),
    };
    try {
      await this.#dealFor(seen)(exchange);
    } catch {
      answer(null);
    }
  }

  #dealFor(seen: LineRequest): Deal {
    const rule = this.#rules.find((known) => known.times > 0 && known.matches(seen));
    if (!rule) return async (exchange) => exchange.reply(await exchange.deliver());
    rule.times -= 1;
    return rule.deal;
  }

  async #deliver(incoming: IncomingMessage, body: Buffer): Promise<Reply> {
    const outgoing = request(`${this.#target}${incoming.url}`, {
      method: incoming.method ?? 'GET',
      headers: incoming.headers,
      signal: AbortSignal.timeout(10_000),
    });
    outgoing.end(body);
    const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
    return { status: response.statusCode ?? 0, headers: response.headers, body: await readAll(response) };
  }
}

function readRequest(incoming: IncomingMessage, body: Buffer): LineRequest {
  const key = incoming.headers['idempotency-key'];
  return {
    method: incoming.method ?? '',
    path: (incoming.url ?? '').split('?', 1)[0]!,
    body: body.toString(),
    form: new URLSearchParams(body.toString()),
    headers: incoming.headers,
    idempotencyKey: typeof key === 'string' ? key : null,
  };
}

async function readAll(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
