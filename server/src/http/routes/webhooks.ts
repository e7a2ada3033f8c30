import Type from 'typebox';
import type { App } from '../../app/ports.ts';
import { receiveEvent } from '../../app/receive-event.ts';
import type { Metrics } from '../metrics.ts';
import type { Server } from '../types.ts';

/** More than Stripe sends, less than hurts, in bytes. */
const largestEvent = 1_048_576;

export const webhookPath = '/api/webhooks/:provider';

const Provider = Type.Object({ provider: Type.String({ pattern: '^[a-z-]{1,40}$' }) });

/** Takes the bytes as they came, because the signature is over exactly those, and answers once they are on disk. */
export function webhookRoutes(server: Server, app: App, metrics: Metrics): void {
  server.register(async (raw) => {
    raw.removeAllContentTypeParsers();
    const asBytes = { parseAs: 'buffer', bodyLimit: largestEvent } as const;
    const types = ['application/json', 'application/x-www-form-urlencoded'];
    raw.addContentTypeParser(types, asBytes, (_request, body, done) => done(null, body));
    raw.post(
      webhookPath,
      { schema: { tags: ['webhooks'], params: Provider }, bodyLimit: largestEvent },
      async (request) => {
        const { provider } = request.params as { provider: string };
        const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        const header = (name: string) => oneOf(request.headers[name]);
        const received = await receiveEvent(app, provider, { body, header });
        metrics.events.inc({ type: received.type, result: received.result });
        return { received: true, result: received.result };
      },
    );
  });
}

function oneOf(values: string | string[] | undefined): string | undefined {
  return Array.isArray(values) ? values[0] : values;
}
