import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

export type SandboxKeys = { secretKey: string; publishableKey: string; webhookSecret: string };

/** How the shop runs here: on the sandbox that comes with it, or on the Stripe account whose key was given. */
export type StartSettings = {
  port: number;
  shopUrl: string;
  /** E-mails are not sent but shown on a page of the shop. */
  mailbox: boolean;
  sandbox: { port: number; url: string } | undefined;
};

/** Reads the settings this command needs. The server reads and checks all the others itself. Throws with the name of a setting that is wrong. */
export function readSettings(env: NodeJS.ProcessEnv): StartSettings {
  const port = readPort(env, 'PORT', 3000);
  const shopUrl = env.FRONTEND_URL || `http://localhost:${port}`;
  if (env.STRIPE_SECRET_KEY !== undefined) return { port, shopUrl, mailbox: false, sandbox: undefined };
  const sandboxPort = readPort(env, 'SANDBOX_PORT', 12111);
  if (sandboxPort === port)
    throw new Error(`PORT and SANDBOX_PORT are both ${port}. Give one of them another number.`);
  // The number, not the name: to a browser the sandbox is then another site than the shop, as Stripe is.
  const url = `http://127.0.0.1:${sandboxPort}`;
  const mailbox = env.SMTP_URL === undefined;
  return { port, shopUrl, mailbox, sandbox: { port: sandboxPort, url } };
}

/** The environment of the server: what was set, and where its Stripe is. */
export function serverEnvironment(
  env: NodeJS.ProcessEnv,
  { port, shopUrl, sandbox }: StartSettings,
  keys: SandboxKeys | undefined,
): NodeJS.ProcessEnv {
  const shop = { ...env, PORT: String(port), FRONTEND_URL: shopUrl, LOG_LEVEL: env.LOG_LEVEL || 'warn' };
  if (!sandbox || !keys) return shop;
  return {
    ...shop,
    STRIPE_SECRET_KEY: keys.secretKey,
    STRIPE_PUBLISHABLE_KEY: keys.publishableKey,
    STRIPE_WEBHOOK_SECRET: keys.webhookSecret,
    STRIPE_API_BASE: sandbox.url,
  };
}

function readPort(env: NodeJS.ProcessEnv, name: string, standard: number): number {
  const text = env[name] || String(standard);
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port < 1 || port > 65_535) throw new Error(`${name} is a port number from 1 to 65535, not "${text}".`);
  return port;
}

/** The keys of the sandbox, made once and kept in `keysFile`, readable by the owner only as real keys would be. Throws where that file is broken. */
export async function sandboxKeys(keysFile: string): Promise<SandboxKeys> {
  const kept = await readFile(keysFile, 'utf8').catch(() => undefined);
  if (kept !== undefined) return parseKeys(kept, keysFile);
  const secret = (): string => randomBytes(24).toString('hex');
  const keys: SandboxKeys = {
    secretKey: `sk_test_${secret()}`,
    publishableKey: `pk_test_${secret()}`,
    webhookSecret: `whsec_${secret()}`,
  };
  await mkdir(dirname(keysFile), { recursive: true });
  await writeFile(keysFile, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600 });
  return keys;
}

function parseKeys(text: string, keysFile: string): SandboxKeys {
  try {
    const { secretKey, publishableKey, webhookSecret } = JSON.parse(text) as SandboxKeys;
    const whole =
      secretKey.startsWith('sk_test_') &&
      publishableKey.startsWith('pk_test_') &&
      webhookSecret.startsWith('whsec_');
    if (whole) return { secretKey, publishableKey, webhookSecret };
  } catch {
    // Told below, like every other way in which the file can be wrong.
  }
  throw new Error(`${keysFile} cannot be read. Delete it, and new keys for the sandbox are made.`);
}
