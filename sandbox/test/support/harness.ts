/** A sandbox of its own for each test file, the official client for it, and a receiver of its webhooks. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Stripe from 'stripe';
import { afterEach } from 'vitest';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/server.ts';

export const WEBHOOK_SECRET = 'whsec_test';
const cleanups: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

export interface Harness {
  sandbox: Sandbox;
  stripe: Stripe;
  /** A call without the official client. */
  call(method: string, path: string, body?: string, headers?: Record<string, string>): Promise<Answer>;
}

export interface Answer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: answers of all shapes.
  body: any;
}

/** Fast by default: what Stripe does two seconds later happens at once. */
export async function harness(options: SandboxOptions = {}): Promise<Harness> {
  const settings = { charge_updated_delay_ms: 0, delayed_method_ms: 20, ...options.settings };
  const sandbox = await startSandbox({ ...options, settings });
  cleanups.push(() => sandbox.close());
  return { sandbox, stripe: client(sandbox.port), call: caller(sandbox.url) };
}

export function client(port: number, key = 'sk_test_123'): Stripe {
  return new Stripe(key, { host: '127.0.0.1', port, protocol: 'http', maxNetworkRetries: 0 });
}

function caller(url: string): Harness['call'] {
  return async (method, path, body, headers = {}) => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        Authorization: 'Bearer sk_test_123',
        'Content-Type': 'application/x-www-form-urlencoded',
        ...headers,
      },
      ...(body !== undefined && { body }),
      signal: AbortSignal.timeout(10_000),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? null : JSON.parse(text),
    };
  };
}

export interface Received {
  event: Stripe.Event;
  signature: string;
  /** Milliseconds since 1970. */
  at: number;
}

export interface Receiver {
  url: string;
  received: Received[];
  /** Resolves once the condition holds for what came in; rejects after five seconds. */
  until(condition: (received: Received[]) => boolean): Promise<void>;
  close(): Promise<void>;
}

/** An HTTP server that verifies every delivery with the official client and answers as told. */
export async function receiver(
  answer: (received: Received) => number | Promise<number> = () => 200,
): Promise<Receiver> {
  const received: Received[] = [];
  const waiting = new Set<() => void>();
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      const signature = String(request.headers['stripe-signature']);
      const event = Stripe.webhooks.constructEvent(body, signature, WEBHOOK_SECRET);
      const one = { event, signature, at: Date.now() };
      received.push(one);
      for (const check of waiting) check();
      void Promise.resolve(answer(one)).then((status) => response.writeHead(status).end());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = closer(server);
  cleanups.push(close);
  const until: Receiver['until'] = (condition) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => finish(new Error(`only received ${typesOf(received)}`)), 5_000);
      const finish = (error?: Error): void => {
        clearTimeout(timer);
        waiting.delete(check);
        if (error) reject(error);
        else resolve();
      };
      const check = (): void => {
        if (condition(received)) finish();
      };
      waiting.add(check);
      check();
    });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/webhook`, received, until, close };
}

export function typesOf(received: readonly Received[]): string[] {
  return received.map(({ event }) => event.type);
}

function closer(server: Server): () => Promise<void> {
  return () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
}

/** Asks again until the answer is as wished; for facts that no webhook tells of. */
export async function eventually<T>(ask: () => Promise<T>, isRight: (answer: T) => boolean): Promise<T> {
  const deadline = Date.now() + 5_000;
  for (;;) {
    const answer = await ask();
    if (isRight(answer)) return answer;
    if (Date.now() > deadline) throw new Error(`still ${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** The error of a call that must fail. */
export async function refusal(call: Promise<unknown>): Promise<Stripe.errors.StripeError> {
  try {
    await call;
  } catch (error) {
    if (error instanceof Stripe.errors.StripeError) return error;
    throw error;
  }
  throw new Error('the call succeeded');
}

export const withoutRedirects = { enabled: true, allow_redirects: 'never' } as const;

export function card(number: string, more: Record<string, unknown> = {}) {
  return { type: 'card', card: { number, exp_month: 12, exp_year: 2040, cvc: '123', ...more } } as const;
}

export function lineItem(amount: number, quantity = 1, currency = 'eur') {
  return {
    quantity,
    price_data: {
      currency,
      unit_amount: amount,
      product_data: { name: 'Cup', images: ['https://shop.test/cup.png'] },
    },
  };
}
