/** `npm start`: the shop and, without keys for a real one, a Stripe of its own. */
import { existsSync } from 'node:fs';
import { readCommandLine, runCommand } from './command-line.ts';
import { banner } from './start/banner.ts';
import { Child } from './start/child.ts';
import { requireFreePorts } from './start/free-ports.ts';
import { operatorHint } from './start/operator-token.ts';
import {
  readSettings,
  type SandboxKeys,
  type StartSettings,
  sandboxKeys,
  serverEnvironment,
} from './start/settings.ts';
import { repository } from './testing/command.ts';
import { ensureWebBuild } from './web-build.ts';

const usage = `Usage: npm start

Builds the storefront when it has changed, fills an empty catalogue, and runs the shop. Without STRIPE_SECRET_KEY it
also runs the sandbox, a Stripe on this machine that moves no money. Data is kept in data/. Ctrl-C stops everything.

Settings come from the environment or from a file .env; docs/operating.md lists them all. The ones used most:
  PORT           where the shop listens (3000)
  SANDBOX_PORT   where the sandbox listens (12111)
  DATABASE_URL   sqlite:data/paydesk.db, or postgres://…
  LOG_LEVEL      what is printed here: warn, or info for everything`;

/** Milliseconds a process may take until it answers: a first start on a slow disk needs a few seconds. */
const readyLimit = 60_000;

async function main(): Promise<void> {
  readCommandLine(usage, {});
  requireNode();
  process.chdir(repository);
  if (existsSync('.env')) process.loadEnvFile('.env');
  const settings = readSettings(process.env);
  await requireFreePorts(settings);
  await ensureWebBuild(say);
  const children: Child[] = [];
  const stopping = stopRequest();
  const outcome = await Promise.race([stopping, run(settings, children)]).catch((error: Error) => error);
  for (const child of children) child.hush();
  if (outcome instanceof Error) process.stderr.write(`${outcome.message}\n`);
  else say('Stopping…');
  // The server first: it may still have something to say to the sandbox.
  for (const child of children.toReversed()) await child.stop();
  process.exit(outcome instanceof Error ? 1 : 0);
}

/** Runs until a process ends by itself, which is an error. */
async function run(settings: StartSettings, children: Child[]): Promise<never> {
  const keys = settings.sandbox && (await sandboxKeys('data/sandbox-keys.json'));
  const env = serverEnvironment(process.env, settings, keys);
  if (settings.sandbox && keys) {
    const sandbox = sandboxChild(settings.sandbox.port, keys, settings.port);
    await start(children, sandbox, sandbox.spoken);
  }
  await seed(children, env);
  const operators = operatorHint(env);
  const server = new Child('The shop', ['server/src/main.ts', '--role=all'], env, () => true);
  await start(children, server, answers(server, `http://localhost:${settings.port}/readyz`));
  process.stdout.write(banner(settings, { scripts: operators(), ownerLink: await ownerLink(settings) }));
  return Promise.race(children.map(endedEarly));
}

/** How somebody becomes the shop's owner, as it tells on the sandbox until there is one. */
async function ownerLink({ port }: StartSettings): Promise<string | null> {
  const url = `http://localhost:${port}/api/operators/owner-link`;
  const reply = await fetch(url, { signal: AbortSignal.timeout(5_000) });
  return reply.ok ? ((await reply.json()) as { link: string | null }).link : null;
}

function sandboxChild(port: number, keys: SandboxKeys, shopPort: number): Child {
  const webhook = `http://127.0.0.1:${shopPort}/api/webhooks/stripe`;
  const parameters = [
    '--db',
    'data/sandbox.db',
    '--port',
    String(port),
    '--webhook',
    webhook,
    '--secret',
    keys.webhookSecret,
  ];
  const everything = process.env.LOG_LEVEL === 'info' || process.env.LOG_LEVEL === 'debug';
  return new Child('The sandbox', ['sandbox/src/main.ts', ...parameters], process.env, () => everything);
}

/** Fills the catalogue where it is empty; on every later start it finds nothing to do. A shop that takes real money sells its own things. */
async function seed(children: Child[], env: NodeJS.ProcessEnv): Promise<void> {
  if (/^(sk|rk)_live_/.test(env.STRIPE_SECRET_KEY ?? '')) return;
  const program = 'tools/seed/main.ts';
  const child = new Child('Filling the catalogue', [program], env, () => false);
  children.push(child);
  const reason = await child.ended;
  children.pop();
  if (reason !== 'it ended with code 0')
    throw new Error(`${child.lastWords}\nThe catalogue could not be filled: ${reason}.`);
}

async function start(children: Child[], child: Child, ready: Promise<unknown>): Promise<void> {
  children.push(child);
  await Promise.race([ready, ...children.map(endedEarly)]);
}

async function endedEarly(child: Child): Promise<never> {
  const reason = await child.ended;
  throw new Error(`${child.lastWords}\n${child.name} is no longer running: ${reason}.`.trimStart());
}

async function answers(child: Child, url: string): Promise<void> {
  const deadline = performance.now() + readyLimit;
  while (performance.now() < deadline) {
    const reply = await fetch(url, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined);
    await reply?.body?.cancel();
    if (reply?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${child.lastWords}\n${child.name} does not answer at ${url}.`);
}

/** A second Ctrl-C while stopping changes nothing: the first is already as fast as it is safe. */
function stopRequest(): Promise<void> {
  const parent = process.ppid;
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve());
    // npm passes a signal on to its shell, which dies of it without telling us.
    if (process.env.npm_lifecycle_event) setInterval(() => process.ppid !== parent && resolve(), 500).unref();
  });
}

function requireNode(): void {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < 24)
    throw new Error(
      `Paydesk needs Node 24 or newer; this is ${process.version}. "npm ci" brings the right one on Linux.`,
    );
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

await runCommand(main);
