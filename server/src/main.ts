import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { unsupportedNode } from './app/health/judge-node.ts';
import { composeApp, followSettings, type Log, type Stop, startJobs, startServer } from './compose.ts';
import { EnvError, readEnv } from './env.ts';
import { systemClock } from './identity.ts';

const roles = ['all', 'web', 'worker'] as const;
type Role = (typeof roles)[number];

const usage = `Usage: node server/src/main.ts [--role=all|web|worker]

  all     pages, API, webhooks and background jobs in one process (the default)
  web     pages, API and webhooks; any number of these may share one PostgreSQL
  worker  background jobs: inbox and outbox; any number, also beside "all"

Settings come from the environment; docs/operating.md explains each.
`;

async function main(): Promise<void> {
  requireNode();
  const role = readRole();
  const env = readEnv();
  const log: Log = pino({ level: env.logLevel, base: { role } }, bufferedOutput());
  const app = await composeApp(env, log, systemClock);
  const stops: Stop[] = [() => app.database.close()];
  await app.live.start();
  stops.unshift(async () => app.mailer.close());
  stops.unshift(() => app.live.stop());
  stops.unshift(followSettings(app, log));
  if (role !== 'web') stops.unshift(startJobs(app));
  if (role !== 'worker') stops.unshift((await startServer(app, env, log)).stop);
  stopOnSignal(log, stops);
  log.info({ sandbox: env.stripe.apiBase, live: env.stripe.live }, 'ready');
}

/** A write for each line would cost more than most requests, so lines travel together, at most a tenth of a second late. */
function bufferedOutput(): ReturnType<typeof pino.destination> {
  const output = pino.destination({ sync: false, minLength: 8_192 });
  setInterval(() => output.flush(), 100).unref();
  process.on('exit', () => output.flushSync());
  return output;
}

function requireNode(): void {
  const problem = unsupportedNode(process.versions.node);
  if (problem !== null) throw new EnvError(`${problem} Start it with npm start.`);
}

function readRole(): Role {
  const { values } = parseArgs({
    options: { role: { type: 'string', default: 'all' }, help: { type: 'boolean' } },
  });
  if (values.help) {
    process.stdout.write(usage);
    process.exit(0);
  }
  const role = roles.find((known) => known === values.role);
  if (!role) throw new EnvError(`There is no role "${values.role}". Use ${roles.join(', ')}.`);
  return role;
}

/** Stops taking requests, lets running ones and jobs finish, then closes the database. A second signal does not wait. */
function stopOnSignal(log: Log, stops: Stop[]): void {
  let stopping = false;
  const stop = async (signal: string): Promise<void> => {
    if (stopping) process.exit(1);
    stopping = true;
    log.info({ signal }, 'stopping');
    for (const each of stops) await each();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => void stop(signal));
}

/** A setting, a port or a database that cannot be used ends the start with one line a person understands. */
main().catch((error: unknown) => {
  const { code, message, port } = error as { code?: string; message: string; port?: number };
  process.stderr.write(
    code === 'EADDRINUSE' ? `Port ${port} is taken. Set PORT to another one.\n` : `${message}\n`,
  );
  process.exit(1);
});
