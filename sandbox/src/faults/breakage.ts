/** Replies that reach the caller not at all, or in part. */
import type { ServerResponse } from 'node:http';
import type { Breakage } from './call-faults.ts';

/** Ends the connection as the fault demands. A silent one stays open until the caller gives up. */
export function breakReply(
  response: ServerResponse,
  breakage: Breakage,
  reply: { status: number; headers: Record<string, string>; body: string },
): void {
  if (breakage === 'reset') response.socket?.resetAndDestroy();
  if (breakage !== 'half') return;
  response.writeHead(reply.status, reply.headers);
  const bytes = Buffer.from(reply.body);
  // The announced length is that of the whole, so that the caller notices.
  response.write(bytes.subarray(0, bytes.length >> 1), () => response.socket?.destroy());
}
