/** A receiver of webhooks that verifies nothing: for endpoints with other secrets, and for spoiled deliveries. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach } from 'vitest';

export interface RawDelivery {
  body: string;
  signature: string;
}

export interface RawReceiver {
  url: string;
  received: RawDelivery[];
}

const cleanups: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

/** @param answer the status for each delivery */
export async function rawReceiver(
  answer: (delivery: RawDelivery) => number = () => 200,
): Promise<RawReceiver> {
  const received: RawDelivery[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const delivery = {
        body: Buffer.concat(chunks).toString(),
        signature: String(request.headers['stripe-signature']),
      };
      received.push(delivery);
      response.writeHead(answer(delivery)).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanups.push(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, received };
}
