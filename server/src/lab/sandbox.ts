/** How long the sandbox may take; a call that it is told to leave without an answer is never made from here. */
const limit = 20_000;

export type SandboxKeys = { url: string; secretKey: string; publishableKey: string };

export type Answer<T> = { status: number; body: T };

/** The sandbox over HTTP: its control, and Stripe's API as the shop's server and as a customer's browser see it. */
export class SandboxClient {
  readonly url: string;
  readonly #keys: SandboxKeys;

  constructor(keys: SandboxKeys) {
    this.url = keys.url;
    this.#keys = keys;
  }

  /** `/_sandbox/…`. Rejects when it refuses. */
  async control<T>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: object): Promise<T> {
    const answer = await this.#send<T>(method, `/_sandbox/${path}`, {
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (answer.status >= 400) throw new Error(`The sandbox answered ${answer.status} to ${method} ${path}.`);
    return answer.body;
  }

  /** What the shop's own key may read. */
  async read<T>(path: string): Promise<T> {
    const headers = { authorization: `Bearer ${this.#keys.secretKey}` };
    return (await this.#send<T>('GET', path, { headers })).body;
  }

  /** What a customer's browser does. */
  async asBrowser<T>(path: string, form: Record<string, string>): Promise<Answer<T>> {
    const headers = { authorization: `Bearer ${this.#keys.publishableKey}` };
    return await this.#send<T>('POST', path, { headers, body: new URLSearchParams(form) });
  }

  async #send<T>(
    method: string,
    path: string,
    init: { headers: Record<string, string>; body?: string | URLSearchParams },
  ): Promise<Answer<T>> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      ...init,
      signal: AbortSignal.timeout(limit),
    });
    return { status: response.status, body: (await response.json()) as T };
  }
}
