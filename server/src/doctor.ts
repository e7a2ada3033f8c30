import { parseArgs } from 'node:util';
import { checkDatabase } from './app/health/check-database.ts';
import { checkMail } from './app/health/check-mail.ts';
import { checkProvider } from './app/health/check-provider.ts';
import { judgeNode } from './app/health/judge-node.ts';
import { judgeParsing, judgeSettings } from './app/health/judge-settings.ts';
import { judgeWork } from './app/health/judge-work.ts';
import { readWorkFacts } from './app/health/work-facts.ts';
import type { PaymentProvider } from './app/ports.ts';
import type { Shop } from './app/shop-keeper.ts';
import type { Database } from './db/database.ts';
import { openExistingDatabase } from './db/dialect.ts';
import { readStoredSettings } from './db/shop-settings.ts';
import { type Finding, fail, skipped, warn, worstOf } from './domain/health.ts';
import { type Env, readEnv, wrongSettings } from './env.ts';
import { systemClock } from './identity.ts';
import { tryMailServer } from './mail/smtp.ts';
import { stripeProvider } from './providers/stripe/provider.ts';
import { hasMailbox, judgedSettings, shopOf } from './shop.ts';

const usage = `Usage: npm run doctor [-- --json]

Looks at everything that this shop needs: Node.js, settings, database, disk, Stripe and its webhook endpoint, the clock,
the mail server and the shop's own work, and says what to do about what is wrong. Works beside a running shop and
without one, and changes nothing. Settings come from the environment, as for the shop.

  --json   one JSON object instead of the table

Ends with 0 when nothing fails, warnings or not, with 1 when something does, with 2 when it was called wrongly.
docs/operating.md has a paragraph for each.
`;

/** Longest silence of whoever is asked, and longest time for all questions of one group, in milliseconds. */
const silence = 4_000;
const patience = 9_000;

const columns = { name: 18, verdict: 9 };

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) return void process.stdout.write(usage);
  const start = systemClock.now();
  const checks = await diagnose();
  const seconds = (systemClock.now() - start) / 1_000;
  const verdict = worstOf(checks);
  process.stdout.write(
    values.json ? `${JSON.stringify({ verdict, seconds, checks })}\n` : table(checks, seconds),
  );
  // Somebody who was asked and still says nothing must not keep this open.
  process.exit(verdict === 'fail' ? 1 : 0);
}

async function diagnose(): Promise<Finding[]> {
  const wrong = wrongSettings();
  const first = [judgeNode(process.versions.node), ...judgeParsing(wrong)];
  if (wrong.length > 0) return [...first, skipped('all else', 'The settings have to be right first.')];
  const env = readEnv();
  const stripe = stripeProvider({ ...env.stripe, dashboardBase: null });
  const groups = await Promise.all([
    inTime('database', examineDatabase(env, stripe)),
    inTime('Stripe', examineStripe(env, stripe)),
    inTime('mail server', examineMail(env)),
  ]);
  return [...first, ...groups.flat()];
}

async function examineDatabase(env: Env, stripe: PaymentProvider): Promise<Finding[]> {
  const database = open(env.databaseUrl);
  const alone = judgeSettings(settingsOf(env, null));
  if ('verdict' in database)
    return [...alone, database, skipped('work', 'There is no database to look into.')];
  try {
    const { findings, isReadable } = await checkDatabase(database);
    if (!isReadable)
      return [...alone, ...findings, skipped('work', 'The database cannot be read by this version.')];
    const shop = shopOf(env, await readStoredSettings(database.read));
    const providers = new Map([[stripe.name, stripe]]);
    const facts = await readWorkFacts({ database, clock: systemClock, providers });
    return [...judgeSettings(settingsOf(env, shop)), ...findings, ...judgeWork(facts, systemClock.now())];
  } finally {
    await database.close();
  }
}

function open(url: string): Database | Finding {
  const todo = 'Set DATABASE_URL right.';
  try {
    return openExistingDatabase(url, { poolSize: 2, statementTimeout: silence });
  } catch (error) {
    const { message } = error as Error;
    return message.startsWith('There is no database')
      ? warn('database', message, `The first start makes it. If this shop has sold before: ${todo}`)
      : fail('database', message, todo);
  }
}

async function examineStripe(env: Env, { health }: PaymentProvider): Promise<Finding[]> {
  const { live, apiBase: sandboxUrl } = env.stripe;
  const connection = { live, sandboxUrl, frontendUrl: env.frontendUrl };
  return health === null ? [] : await checkProvider(health, connection, systemClock);
}

async function examineMail(env: Env): Promise<Finding[]> {
  const { smtpUrl } = env.mail;
  const finding = await checkMail({
    host: smtpUrl === null ? null : new URL(smtpUrl).host,
    hasMailbox: hasMailbox(env),
    live: env.stripe.live,
    tryServer: () => tryMailServer(smtpUrl ?? '', silence),
  });
  return [finding];
}

/** @param shop what was set in the back office over what the environment says; null where nobody could read it */
function settingsOf(env: Env, shop: Shop | null) {
  return {
    ...judgedSettings(env),
    operatorEmail: shop ? shop.operatorEmail : env.mail.operators,
    seller: shop ? shop.seller : env.seller,
  };
}

/** What could not be looked at, or not in time, is a finding as well. */
async function inTime(name: string, findings: Promise<Finding[]>): Promise<Finding[]> {
  const late = Promise.withResolvers<Finding[]>();
  const again = 'Run npm run doctor again; where it stays so, look at the host that was asked.';
  AbortSignal.timeout(patience).addEventListener('abort', () =>
    late.resolve([fail(name, `Nobody answered within ${patience / 1_000} seconds.`, again)]),
  );
  const failed = (error: unknown) => [
    fail(name, `It could not be looked at: ${(error as Error).message}`, again),
  ];
  return await Promise.race([findings.catch(failed), late.promise]);
}

function table(checks: readonly Finding[], seconds: number): string {
  const lines = checks.flatMap(({ name, verdict, found, todo }) => [
    `${name.padEnd(columns.name)}${verdict.padEnd(columns.verdict)}${found}`,
    ...(todo === null ? [] : [`${' '.repeat(columns.name)}do:      ${todo}`]),
  ]);
  const count = (wanted: Finding['verdict']) => checks.filter(({ verdict }) => verdict === wanted).length;
  const end =
    worstOf(checks) === 'ok' ? 'All is well.' : `${count('fail')} failed, ${count('warn')} to be looked at.`;
  return `${lines.join('\n')}\n\n${end} (${checks.length} checks, ${seconds.toFixed(1)} s)\n`;
}

main().catch((error: unknown) => {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exit(2);
});
