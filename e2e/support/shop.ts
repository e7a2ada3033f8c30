import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../tools/ports.ts';
import { RunningProgram, runToEnd } from './process.ts';

export type ShopOptions = {
  /** `postgres://…` of an empty database. Without it the shop gets a SQLite file of its own. */
  databaseUrl?: string;
  /** Further settings of the server, over those that are made here. */
  env?: Record<string, string>;
  /** Further parameters of the sandbox, such as `--retry-scale`. */
  sandboxParameters?: string[];
  /** What the server's process does; with `web` somebody must start a worker too. */
  role?: Role;
};

export type Role = 'all' | 'web' | 'worker';

export type Shop = {
  url: string;
  sandboxUrl: string;
  databaseUrl: string;
  secretKey: string;
  webhookSecret: string;
  /** The server's process, for measuring it. */
  pid(): number;
  /** What the server wrote lately. */
  output(): string;
  /** Stops server and sandbox cleanly and removes their files. */
  stop(): Promise<void>;
  /** Ends the server as a power cut would. The sandbox goes on. */
  kill9(): Promise<void>;
  /** Starts the server again, on the same port and database. */
  restart(): Promise<void>;
  /** Starts one more process on the same database, stopped with the rest. Answers where it can be reached, if it listens. */
  startAnother(role: Role): Promise<string>;
};

/** Starts a sandbox and a seeded shop as processes of their own on free ports and waits until they can be used. */
export async function startShop({
  databaseUrl,
  env = {},
  sandboxParameters = [],
  role = 'all',
}: ShopOptions = {}): Promise<Shop> {
  const folder = await mkdtemp(join(tmpdir(), 'paydesk-shop-'));
  const settings = await makeSettings(databaseUrl ?? `sqlite:${join(folder, 'paydesk.db')}`);
  const serverEnv = { ...settings, ...env };
  const url = settings.FRONTEND_URL;
  const sandbox = startSandbox(settings, sandboxParameters);
  let server: RunningProgram | undefined;
  const others: RunningProgram[] = [];
  const start = async (): Promise<void> => {
    server = new RunningProgram('server/src/main.ts', [`--role=${role}`], serverEnv);
    await server.answers(`${url}/readyz`);
  };
  const startAnother = async (otherRole: Role): Promise<string> => {
    const port = String(await freePort());
    const other = new RunningProgram('server/src/main.ts', [`--role=${otherRole}`], {
      ...serverEnv,
      PORT: port,
    });
    others.push(other);
    const otherUrl = `http://localhost:${port}`;
    await (otherRole === 'worker' ? other.speaks() : other.answers(`${otherUrl}/readyz`));
    return otherUrl;
  };
  const stop = async (): Promise<void> => {
    const endings = await Promise.allSettled([
      server?.stop(),
      ...others.map((other) => other.stop()),
      sandbox.stop(),
    ]);
    await rm(folder, { recursive: true, force: true });
    for (const ending of endings) if (ending.status === 'rejected') throw ending.reason;
  };
  try {
    await sandbox.speaks();
    await runToEnd('tools/seed/main.ts', [], serverEnv);
    await start();
  } catch (error) {
    await stop().catch(() => {});
    throw error;
  }
  return {
    url,
    sandboxUrl: settings.STRIPE_API_BASE,
    databaseUrl: settings.DATABASE_URL,
    secretKey: settings.STRIPE_SECRET_KEY,
    webhookSecret: settings.STRIPE_WEBHOOK_SECRET,
    pid: () => server?.pid ?? 0,
    output: () => server?.output ?? '',
    stop,
    kill9: async () => server?.kill9(),
    restart: start,
    startAnother,
  };
}

async function makeSettings(databaseUrl: string) {
  const port = await freePort();
  return {
    PORT: String(port),
    // Another host name than the sandbox's: they are different sites to the browser, as a shop and Stripe are.
    FRONTEND_URL: `http://localhost:${port}`,
    DATABASE_URL: databaseUrl,
    STRIPE_SECRET_KEY: `sk_test_${randomBytes(24).toString('hex')}`,
    STRIPE_PUBLISHABLE_KEY: `pk_test_${randomBytes(24).toString('hex')}`,
    STRIPE_WEBHOOK_SECRET: `whsec_${randomBytes(24).toString('hex')}`,
    STRIPE_API_BASE: `http://127.0.0.1:${await freePort()}`,
    LOG_LEVEL: 'info',
  };
}

function startSandbox(settings: Awaited<ReturnType<typeof makeSettings>>, further: string[]): RunningProgram {
  const port = new URL(settings.STRIPE_API_BASE).port;
  const webhook = `${settings.FRONTEND_URL}/api/webhooks/stripe`;
  const parameters = [
    '--port',
    port,
    '--db',
    'memory',
    '--webhook',
    webhook,
    '--secret',
    settings.STRIPE_WEBHOOK_SECRET,
  ];
  return new RunningProgram('sandbox/src/main.ts', [...parameters, ...further], {});
}
