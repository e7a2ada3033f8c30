import { expireNow } from './app/expire-now.ts';
import { checkMail } from './app/health/check-mail.ts';
import { checkProvider } from './app/health/check-provider.ts';
import { OutsideHealth } from './app/health/outside.ts';
import type { HealthDesk } from './app/health/report.ts';
import type { App } from './app/ports.ts';
import type { Finding } from './domain/health.ts';
import type { Env } from './env.ts';
import { type Lab, openLab } from './lab/lab.ts';
import { tryMailServer } from './mail/smtp.ts';
import { hasMailbox, judgedSettings } from './shop.ts';

/** Longest silence of a mail server that is asked for a page, in milliseconds. */
const silence = 4_000;

/** What the page about the shop's health is made from. */
export function healthDesk(app: App, env: Env): HealthDesk {
  return {
    outside: new OutsideHealth(() => askOthers(app, env), app.clock),
    settings: judgedSettings(env),
  };
}

/** The failure lab; null where no sandbox stands in the provider's place. */
export function failureLab(app: App, { stripe }: Env): Lab | null {
  const { apiBase: url, secretKey, publishableKey } = stripe;
  if (url === null) return null;
  return openLab(
    { url, secretKey, publishableKey },
    {
      now: () => app.clock.now(),
      key: () => app.ids.next('lab'),
      expire: (orderId) => expireNow(app, orderId),
    },
  );
}

async function askOthers(app: App, env: Env): Promise<Finding[]> {
  const { live, apiBase: sandboxUrl } = env.stripe;
  const connection = { live, sandboxUrl, frontendUrl: env.frontendUrl };
  const providers = [...app.providers.values()].flatMap(({ health }) =>
    health === null ? [] : [checkProvider(health, connection, app.clock)],
  );
  const { smtpUrl } = env.mail;
  const mail = checkMail({
    host: smtpUrl === null ? null : new URL(smtpUrl).host,
    hasMailbox: hasMailbox(env),
    live,
    tryServer: () => tryMailServer(smtpUrl ?? '', silence),
  });
  const findings = await Promise.all([...providers, mail.then((finding) => [finding])]);
  return findings.flat();
}
