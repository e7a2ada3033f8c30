import { type Agent, request } from 'node:http';

export type Reply = { status: number; body: string };

export type Sending = {
  agent: Agent;
  method: 'GET' | 'POST';
  url: string;
  headers?: Record<string, string>;
  body?: string;
};

/** One call over a kept connection. Lean, because the one who measures shares two cores with what is measured. */
export function send(sending: Sending): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      sending.url,
      {
        agent: sending.agent,
        method: sending.method,
        timeout: 30_000,
        headers: {
          ...sending.headers,
          ...(sending.body !== undefined && { 'content-length': Buffer.byteLength(sending.body) }),
        },
      },
      (incoming) => {
        const parts: Buffer[] = [];
        incoming.on('data', (part: Buffer) => parts.push(part));
        incoming.on('error', reject);
        incoming.on('end', () =>
          resolve({ status: incoming.statusCode ?? 0, body: Buffer.concat(parts).toString('utf8') }),
        );
      },
    );
    outgoing.on('error', reject);
    outgoing.on('timeout', () => outgoing.destroy(new Error(`no answer from ${sending.url} within 30 s`)));
    outgoing.end(sending.body);
  });
}

/** The JSON of an answer that has to be a success. */
export async function expecting<T>(what: string, reply: Promise<Reply>): Promise<T> {
  const { status, body } = await reply;
  if (status < 200 || status > 299) throw new Error(`${what} was answered ${status}: ${body.slice(0, 300)}`);
  return JSON.parse(body) as T;
}
