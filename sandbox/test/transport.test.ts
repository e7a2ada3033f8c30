import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { WebhookTransport } from '../src/webhooks/transport.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** A receiver that answers each request with the given bytes. */
async function receiver(
  answer: (request: string, socket: Socket) => void,
): Promise<{ url: string; server: Server }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('data', (bytes) => answer(bytes.toString(), socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook?a=b`, server };
}

function transport(
  timeout?: number,
): (url: string, body?: string) => Promise<[number | null, string | null]> {
  const made = new WebhookTransport(timeout);
  closing.push(() => made.close());
  return (url, body = '{}') =>
    new Promise((resolve) => made.post(url, body, 't=1,v1=x', (status, error) => resolve([status, error])));
}

describe('the client of webhook deliveries', () => {
  it.each([
    ['with a length', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello', 200],
    ['without a body', 'HTTP/1.1 204 No Content\r\n\r\n', 204],
    [
      'in chunks',
      'HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n3\r\nabc\r\n0\r\n\r\n',
      201,
    ],
    [
      'after 100 Continue',
      'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 500 Oops\r\ncontent-length: 0\r\n\r\n',
      500,
    ],
  ])(
    'reads an answer %s, even byte by byte, and uses the connection again',
    async (_title, bytes, status) => {
      let connections = 0;
      const { url, server } = await receiver((_request, socket) => {
        for (const byte of bytes) socket.write(byte);
      });
      server.on('connection', () => {
        connections++;
      });
      const post = transport();
      expect(await post(url)).toEqual([status, null]);
      expect(await post(url)).toEqual([status, null]);
      expect(connections).toBe(1);
    },
  );

  it('reads an answer that ends with the connection', async () => {
    const { url } = await receiver((_request, socket) => socket.end('HTTP/1.0 200 OK\r\n\r\nbody'));
    expect(await transport()(url)).toEqual([200, null]);
  });

  it('sends what the receiver needs to check the signature', async () => {
    let seen = '';
    const { url } = await receiver((request, socket) => {
      seen = request;
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
    });
    await transport()(url, '{"name":"Žluťoučký"}');
    expect(seen).toMatch(/^POST \/hook\?a=b HTTP\/1\.1\r\n/);
    expect(seen).toContain('Stripe-Signature: t=1,v1=x\r\n');
    expect(seen).toContain('Content-Length: 24\r\n');
    expect(seen.endsWith('{"name":"Žluťoučký"}')).toBe(true);
  });

  it('reports a receiver that is gone, closes without an answer, or does not speak HTTP', async () => {
    const post = transport();
    expect(await post('http://127.0.0.1:1/')).toEqual([null, expect.stringContaining('ECONNREFUSED')]);
    const mute = await receiver((_request, socket) => socket.destroy());
    expect(await post(mute.url)).toEqual([null, 'the connection was closed without an answer']);
    const strange = await receiver((_request, socket) => socket.write('hello\r\n\r\n'));
    expect(await post(strange.url)).toEqual([null, 'the answer is not HTTP/1.1']);
  });

  it('does not wait for ever', async () => {
    const { url } = await receiver((_request, socket) => socket.write('HTTP/1.1 200 OK\r\n'));
    expect(await transport(20)(url)).toEqual([null, 'timeout']);
  });

  it('sends again at once when an idle connection turns out to be closed', async () => {
    let requests = 0;
    const { url } = await receiver((_request, socket) => {
      requests++;
      if (requests === 2) socket.destroy();
      else socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
    });
    const post = transport();
    expect(await post(url)).toEqual([200, null]);
    expect(await post(url)).toEqual([200, null]);
    expect(requests).toBe(3);
  });
});
