import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export type MailSink = { url: string; stop(): Promise<void> };

/** A mail server that takes everything and keeps nothing. */
export async function openMailSink(): Promise<MailSink> {
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    closeTimeout: 100,
    onData: (stream, _session, callback) => {
      stream.on('end', () => callback()).resume();
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}
