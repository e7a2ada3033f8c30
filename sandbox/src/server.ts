/** The sandbox's HTTP server, on loopback only; also started in process by tests. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type ApiReply, type ApiRequest, answerCall } from './api.ts';
import { browserRoute } from './browser/routes.ts';
import type { BrowserReply } from './browser/types.ts';
import { control } from './control.ts';
import { breakReply } from './faults/breakage.ts';
import { apiInProcess, controlInProcess } from './in-process.ts';
import { openWorld, type WorldOptions } from './open-world.ts';
import { ApiError, renderError } from './wire/errors.ts';
import type { World } from './world.ts';

export interface SandboxOptions extends WorldOptions {
  /** 0 takes any free port. */
  port?: number;
}

export interface Sandbox {
  url: string;
  port: number;
  close(): Promise<void>;
}

/** Longer than any parameter list, short enough that nobody fills the memory. */
const LONGEST_BODY_BYTES = 1_000_000;
/** Official clients keep connections; a server that closes them first costs a retry. */
const KEEP_ALIVE_MS = 65_000;

/** Starts listening. Rejects with the system's error when the port is taken or the file cannot be opened. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const world = await openWorld(options);
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
    receive(world, request, response);
  });
  try {
    await listen(server, options.port ?? 0);
  } catch (error) {
    world.close();
    throw error;
  }
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  world.start(options.publicUrl ?? url);
  return { url, port, close: () => stop(server, world) };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}

async function stop(server: Server, world: { close(): void }): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
  world.close();
}

function receive(world: World, request: IncomingMessage, response: ServerResponse): void {
  const chunks: Buffer[] = [];
  let length = 0;
  request.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (length <= LONGEST_BODY_BYTES) chunks.push(chunk);
  });
  request.on('error', () => response.destroy());
  request.on('end', () => {
    if (!isLoopbackName(request.headers.host)) {
      refuse(world, response, 403, 'The sandbox answers only to loopback host names.');
    } else if (length > LONGEST_BODY_BYTES) {
      refuse(world, response, 413, 'The request is too large.');
    } else {
      dispatch(
        world,
        request,
        response,
        chunks.length === 1 ? chunks[0]!.toString() : Buffer.concat(chunks).toString(),
      );
    }
  });
}

/** Another name for 127.0.0.1 would let a foreign page talk to the sandbox (DNS rebinding). */
function isLoopbackName(host: string | undefined): boolean {
  if (host === undefined) return false;
  const name = host.replace(/:\d+$/, '').toLowerCase();
  return name === '127.0.0.1' || name === 'localhost' || name === '[::1]' || name.endsWith('.localhost');
}

function dispatch(world: World, request: IncomingMessage, response: ServerResponse, body: string): void {
  const target = request.url ?? '/';
  const mark = target.indexOf('?');
  const path = mark < 0 ? target : target.slice(0, mark);
  const query = mark < 0 ? '' : target.slice(mark + 1);
  const method = request.method ?? 'GET';
  if (/^\/v[12]\//.test(path)) {
    if (method === 'OPTIONS') answerPreflight(response);
    else
      answerCall(
        world,
        apiRequest(request, { method, path, query, body }),
        (reply) => sendApi(response, reply),
        world.faults.ofCall(method, path),
      );
  } else if (path.startsWith('/_sandbox/')) {
    void answerControl(world, request, response, { method, path, query, body });
  } else {
    void answerBrowser(world, request, response, { method, path, query, body });
  }
}

interface Parts {
  method: string;
  path: string;
  query: string;
  body: string;
}

function apiRequest(request: IncomingMessage, parts: Parts): ApiRequest {
  const { headers } = request;
  return {
    ...parts,
    authorization: headers.authorization,
    account: single(headers['stripe-account']),
    origin: headers.origin,
    version: single(headers['stripe-version']),
    idempotencyKey: single(headers['idempotency-key']),
  };
}

function single(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}

/** Any page may call the API with a publishable key, as at Stripe; browsers ask once in ten minutes. */
function answerPreflight(response: ServerResponse): void {
  response.writeHead(204, {
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Allow-Methods': 'GET, POST, DELETE',
    'Access-Control-Allow-Headers':
      'Authorization, Content-Type, Idempotency-Key, Stripe-Version, Stripe-Account',
    'Access-Control-Max-Age': '600',
  });
  response.end();
}

function sendApi(response: ServerResponse, reply: ApiReply): void {
  const { headers } = reply;
  headers['Access-Control-Allow-Origin'] = '*';
  headers['Access-Control-Expose-Headers'] = 'Request-Id, Idempotency-Key, Original-Request, Stripe-Version';
  headers['Content-Length'] = String(Buffer.byteLength(reply.body));
  if (reply.breakage !== undefined) {
    breakReply(response, reply.breakage, reply);
    return;
  }
  response.writeHead(reply.status, headers);
  response.end(reply.body);
}

/** A foreign page can make a browser send a form here; it cannot make it hide where the form came from. */
function isFromElsewhere({ headers }: IncomingMessage, method: string): boolean {
  if (method === 'GET' || method === 'HEAD' || headers.origin === undefined) return false;
  return headers.origin !== `http://${headers.host}`;
}

async function answerControl(
  world: World,
  request: IncomingMessage,
  response: ServerResponse,
  parts: Parts,
): Promise<void> {
  if (isFromElsewhere(request, parts.method)) {
    refuse(world, response, 403, 'Other origins may not change the sandbox.');
    return;
  }
  try {
    const body = await control(world, { ...parts, contentType: request.headers['content-type'] });
    world.store.whenSafe(() => sendJson(response, 200, body));
  } catch (error) {
    const known =
      error instanceof ApiError ? error : new ApiError(400, { type: 'api_error', message: String(error) });
    sendJson(
      response,
      known.status,
      renderError(known, world.ids.short('req'), `acct_1${world.ids.account}`),
    );
  }
}

async function answerBrowser(
  world: World,
  request: IncomingMessage,
  response: ServerResponse,
  { method, path, query, body }: Parts,
): Promise<void> {
  if (isFromElsewhere(request, method)) {
    refuse(world, response, 403, 'Other origins may not change the sandbox.');
    return;
  }
  try {
    const reply: BrowserReply | null = await browserRoute({
      method,
      path,
      query: new URLSearchParams(query),
      body: method === 'POST' ? new URLSearchParams(body) : null,
      baseUrl: `http://${request.headers.host}`,
      api: apiInProcess(world),
      control: controlInProcess(world),
    });
    if (reply === null) refuse(world, response, 404, `Unrecognized request URL (${method}: ${path}).`);
    else response.writeHead(reply.status, reply.headers).end(reply.body);
  } catch (error) {
    console.error('The sandbox failed inside a page:', error);
    refuse(world, response, 500, 'The sandbox failed inside this page. Its own output says why.');
  }
}

function refuse(world: World, response: ServerResponse, status: number, message: string): void {
  const error = new ApiError(status, { type: 'invalid_request_error', message });
  sendJson(response, status, renderError(error, world.ids.short('req'), `acct_1${world.ids.account}`));
}

function sendJson(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-store',
  });
  response.end(body);
}
