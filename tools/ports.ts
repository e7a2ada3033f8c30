import { once } from 'node:events';
import { createServer } from 'node:net';

/** A loopback port that nobody listens on at this moment. Somebody else may take it before the caller does. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string')
    throw new Error('This machine has no loopback network.');
  return address.port;
}

/** Why nobody here could listen on a port: taken, not allowed, or undefined where it is free. */
export async function portProblem(port: number): Promise<'taken' | 'not allowed' | undefined> {
  for (const host of ['127.0.0.1', '0.0.0.0', '::']) {
    const code = await tryToListen(port, host);
    if (code === 'EADDRINUSE') return 'taken';
    if (code === 'EACCES') return 'not allowed';
  }
  return undefined;
}

/** Machines without IPv6 answer with a code that says nothing about the port, and so count as free. */
async function tryToListen(port: number, host: string): Promise<string | undefined> {
  const probe = createServer();
  try {
    probe.listen({ port, host, ipv6Only: host === '::' });
    await once(probe, 'listening');
  } catch (error) {
    return (error as NodeJS.ErrnoException).code;
  }
  probe.close();
  await once(probe, 'close');
  return undefined;
}
