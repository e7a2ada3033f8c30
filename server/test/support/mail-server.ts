import type { AddressInfo } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';

/** `takes`: as it should be. `hangs`: takes the mail and never answers. `drops`: takes the mail and ends the connection. */
type Manner = 'takes' | 'hangs' | 'drops' | { refusesRecipient: number } | { refusesMail: number };

/** A real SMTP server that keeps what it is given, and misbehaves when it is told to. */
export class MailServer {
  manner: Manner = 'takes';
  readonly #received: Email[] = [];
  readonly #server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    closeTimeout: 100,
    onRcptTo: (_address, _session, callback) => {
      callback(
        typeof this.manner === 'object' && 'refusesRecipient' in this.manner
          ? refusal(this.manner.refusesRecipient)
          : null,
      );
    },
    onData: (stream, _session, callback) => {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => void this.#take(Buffer.concat(parts), callback));
    },
  });

  async start(): Promise<string> {
    this.#server.on('error', () => {});
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `smtp://127.0.0.1:${(this.#server.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.hangUp();
    await new Promise<void>((resolve) => this.#server.close(resolve));
  }

  /** Ends every connection, also those on which somebody waits for an answer. */
  hangUp(): void {
    for (const connection of this.#server.connections) connection._socket.destroy();
  }

  /** What arrived for this order, oldest first: its number stands in each subject. */
  mailsAbout(order: { number: string }): Email[] {
    return this.#received.filter(({ subject }) => subject?.includes(order.number));
  }

  async #take(raw: Buffer, answer: (error?: Error | null) => void): Promise<void> {
    const { manner } = this;
    if (typeof manner === 'object' && 'refusesMail' in manner) return answer(refusal(manner.refusesMail));
    this.#received.push(await PostalMime.parse(raw));
    if (manner === 'drops') this.hangUp();
    if (manner === 'takes') answer();
  }
}

function refusal(responseCode: number): Error {
  return Object.assign(new Error('not here'), { responseCode });
}
