/** Milliseconds one call may take: the shop itself gives up on Stripe after less. */
const callLimit = 30_000;

export type Call = {
  method?: string;
  headers?: Record<string, string>;
  json?: unknown;
  form?: Record<string, string>;
};

/** An answer that was not a success, with what the other side said about it. */
export class RefusedError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(what: string, status: number, { code, message }: { code: string; message: string }) {
    super(`${what} was answered ${status} ${code}: ${message}`);
    this.status = status;
    this.code = code;
  }
}

/** Calls the shop or the sandbox and answers the JSON. Throws a RefusedError for any status but a success. */
export async function call<Reply>(
  url: string,
  { method = 'GET', headers = {}, json, form }: Call = {},
): Promise<Reply> {
  const body = json === undefined ? form && new URLSearchParams(form) : JSON.stringify(json);
  const type: Record<string, string> = json === undefined ? {} : { 'content-type': 'application/json' };
  const reply = await fetch(url, {
    method,
    headers: { ...type, ...headers },
    ...(body === undefined ? {} : { body }),
    signal: AbortSignal.timeout(callLimit),
  }).catch((error: Error) => {
    throw new Error(`${method} ${url} failed: ${causeOf(error)}`);
  });
  const text = await reply.text();
  const value = parse(text);
  if (!reply.ok) throw new RefusedError(`${method} ${new URL(url).pathname}`, reply.status, problemIn(value));
  return value as Reply;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Shop and Stripe both answer `{ error: { code, message } }`; Stripe adds why a card was declined. */
function problemIn(value: unknown): { code: string; message: string } {
  const error = (value as { error?: Record<string, string> } | undefined)?.error ?? {};
  return { code: error.decline_code ?? error.code ?? '', message: error.message ?? 'no explanation' };
}

function causeOf(error: Error): string {
  const cause = error.cause as { code?: string; message?: string } | undefined;
  return cause?.code === 'ECONNREFUSED' ? 'nobody listens there' : cause?.message || error.message;
}
