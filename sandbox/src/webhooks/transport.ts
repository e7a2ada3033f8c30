/**
 * The HTTP client of webhook deliveries: kept-alive connections, one request at a time on each, and a time-out.
 * Written on sockets because deliveries are most of what the sandbox does: Node's own client costs twice the CPU.
 */
import { connect, type Socket } from 'node:net';
import { connect as connectSecurely } from 'node:tls';
import { ResponseReader } from './response-reader.ts';

/** Stripe does not publish its time-out; receivers are told to answer quickly. */
const TIMEOUT_MS = 10_000;
const SWEEP_MS = 500;
/** Shorter than the five seconds after which a Node server closes an idle connection. */
const IDLE_MS = 4_000;

type Done = (status: number | null, error: string | null) => void;

interface Connection {
  socket: Socket;
  reader: ResponseReader;
  /** The request that waits for its answer; null on an idle connection. */
  done: Done | null;
  /** Milliseconds since 1970: for the answer, or for the end of idleness. */
  deadline: number;
  /** Sends the request again on a new connection, when this one was idle before it. */
  again: (() => void) | null;
}

interface Target {
  host: string;
  port: number;
  isSecure: boolean;
  /** Request line and headers, up to those that differ from one delivery to the next. */
  head: string;
  connections: Set<Connection>;
  idle: Connection[];
}

export class WebhookTransport {
  private readonly targets = new Map<string, Target>();

  private readonly timeout: number;
  private readonly sweeper = setInterval(() => this.sweep(), SWEEP_MS);

  /** @param timeout milliseconds for one answer */
  constructor(timeout = TIMEOUT_MS) {
    this.timeout = timeout;
    this.sweeper.unref();
  }

  /** Posts one signed event and reports the answer's status, or why there was none; exactly once. */
  post(url: string, body: string, signature: string, done: Done): void {
    const target = this.target(url);
    const idle = takeIdle(target);
    const connection = idle ?? open(target);
    const length = Buffer.byteLength(body);
    const request = `${target.head}Content-Length: ${length}\r\nStripe-Signature: ${signature}\r\n\r\n${body}`;
    // Pure ASCII needs no encoding on its way to the socket.
    const encoding = length === body.length ? 'latin1' : 'utf8';
    // A receiver may close an idle connection at the very moment of the request; that is no failure of its own.
    connection.again = idle === undefined ? null : () => this.send(open(target), request, encoding, done);
    this.send(connection, request, encoding, done);
  }

  private send(connection: Connection, request: string, encoding: 'latin1' | 'utf8', done: Done): void {
    connection.done = done;
    connection.deadline = Date.now() + this.timeout;
    connection.socket.write(request, encoding);
  }

  close(): void {
    clearInterval(this.sweeper);
    for (const { connections } of this.targets.values()) {
      for (const connection of connections) {
        connection.again = null;
        connection.socket.destroy();
      }
    }
  }

  private target(url: string): Target {
    const known = this.targets.get(url);
    if (known !== undefined) return known;
    const made = parseTarget(url);
    this.targets.set(url, made);
    return made;
  }

  private sweep(): void {
    const now = Date.now();
    for (const { connections } of this.targets.values()) {
      for (const connection of connections) {
        if (connection.deadline > now) continue;
        connection.again = null;
        connection.socket.destroy(new Error('timeout'));
      }
    }
  }
}

function parseTarget(url: string): Target {
  const { protocol, hostname, host, port, pathname, search } = new URL(url);
  const isSecure = protocol === 'https:';
  const head =
    `POST ${pathname}${search} HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json; charset=utf-8\r\n` +
    'User-Agent: Stripe/1.0 (+https://stripe.com/docs/webhooks)\r\nAccept: */*; q=0.5, application/xml\r\n' +
    'Cache-Control: no-cache\r\n';
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? (isSecure ? 443 : 80) : Number(port),
    isSecure,
    head,
    connections: new Set(),
    idle: [],
  };
}

/** The most recently used comes first, so that the others can grow old and close. */
function takeIdle(target: Target): Connection | undefined {
  let connection = target.idle.pop();
  while (connection !== undefined && (connection.socket.destroyed || connection.deadline <= Date.now())) {
    connection.socket.destroy();
    connection = target.idle.pop();
  }
  return connection;
}

function open(target: Target): Connection {
  const { host, port, isSecure } = target;
  const socket = isSecure ? connectSecurely({ host, port, servername: host }) : connect({ host, port });
  socket.setNoDelay(true);
  const connection: Connection = {
    socket,
    reader: new ResponseReader(),
    done: null,
    deadline: 0,
    again: null,
  };
  target.connections.add(connection);
  let problem = 'the connection was closed without an answer';
  socket.on('data', (bytes) => receive(target, connection, bytes));
  socket.on('error', (error: NodeJS.ErrnoException) => {
    problem = error.message || error.code || 'connection failed';
  });
  socket.on('end', () => {
    const answer = connection.reader.end();
    if (answer !== null) settle(connection, answer.status, null);
  });
  socket.on('close', () => {
    target.connections.delete(connection);
    const { again, done } = connection;
    if (done !== null && again !== null) again();
    else settle(connection, null, problem);
  });
  return connection;
}

function receive(target: Target, connection: Connection, bytes: Buffer): void {
  connection.again = null;
  try {
    const answer = connection.reader.push(bytes);
    if (answer === null) return;
    connection.deadline = Date.now() + IDLE_MS;
    if (answer.keepsAlive && connection.done !== null) target.idle.push(connection);
    else connection.socket.destroy();
    settle(connection, answer.status, null);
  } catch (error) {
    connection.socket.destroy(error as Error);
  }
}

function settle(connection: Connection, status: number | null, error: string | null): void {
  const { done } = connection;
  connection.done = null;
  done?.(status, error);
}
