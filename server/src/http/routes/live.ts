import type { OrderChange } from '@paydesk/contract/orders';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../../app/errors.ts';
import type { App } from '../../app/ports.ts';
import { findOrderVersion } from '../../db/orders.ts';
import { requireOrder } from '../access.ts';
import type { Server } from '../types.ts';
import { OrderId } from './orders.ts';

/** Keeps proxies from closing a quiet connection, in milliseconds. */
const heartbeat = 15_000;
/** A notice between processes may be lost; this is how late a change can then be, in milliseconds. */
const floor = 10_000;
/** Windows of one order that may watch at once. */
const mostPerOrder = 20;
const mostInAll = 10_000;

/** The live view of one order: a snapshot at connect, then every change. Reads our database only and sets nothing. */
export function liveRoutes(server: Server, app: App): void {
  const streams = new OrderStreams(app, server);
  server.get(
    '/api/orders/:id/events',
    // A HEAD would be answered by a stream that never ends.
    { schema: { tags: ['orders'], params: OrderId }, exposeHeadRoute: false },
    async (request, reply) => {
      const order = await requireOrder(app, request, request.params.id);
      return streams.open(order.id, request, reply);
    },
  );
}

/** All streams that are open behind one route. They end when the server closes. */
export class OrderStreams {
  readonly #app: App;
  readonly #open = new Map<string, Set<OrderStream>>();

  constructor(app: App, server: Server) {
    this.#app = app;
    server.addHook('preClose', async () => {
      for (const streams of this.#open.values()) for (const stream of streams) stream.stop();
    });
  }

  /** @throws AppError too_many_requests */
  open(orderId: string, request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const streams = this.#open.get(orderId) ?? new Set();
    if (streams.size >= mostPerOrder || this.#app.live.watchers >= mostInAll) {
      throw new AppError('too_many_requests', { retryAfter: 10 });
    }
    const stream = new OrderStream(this.#app, orderId, reply);
    streams.add(stream);
    this.#open.set(orderId, streams);
    stream.start(request, () => {
      streams.delete(stream);
      if (streams.size === 0) this.#open.delete(orderId);
    });
    return reply;
  }
}

class OrderStream {
  readonly #app: App;
  readonly #orderId: string;
  readonly #reply: FastifyReply;
  #sent = 0;
  #reading: Promise<void> = Promise.resolve();
  #stop: () => void = () => {};

  constructor(app: App, orderId: string, reply: FastifyReply) {
    this.#app = app;
    this.#orderId = orderId;
    this.#reply = reply;
  }

  start(request: FastifyRequest, onEnd: () => void): void {
    this.#reply.hijack();
    const raw = this.#reply.raw;
    raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
      'x-content-type-options': 'nosniff',
    });
    const unsubscribe = this.#app.live.subscribe(this.#orderId, () => this.#read());
    const beat = setInterval(() => raw.write(': still here\n\n'), heartbeat);
    const look = setInterval(() => this.#read(), floor);
    this.#stop = () => {
      unsubscribe();
      clearInterval(beat);
      clearInterval(look);
      raw.end();
    };
    raw.on('close', () => {
      this.#stop();
      onEnd();
    });
    raw.on('error', (error) => request.log.info({ err: error }, 'a live view broke off'));
    this.#read();
  }

  stop(): void {
    this.#stop();
  }

  /** One read at a time, so that versions are sent in order; each sends what is true now, once. */
  #read(): void {
    this.#reading = this.#reading.then(() => this.#send()).catch(() => this.#stop());
  }

  async #send(): Promise<void> {
    const order = await findOrderVersion(this.#app.database.read, this.#orderId);
    if (!order || order.version <= this.#sent || this.#reply.raw.writableEnded) return;
    this.#sent = order.version;
    const change: OrderChange = { id: order.id, status: order.status, version: order.version };
    this.#reply.raw.write(`id: ${order.version}\nevent: order\ndata: ${JSON.stringify(change)}\n\n`);
  }
}
