import type { Socket } from 'node:net';
import type { Server } from './types.ts';

/**
 * Lets closing end as soon as the last running request is answered. Node ends idle connections by itself; two kinds would
 * hold it up until they time out: one that was busy when closing began, because its client may want to send another
 * request, and one on which nothing was sent yet, because browsers open connections ahead of need.
 */
export function endConnectionsWhenClosing(server: Server): void {
  let closing = false;
  const unused = new Set<Socket>();
  server.server.on('connection', (socket: Socket) => {
    unused.add(socket);
    socket.once('close', () => unused.delete(socket));
  });
  server.addHook('onRequest', (request, _reply, done) => {
    unused.delete(request.raw.socket);
    done();
  });
  server.addHook('onResponse', (request, _reply, done) => {
    // What our own pages ask has no connection.
    if (closing && 'end' in request.raw.socket) request.raw.socket.end();
    done();
  });
  server.addHook('preClose', async () => {
    closing = true;
    for (const socket of unused) socket.destroy();
  });
}
