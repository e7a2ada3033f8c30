/** The calls of `trigger` to a sandbox that runs, as any server would make them. */
import { setTimeout as wait } from 'node:timers/promises';
import { CURRENT_VERSION } from '../wire/versions.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers of the API are JSON of many shapes.
export type Answer = Record<string, any>;
/** Names as Stripe's forms write them: `automatic_payment_methods[enabled]`. */
export type Form = Record<string, string | number>;

const TIMEOUT_MS = 30_000;
/** Bank debits take five seconds, unless the settings say otherwise. */
export const PATIENCE_MS = 15_000;
export const INTERVAL_MS = 50;

export class TriggerApi {
  private readonly url: string;

  constructor(url: string) {
    this.url = url;
  }

  get(path: string): Promise<Answer> {
    return this.send('GET', path);
  }

  post(path: string, form: Form = {}): Promise<Answer> {
    return this.send('POST', path, form);
  }

  delete(path: string): Promise<Answer> {
    return this.send('DELETE', path);
  }

  /** A call that is to be declined. Rejects when it is not. */
  async declined(path: string, form: Form): Promise<void> {
    const { status, body } = await this.fetch('POST', path, form);
    if (status !== 402)
      throw new Error(`POST ${path} was answered ${status} instead of being declined.${said(body)}`);
  }

  /** The newest object of a list, as soon as there is one: banks dispute seconds after a payment. */
  async first(path: string): Promise<Answer> {
    for (let waited = 0; waited < PATIENCE_MS; waited += INTERVAL_MS) {
      const [newest] = (await this.get(path)).data;
      if (newest !== undefined) return newest;
      await wait(INTERVAL_MS);
    }
    throw new Error(
      `Nothing is listed under ${path} after ${PATIENCE_MS / 1_000} seconds. If the sandbox's time stands still, move it.`,
    );
  }

  private async send(method: string, path: string, form?: Form): Promise<Answer> {
    const { status, body } = await this.fetch(method, path, form);
    if (status < 400) return body;
    throw new Error(`${method} ${path} was answered ${status}.${said(body)}`);
  }

  private async fetch(method: string, path: string, form?: Form): Promise<{ status: number; body: Answer }> {
    const request = {
      method,
      headers: { Authorization: 'Bearer sk_test_trigger', 'Stripe-Version': CURRENT_VERSION },
      ...(form !== undefined && { body: new URLSearchParams(form as Record<string, string>) }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    };
    try {
      const response = await fetch(`${this.url}${path}`, request);
      return { status: response.status, body: (await response.json()) as Answer };
    } catch {
      throw new Error(`No sandbox answers on ${this.url}. Start one, or name its port with --port.`);
    }
  }
}

function said(body: Answer): string {
  return body.error?.message === undefined ? '' : ` ${body.error.message}`;
}
