import type { ShopConfig } from '@paydesk/contract/config';
import { type PaymentFlow, paymentFlows } from '@paydesk/contract/payments';
import type { JudgedSettings } from './app/health/judge-settings.ts';
import { type Resolve, type SettingName, type Shop, ShopKeeper } from './app/shop-keeper.ts';
import type { Database } from './db/database.ts';
import { settingOrElse } from './db/settings.ts';
import type { StoredSettings } from './db/shop-settings.ts';
import type { Env } from './env.ts';

const stripeJs = 'https://js.stripe.com/endive/stripe.js';
const minute = 60_000;
const day = 86_400_000;

/** The variable that sets each setting for good, once it is in the environment. */
const variables: Record<SettingName, string> = {
  name: 'SHOP_NAME',
  seller: 'SHOP_SELLER',
  operatorEmail: 'OPERATOR_EMAIL',
  account: 'BANK_TRANSFER_ACCOUNT',
  holdMinutes: 'HOLD_MINUTES',
  longHoldDays: 'LONG_HOLD_DAYS',
};

/** Opens the shop as environment and database describe it. */
export async function openShop(env: Env, database: Database): Promise<ShopKeeper> {
  const timezone = env.timezone ?? (await settingOrElse(database, 'timezone', zoneOfProcess));
  const resolve: Resolve = (stored) => {
    const shop = { ...shopOf(env, stored), timezone };
    return { shop, config: publicConfig(env, shop) };
  };
  const setBy = Object.fromEntries(Object.entries(variables).filter(([, name]) => env.explicit.has(name)));
  return await ShopKeeper.open(database, { resolve, setBy });
}

/** What the environment sets is for good; below it comes what was stored, then the defaults, which may follow the name. */
export function shopOf(env: Env, { shop, payments, countries }: StoredSettings): Shop {
  const settled = <T>(setting: SettingName, fromEnv: T, stored: T | undefined, fallback = fromEnv): T => {
    if (env.explicit.has(variables[setting])) return fromEnv;
    return stored === undefined ? fallback : stored;
  };
  const { values } = shop;
  const name = settled('name', env.shopName, values.name);
  const hold = (minutes: number | undefined, unit: number) =>
    minutes === undefined ? undefined : minutes * unit;
  const holder = env.explicit.has('BANK_TRANSFER_HOLDER') ? {} : { accountHolder: name };
  const account = env.transferAccount && { ...env.transferAccount, ...holder };
  const transferAccount = settled('account', account, payments.values.account);
  return {
    name,
    currency: env.currency,
    country: env.country,
    timezone: env.timezone ?? zoneOfProcess(),
    frontendUrl: env.frontendUrl,
    countries: new Map(countries.map((country) => [country.code, country])),
    holdFor: settled('holdMinutes', env.holdFor, hold(payments.values.holdMinutes, minute)),
    longHoldFor: settled('longHoldDays', env.longHoldFor, hold(payments.values.longHoldDays, day)),
    seller: settled('seller', env.seller, values.seller, [name]),
    operatorEmail: settled('operatorEmail', env.mail.operators, values.operatorEmail),
    flows: offered(payments.values.flows, transferAccount !== null),
    transferAccount,
  };
}

/** All that can be, in our order, unless fewer were chosen. A transfer needs an account, whatever was chosen when there was one. */
function offered(chosen: readonly PaymentFlow[] | undefined, hasAccount: boolean): PaymentFlow[] {
  const possible = paymentFlows.filter((flow) => flow !== 'transfer' || hasAccount);
  const flows = possible.filter((flow) => chosen === undefined || chosen.includes(flow));
  return flows.length > 0 ? flows : possible;
}

/** Kept once for all processes, because each machine may have another: the days of a shop are the same everywhere. */
function zoneOfProcess(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** The shop as everybody may know it. */
function publicConfig(env: Env, shop: Shop): ShopConfig {
  const { apiBase, live, publishableKey } = env.stripe;
  const countries = [...shop.countries.values()].map(({ code, name }) => ({ code, name }));
  return {
    shopName: shop.name,
    currency: shop.currency,
    country: shop.countries.has(shop.country) ? shop.country : (countries[0]?.code ?? shop.country),
    countries,
    flows: [...shop.flows],
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

/** What the doctor looks at of the settings that only the environment has. */
export function judgedSettings(env: Env): Omit<JudgedSettings, 'operatorEmail' | 'seller'> {
  return {
    live: env.stripe.live,
    isSandbox: env.stripe.apiBase !== null,
    frontendUrl: env.frontendUrl,
    hasOperatorToken: env.operatorToken !== null,
    smtpUrl: env.mail.smtpUrl,
    mailFrom: env.mail.from,
  };
}

/** Where a payment can be looked at: on the sandbox's page, or in Stripe's dashboard. */
export function dashboardBase(env: Env): string {
  if (env.stripe.apiBase !== null) return `${env.stripe.apiBase}/payments`;
  return env.stripe.live
    ? 'https://dashboard.stripe.com/payments'
    : 'https://dashboard.stripe.com/test/payments';
}
