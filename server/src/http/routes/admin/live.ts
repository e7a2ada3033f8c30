import type { ServerResponse } from 'node:http';
import Type from 'typebox';
import { AppError } from '../../../app/errors.ts';
import type { App } from '../../../app/ports.ts';
import { needs } from '../../operators.ts';
import type { Server } from '../../types.ts';

const nothing = Type.Object({}, { additionalProperties: false });

/** Windows of operators that may watch at once. */
const mostStreams = 200;
/** Nobody reads faster, and each notice makes a page read its figures again, in milliseconds. */
const atMostEvery = 1_000;
/** What is not told, such as an event that waits or another process whose notice was lost, is looked at this often, in milliseconds. */
const floor = 15_000;

/** Tells the pages of operators that something changed, and not what: they read that for themselves, as far as they may. */
export function adminWatchRoutes(server: Server, app: App): void {
  const streams = new Set<ChangeStream>();
  server.get(
    '/api/admin/live',
    {
      schema: { tags: ['operators'], security: [{ operator: [] }], querystring: nothing },
      ...needs('view'),
      // A HEAD would be answered by a stream that never ends.
      exposeHeadRoute: false,
    },
    async (_request, reply) => {
      if (streams.size >= mostStreams) throw new AppError('too_many_requests', { retryAfter: 10 });
      reply.hijack();
      const stream = new ChangeStream(app, reply.raw);
      streams.add(stream);
      reply.raw.on('close', () => {
        stream.stop();
        streams.delete(stream);
      });
      return reply;
    },
  );
  server.addHook('preClose', async () => {
    for (const stream of streams) stream.stop();
  });
}

class ChangeStream {
  readonly #raw: ServerResponse;
  readonly #unsubscribe: () => void;
  readonly #look: ReturnType<typeof setInterval>;
  #pause: ReturnType<typeof setTimeout> | null = null;
  #changed = false;

  constructor(app: App, raw: ServerResponse) {
    this.#raw = raw;
    raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
      'x-content-type-options': 'nosniff',
    });
    raw.on('error', () => this.stop());
    this.#unsubscribe = app.live.subscribeAll(() => this.#tell());
    this.#look = setInterval(() => this.#tell(), floor);
    raw.write(': watching\n\n');
  }

  stop(): void {
    this.#unsubscribe();
    clearInterval(this.#look);
    if (this.#pause) clearTimeout(this.#pause);
    this.#raw.end();
  }

  /** At once, and then not again for a while; what changes meanwhile is told at its end. */
  #tell(): void {
    if (this.#pause) {
      this.#changed = true;
      return;
    }
    this.#raw.write('event: changed\ndata: {}\n\n');
    this.#pause = setTimeout(() => {
      this.#pause = null;
      if (this.#changed) this.#tell();
    }, atMostEvery);
    this.#changed = false;
  }
}
