import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** Stands between the shop and its PostgreSQL and can be cut, for good or at one moment. */
export class TcpLine {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #target = { host: '', port: 0 };
  #port = 0;
  #losesCommit = false;

  constructor() {
    this.#server = createServer((near) => this.#pass(near));
  }

  /** Answers the same database's address, through this line. */
  async connectTo(url: string): Promise<string> {
    const through = new URL(url);
    this.#target = { host: through.hostname, port: Number(through.port) };
    await this.open();
    through.host = `127.0.0.1:${this.#port}`;
    return through.href;
  }

  /** Every connection breaks and no new one is taken. */
  async close(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  async open(): Promise<void> {
    if (this.#server.listening) return;
    this.#server.listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  /** The next transaction is committed, but no answer about it arrives: the connection breaks instead. */
  loseCommit(): void {
    this.#losesCommit = true;
  }

  #pass(near: Socket): void {
    const far = connect(this.#target);
    let isLost = false;
    near.on('data', (chunk) => {
      if (this.#losesCommit && chunk.includes('COMMIT')) {
        this.#losesCommit = false;
        isLost = true;
      }
      far.write(chunk);
    });
    far.on('data', (chunk) => {
      // Broken off before COMMIT was answered, the database might never have seen it.
      if (!isLost) near.write(chunk);
      else if (chunk.includes('COMMIT')) near.destroy();
    });
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#sockets.add(socket);
      socket.on('error', () => {});
      socket.once('close', () => {
        this.#sockets.delete(socket);
        other.destroy();
      });
    }
  }
}
