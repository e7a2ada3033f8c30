import { randomUUID } from 'node:crypto';
import type { Order, PlacedOrder } from '@paydesk/contract/orders';
import type { PaymentFlow, StartedPayment } from '@paydesk/contract/payments';
import type { Random } from '../../tools/random.ts';
import { operatorToken, type World } from './world.ts';

/** Longer than the shop waits for a Stripe that does not answer, in milliseconds. */
const callLimit = 60_000;
/** How often something that may pass is asked again, and how long is waited before, in milliseconds. */
const mostTries = 60;
const pause = 100;

export type Reply<T> = { status: number; body: T & { error?: { code: string; message: string } } };

type Call = { token?: string; key?: string; json?: unknown; form?: Record<string, string> };

/** One customer or operator with a source of chance of their own, and what they can do. */
export class Person {
  readonly random: Random;
  readonly #world: World;

  constructor(world: World, random: Random) {
    this.#world = world;
    this.random = random;
  }

  get world(): World {
    return this.#world;
  }

  /** Asks the shop until it gives an answer that will not change by itself, as a patient browser does: the same key each time. */
  async shop<T>(method: string, path: string, call: Call = {}): Promise<Reply<T>> {
    const key = method === 'POST' ? (call.key ?? newKey()) : undefined;
    for (let tries = 1; ; tries++) {
      const reply = await this.#send<T>(`${this.#world.url}${path}`, method, {
        ...call,
        ...(key !== undefined && { key }),
      });
      const code = reply.body.error?.code ?? '';
      const passes = reply.status >= 500 || passing.has(code);
      if (!passes || tries === mostTries) return reply;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }

  async operator<T>(method: string, path: string, json?: unknown, key = newKey()): Promise<Reply<T>> {
    return await this.shop<T>(method, path, { token: operatorToken, json: json ?? {}, key });
  }

  /** What the customer's browser, or a person at the dashboard, does at Stripe. */
  async stripe<T>(
    method: string,
    path: string,
    form?: Record<string, string>,
    secret = false,
  ): Promise<Reply<T>> {
    const token = secret ? 'sk_test_person' : 'pk_test_person';
    for (let tries = 1; ; tries++) {
      const reply = await this.#send<T>(`${this.#world.sandboxUrl}${path}`, method, {
        token,
        ...(form !== undefined && { form }),
      });
      if ((reply.status !== 0 && reply.status !== 429) || tries === 5) return reply;
    }
  }

  /** Status 0: nobody answered. */
  async #send<T>(url: string, method: string, call: Call): Promise<Reply<T>> {
    const json = method === 'GET' || call.json === undefined ? undefined : JSON.stringify(call.json);
    const body = call.form && method !== 'GET' ? new URLSearchParams(call.form) : json;
    const headers = {
      ...(json !== undefined && { 'content-type': 'application/json' }),
      ...(call.token !== undefined && { authorization: `Bearer ${call.token}` }),
      ...(call.key !== undefined && { 'idempotency-key': call.key }),
    };
    try {
      const signal = AbortSignal.timeout(callLimit);
      const reply = await fetch(url, { method, headers, signal, ...(body !== undefined && { body }) });
      return { status: reply.status, body: parse(await reply.text()) as Reply<T>['body'] };
    } catch {
      return { status: 0, body: {} as Reply<T>['body'] };
    }
  }

  async place(): Promise<PlacedOrder> {
    const { random } = this;
    const lines = random.whole(1, 3);
    const items = Array.from({ length: lines }, () => ({
      productId: random.pick(this.#world.products),
      quantity: random.whole(1, 3),
    }));
    const reply = await this.shop<PlacedOrder>('POST', '/api/orders', {
      json: {
        items,
        ...(random.chance(0.2) && { discountCode: 'WELCOME10' }),
        contact: {
          email: `buyer${random.whole(1, 5_000)}@example.com`,
          firstName: 'Ada',
          lastName: 'Lovelace',
        },
        shippingAddress: {
          line1: '1 Main St',
          city: 'Springfield',
          state: 'IL',
          postalCode: '62701',
          country: 'US',
        },
      },
    });
    if (reply.status !== 201) throw new Error(`an order was refused: ${JSON.stringify(reply.body)}`);
    return reply.body;
  }

  async pay(placed: PlacedOrder, flow: PaymentFlow, amount?: number): Promise<Reply<StartedPayment>> {
    const json = {
      paymentMethod: flow === 'transfer' ? 'bank-transfer' : 'stripe',
      flow,
      ...(amount !== undefined && { amount }),
    };
    const path = `/api/orders/${placed.order.id}/pay`;
    return await this.shop<StartedPayment>('POST', path, { token: placed.accessToken, json });
  }

  async read(placed: PlacedOrder): Promise<Order> {
    const path = `/api/orders/${placed.order.id}`;
    return (await this.shop<{ order: Order }>('GET', path, { token: placed.accessToken })).body.order;
  }

  /** Waits until the order is so, or for a few seconds: lost webhooks are nobody's business here. */
  async until(placed: PlacedOrder, holds: (order: Order) => boolean, milliseconds = 4_000): Promise<Order> {
    const end = performance.now() + milliseconds;
    for (;;) {
      const order = await this.read(placed);
      if (holds(order) || performance.now() > end) return order;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}

/** Refusals that pass by themselves. */
const passing = new Set(['idempotency_key_in_use', 'payment_in_progress', 'too_many_requests']);

function newKey(): string {
  return `soak_${randomUUID()}`;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
