import type { ShopConfig } from '@paydesk/contract/config';
import type { Shop } from './app/ports.ts';
import type { Database } from './db/database.ts';
import { listCountries } from './db/rates.ts';
import { settingOrElse } from './db/settings.ts';
import type { Env } from './env.ts';

const stripeJs = 'https://js.stripe.com/endive/stripe.js';

/** The shop as the use cases know it. Rates are read once: a change of them asks for a restart. */
export async function readShop(env: Env, database: Database): Promise<Shop> {
  const countries = await listCountries(database.read);
  return {
    name: env.shopName,
    currency: env.currency,
    country: env.country,
    timezone: env.timezone ?? (await settingOrElse(database, 'timezone', zoneOfProcess)),
    frontendUrl: env.frontendUrl,
    countries: new Map(countries.map((country) => [country.code, country])),
    holdFor: env.holdFor,
    longHoldFor: env.longHoldFor,
    seller: env.seller,
    operatorEmail: env.mail.operators,
  };
}

/** Kept once for all processes, because each machine may have another: the days of a shop are the same everywhere. */
function zoneOfProcess(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** The shop as everybody may know it. */
export function publicConfig(env: Env, shop: Shop): ShopConfig {
  const { apiBase, live, publishableKey } = env.stripe;
  return {
    shopName: shop.name,
    currency: shop.currency,
    country: shop.country,
    countries: [...shop.countries.values()].map(({ code, name }) => ({ code, name })),
    flows: ['elements', 'hosted', ...(env.transferAccount ? (['transfer'] as const) : [])],
    publishableKey,
    stripeJsUrl: apiBase === null ? stripeJs : `${apiBase}/endive/stripe.js`,
    sandbox: !live,
    sandboxUrl: apiBase,
    mailbox: hasMailbox(env),
  };
}

/** Whether mail is shown to whoever asks: only where no real customer can be, on the sandbox, and nobody was named to send it. */
export function hasMailbox(env: Env): boolean {
  return env.stripe.apiBase !== null && env.mail.smtpUrl === null;
}

/** Where a payment can be looked at: on the sandbox's page, or in Stripe's dashboard. */
export function dashboardBase(env: Env): string {
  if (env.stripe.apiBase !== null) return `${env.stripe.apiBase}/payments`;
  return env.stripe.live
    ? 'https://dashboard.stripe.com/payments'
    : 'https://dashboard.stripe.com/test/payments';
}
