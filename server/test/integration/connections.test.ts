import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import type { PlacedOrder } from '@paydesk/contract/orders';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call, cart, newKey, order, startTestShop, type TestShop } from '../support/shop.ts';

const quiet = { jobs: 'manual', webhooks: false } as const;

describe('a shop that stops', () => {
  it('does not wait for connections that browsers opened ahead of need', async () => {
    const shop = await startTestShop('SQLite', quiet);
    const idle = await open(shop);
    await order(shop);
    const closed = once(idle, 'close');
    await shop.stop();
    await closed;
  });

  it('first answers what was asked before, and then does not wait for the client to hang up', async () => {
    const shop = await startTestShop('PostgreSQL', quiet);
    const locked = Promise.withResolvers<void>();
    const release = Promise.withResolvers<void>();
    const holder = shop.app.database.transaction(async (tx) => {
      await sql`SELECT id FROM products FOR UPDATE`.execute(tx);
      locked.resolve();
      await release.promise;
    });
    await locked.promise;
    const asked = once(shop.server.server, 'request');
    const answer = call<PlacedOrder>(shop, 'POST', '/api/orders', { body: cart(), key: newKey() });
    await asked;
    const stopped = shop.server.close();
    release.resolve();
    await holder;
    expect((await answer).status).toBe(201);
    await stopped;
    await shop.stop();
  });
});

describe('what is not HTTP as we speak it', () => {
  let shop: TestShop;
  beforeAll(async () => {
    shop = await startTestShop('SQLite', quiet);
  });
  afterAll(() => shop.stop());

  const json = 'Host: shop\r\nContent-Type: application/json\r\n';
  it.each([
    ['a greeting', 'HELLO\r\n\r\n'],
    ['no host', 'GET /api/config HTTP/1.1\r\n\r\n'],
    [
      'a length and chunks at once',
      `POST /api/quote HTTP/1.1\r\n${json}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    ],
    ['two lengths', `POST /api/quote HTTP/1.1\r\n${json}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`],
    ['a negative length', `POST /api/quote HTTP/1.1\r\n${json}Content-Length: -1\r\n\r\n{}`],
    [
      'chunks of no size',
      `POST /api/quote HTTP/1.1\r\n${json}Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n`,
    ],
    ['a header with a line break in it', 'GET /api/config HTTP/1.1\r\nHost: shop\r\nX: a\rb\r\n\r\n'],
    ['headers without end', `GET /api/config HTTP/1.1\r\nHost: shop\r\nX: ${'x'.repeat(40_000)}\r\n\r\n`],
    ['a method that is none', 'BREW /api/config HTTP/1.1\r\nHost: shop\r\n\r\n'],
    ['an address with spaces', 'GET /api/config /x HTTP/1.1\r\nHost: shop\r\n\r\n'],
    ['a tunnel', 'CONNECT shop:443 HTTP/1.1\r\nHost: shop\r\n\r\n'],
  ])('such as %s gets a 4xx or a closed door, and the next customer is served', async (_, bytes) => {
    const socket = await open(shop);
    socket.write(bytes);
    socket.end();
    expect(await text(socket)).toMatch(/^(HTTP\/1\.1 4\d\d |$)/);
    expect((await call(shop, 'GET', '/api/config')).status).toBe(200);
  });

  it.each(['X-HTTP-Method-Override', 'X-HTTP-Method', 'X-Method-Override'])(
    'such as %s does not change what is done',
    async (header) => {
      const placed = await order(shop);
      const path = `/api/orders/${placed.order.id}/cancel`;
      const headers = { [header]: 'POST' };
      expect((await call(shop, 'GET', path, { token: placed.accessToken, headers })).status).toBe(404);
    },
  );
});

async function open(shop: TestShop): Promise<Socket> {
  const socket = connect(Number(new URL(shop.url).port), '127.0.0.1');
  await once(socket, 'connect');
  socket.on('error', () => {});
  return socket;
}
