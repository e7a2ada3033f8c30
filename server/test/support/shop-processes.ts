import { RunningProgram } from '../../../e2e/support/process.ts';
import { type Sandbox, startSandbox } from '../../../sandbox/src/server.ts';
import { freePort } from '../../../tools/ports.ts';
import type { Database } from '../../src/db/database.ts';
import { openDatabase } from '../../src/db/dialect.ts';
import { type Kind, makeDatabase, shopSettings, webhookSecret } from './shop.ts';
import { StripeLine } from './stripe-line.ts';

const main = 'server/src/main.ts';

/** One of the shop's processes; it keeps its port when it is started again. */
export type Process = {
  url: string;
  output(): string;
  start(): Promise<void>;
  /** Ends it as a power cut would. */
  kill9(): Promise<void>;
  stop(): Promise<void>;
};

export type ShopProcesses = {
  sandbox: Sandbox;
  /** What the sandbox's notifications pass through on their way to the first process. */
  notifications: StripeLine;
  /** A look into the shop's database from outside. */
  database: Database;
  /** The same, by the name that the checks of the books use. */
  sandboxUrl: string;
  processes: Process[];
  stop(): Promise<void>;
};

/** The shop as it runs in production, one process per role, on one database and one sandbox. The first gets the webhooks. */
export async function startShopProcesses(
  kind: Kind,
  roles: ('all' | 'web' | 'worker')[],
): Promise<ShopProcesses> {
  const stored = await makeDatabase(kind);
  const notifications = new StripeLine();
  const ports = await freePorts(roles.length);
  const inbound = await notifications.connectTo(`http://127.0.0.1:${ports[0]}`);
  const sandbox = await startSandbox({
    webhook: { url: `${inbound}/api/webhooks/stripe`, secret: webhookSecret },
    // Five minutes between the first two deliveries become thirty milliseconds, three days of them half a minute.
    settings: { charge_updated_delay_ms: 50, retry_scale: 10_000 },
  });
  const frontendUrl = `http://127.0.0.1:${ports[0]}`;
  const env = (port: number) => ({
    ...shopSettings({ port, frontendUrl, databaseUrl: stored.url, stripe: sandbox.url }),
    LOG_LEVEL: 'info',
  });
  const processes = roles.map((role, index) => makeProcess(role, ports[index]!, env(ports[index]!)));
  await Promise.all(processes.map((process) => process.start()));
  const database = openDatabase(stored.url, { poolSize: 4 });
  const stop = async () => {
    await Promise.all(processes.map((process) => process.stop()));
    await sandbox.close();
    await notifications.close();
    await database.close();
    await stored.remove();
  };
  return { sandbox, notifications, database, sandboxUrl: sandbox.url, processes, stop };
}

async function freePorts(count: number): Promise<number[]> {
  const ports = new Set<number>();
  while (ports.size < count) ports.add(await freePort());
  return [...ports];
}

function makeProcess(role: string, port: number, env: Record<string, string>): Process {
  const url = `http://127.0.0.1:${port}`;
  let program: RunningProgram | null = null;
  return {
    url,
    output: () => program?.output ?? '',
    start: async () => {
      program = new RunningProgram(main, [`--role=${role}`], env);
      if (role === 'worker') await program.speaks();
      else await program.answers(`${url}/readyz`);
    },
    kill9: async () => await program?.kill9(),
    stop: async () => await program?.stop(),
  };
}
