/** One of the two that are compared, the sandbox or Stripe itself. Records what every call was answered. */
import { type Shape, shapeOf } from './shape.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers of all shapes.
type Answer = any;
export type Params = Readonly<Record<string, string>>;

export interface Address {
  url: string;
  key: string;
  /** Milliseconds after which no further event of a scenario is awaited. */
  patience: number;
}

export interface Step {
  call: string;
  /** How the outcome must begin; a bare status where Stripe's code is not known. */
  expected: string;
  /** Status, and the object's state or the error's codes: `200 succeeded`, `402 card_declined/generic_decline`. */
  outcome: string;
  shape: Shape;
}

const VERSION = '2026-10-28.endive';
const CALL_TIMEOUT_MS = 80_000;
/** How often, while events are awaited, they are asked for. */
const POLLS = 4;

export class Side {
  readonly address: Address;
  readonly steps: Step[] = [];
  /** Ids of what the scenario made, by which its events are found. */
  private readonly ids = new Set<string>();
  private readonly startedAt = Math.floor(Date.now() / 1000) - 1;

  constructor(address: Address) {
    this.address = address;
  }

  post(expected: string, path: string, params: Params = {}, key?: string): Promise<Answer> {
    return this.step(expected, 'POST', path, params, key);
  }

  get(expected: string, path: string, params: Params = {}): Promise<Answer> {
    return this.step(expected, 'GET', path, params);
  }

  delete(expected: string, path: string): Promise<Answer> {
    return this.step(expected, 'DELETE', path, {});
  }

  /** Types of the scenario's events, oldest first, once no more have come for a while. */
  async events(): Promise<string[]> {
    let seen: string[] = [];
    let quietSince = Date.now();
    while (Date.now() - quietSince < this.address.patience) {
      const now = await this.eventsSoFar();
      if (now.length !== seen.length) quietSince = Date.now();
      seen = now;
      await new Promise((resolve) => setTimeout(resolve, this.address.patience / POLLS));
    }
    return seen;
  }

  private async eventsSoFar(): Promise<string[]> {
    const params = { limit: '100', 'created[gte]': String(this.startedAt) };
    const { body } = await this.send('GET', '/v1/events', params);
    const ours = (body.data as Answer[]).filter((event) => {
      const { id, payment_intent: intent, customer } = event.data.object;
      return [id, intent, customer].some((each) => this.ids.has(each));
    });
    return ours.map((event) => String(event.type)).reverse();
  }

  private async step(
    expected: string,
    method: string,
    path: string,
    params: Params,
    key?: string,
  ): Promise<Answer> {
    const { status, body } = await this.send(method, path, params, key);
    const call = `${method} ${path.replaceAll(/[a-z]+_(test_)?\w{12,}/g, ':id')}`;
    this.steps.push({ call, expected, outcome: outcomeOf(status, body), shape: shapeOf(body) });
    if (method === 'POST' && typeof body.id === 'string') this.ids.add(body.id);
    return body;
  }

  private async send(
    method: string,
    path: string,
    params: Params,
    key?: string,
  ): Promise<{ status: number; body: Answer }> {
    const form = new URLSearchParams(params).toString();
    const isPost = method === 'POST';
    const response = await fetch(`${this.address.url}${path}${isPost || form === '' ? '' : `?${form}`}`, {
      method,
      headers: {
        Authorization: `Bearer ${this.address.key}`,
        'Stripe-Version': VERSION,
        'Content-Type': 'application/x-www-form-urlencoded',
        ...(key !== undefined && { 'Idempotency-Key': key }),
      },
      ...(isPost && { body: form }),
      signal: AbortSignal.timeout(CALL_TIMEOUT_MS),
    });
    return { status: response.status, body: await response.json() };
  }
}

function outcomeOf(status: number, body: Answer): string {
  const { error } = body;
  if (error === undefined) {
    const state = body.deleted === true ? 'deleted' : (body.status ?? body.object);
    return `${status} ${state}`;
  }
  const codes = [error.code ?? error.type, error.decline_code].filter((code) => code !== undefined);
  return `${status} ${codes.join('/')}${error.param ? ` ${error.param}` : ''}`;
}
