import { describe, expect, it } from 'vitest';
import { EnvError, readEnv } from '../../src/env.ts';

type Source = Record<string, string>;

const testKeys: Source = {
  STRIPE_SECRET_KEY: 'sk_test_1234567890',
  STRIPE_PUBLISHABLE_KEY: 'pk_test_1234567890',
  STRIPE_WEBHOOK_SECRET: 'whsec_1234567890',
};
const liveKeys: Source = {
  ...testKeys,
  STRIPE_SECRET_KEY: 'sk_live_1234567890',
  STRIPE_PUBLISHABLE_KEY: 'pk_live_1234567890',
  FRONTEND_URL: 'https://shop.example',
};
const loopbackOnly = 'STRIPE_API_BASE must be an address of this machine, such as http://127.0.0.1:12111.';

describe('a start without any setting', () => {
  it('runs on the sandbox, on this machine only, without limits', () => {
    expect(readEnv({})).toMatchObject({
      host: '127.0.0.1',
      port: 3000,
      frontendUrl: 'http://localhost:3000',
      databaseUrl: 'sqlite:data/paydesk.db',
      currency: 'usd',
      holdFor: 3_600_000,
      trustProxy: false,
      stripe: { live: false, apiBase: 'http://127.0.0.1:12111', webhookSecret: 'whsec_paydesk_sandbox' },
      limits: {
        ordersPerMinute: 0,
        paymentsPerMinute: 0,
        unpaidOrdersPerEmail: 0,
        failedPaymentsPerOrder: 0,
      },
    });
  });

  it('finds the sandbox on the port it was given', () => {
    expect(readEnv({ SANDBOX_PORT: '4000' }).stripe.apiBase).toBe('http://127.0.0.1:4000');
  });
});

describe('a start with real keys', () => {
  it('talks to Stripe itself and may be reached from other machines', () => {
    expect(readEnv(testKeys)).toMatchObject({ host: '0.0.0.0', stripe: { live: false, apiBase: null } });
  });

  it('takes restricted keys as well', () => {
    const source = { ...liveKeys, STRIPE_SECRET_KEY: 'rk_live_1234567890' };
    expect(readEnv(source).stripe).toMatchObject({ live: true, secretKey: 'rk_live_1234567890' });
  });

  it('limits orders, payments, unpaid orders and failed cards when real money moves', () => {
    expect(readEnv(liveKeys).limits).toEqual({
      ordersPerMinute: 10,
      paymentsPerMinute: 5,
      unpaidOrdersPerEmail: 3,
      failedPaymentsPerOrder: 10,
    });
    expect(readEnv({ ...liveKeys, LIMIT_ORDERS_PER_MINUTE: '0' }).limits.ordersPerMinute).toBe(0);
    expect(readEnv({ ...testKeys, LIMIT_ORDERS_PER_MINUTE: '7' }).limits.ordersPerMinute).toBe(7);
  });

  it('drops what stands behind the host in the address customers use', () => {
    expect(readEnv({ FRONTEND_URL: 'https://shop.example:8443/path/?a=b' }).frontendUrl).toBe(
      'https://shop.example:8443',
    );
  });
});

describe('a start is refused with one sentence', () => {
  it.each<[string, Source, string]>([
    [
      'when the secret key is empty',
      { ...testKeys, STRIPE_SECRET_KEY: '' },
      'STRIPE_SECRET_KEY is empty. Set it, or leave it out to run on the sandbox.',
    ],
    [
      'when the secret key is blank',
      { ...testKeys, STRIPE_SECRET_KEY: ' \t' },
      'STRIPE_SECRET_KEY is empty. Set it, or leave it out to run on the sandbox.',
    ],
    [
      'when the webhook secret is empty',
      { ...testKeys, STRIPE_WEBHOOK_SECRET: '' },
      'STRIPE_WEBHOOK_SECRET is empty. Set it, or leave it out to run on the sandbox.',
    ],
    [
      'when the webhook secret is blank on the sandbox',
      { STRIPE_WEBHOOK_SECRET: ' ' },
      'STRIPE_WEBHOOK_SECRET is empty. Set it, or leave it out to run on the sandbox.',
    ],
    [
      'when the publishable key is empty',
      { ...testKeys, STRIPE_PUBLISHABLE_KEY: '' },
      'STRIPE_PUBLISHABLE_KEY is empty. Set it, or leave it out to run on the sandbox.',
    ],
    [
      'when the publishable key is missing',
      without(testKeys, 'STRIPE_PUBLISHABLE_KEY'),
      'STRIPE_PUBLISHABLE_KEY is missing: with STRIPE_SECRET_KEY it must be set too.',
    ],
    [
      'when the webhook secret is missing',
      without(testKeys, 'STRIPE_WEBHOOK_SECRET'),
      "STRIPE_WEBHOOK_SECRET is missing: an endpoint's signing secret, whsec_….",
    ],
    [
      'when the webhook secret is not one',
      { ...testKeys, STRIPE_WEBHOOK_SECRET: 'secret' },
      "STRIPE_WEBHOOK_SECRET must be an endpoint's signing secret, whsec_….",
    ],
    [
      'when the webhook secret is too short',
      { ...testKeys, STRIPE_WEBHOOK_SECRET: 'whsec_1' },
      "STRIPE_WEBHOOK_SECRET must be an endpoint's signing secret, whsec_….",
    ],
    [
      'when the secret key is not one',
      { ...testKeys, STRIPE_SECRET_KEY: 'hello' },
      'STRIPE_SECRET_KEY does not look like a Stripe key.',
    ],
    [
      'when the keys are swapped',
      { ...testKeys, STRIPE_SECRET_KEY: 'pk_test_1234567890' },
      'STRIPE_SECRET_KEY does not look like a Stripe key.',
    ],
    [
      'when the secret key has a line break',
      { ...testKeys, STRIPE_SECRET_KEY: 'sk_test_12\n34' },
      'STRIPE_SECRET_KEY does not look like a Stripe key.',
    ],
    [
      'when the publishable key is a secret one',
      { ...testKeys, STRIPE_PUBLISHABLE_KEY: 'sk_test_1234567890' },
      'STRIPE_PUBLISHABLE_KEY does not look like a Stripe key.',
    ],
    [
      'when a live key meets a test key',
      { ...liveKeys, STRIPE_PUBLISHABLE_KEY: 'pk_test_1234567890' },
      'STRIPE_SECRET_KEY and STRIPE_PUBLISHABLE_KEY are of different modes: one is live, one is a test key.',
    ],
    [
      'when a test key meets a live key',
      { ...testKeys, STRIPE_PUBLISHABLE_KEY: 'pk_live_1234567890' },
      'STRIPE_SECRET_KEY and STRIPE_PUBLISHABLE_KEY are of different modes: one is live, one is a test key.',
    ],
    [
      'when a live key would go to a sandbox',
      { ...liveKeys, STRIPE_API_BASE: 'http://127.0.0.1:12111' },
      'STRIPE_API_BASE is for the sandbox; a live key must not be sent there.',
    ],
    [
      'when live customers would come over plain http',
      { ...liveKeys, FRONTEND_URL: 'http://shop.example' },
      'FRONTEND_URL must begin with https:// when a live Stripe key is set.',
    ],
    [
      'when nobody says where live customers come from',
      without(liveKeys, 'FRONTEND_URL'),
      'FRONTEND_URL must begin with https:// when a live Stripe key is set.',
    ],
    [
      'when the public address is none',
      { FRONTEND_URL: 'shop.example' },
      'FRONTEND_URL must be an address such as https://shop.example.',
    ],
    [
      'when the public address is a script',
      { FRONTEND_URL: 'javascript:alert(1)' },
      'FRONTEND_URL must be an address such as https://shop.example.',
    ],
    ['when the port is a word', { PORT: 'http' }, 'PORT must be a whole number from 0 to 65535.'],
    ['when the port is too large', { PORT: '65536' }, 'PORT must be a whole number from 0 to 65535.'],
    ['when the port is empty', { PORT: '' }, 'PORT must be a whole number from 0 to 65535.'],
    ['when the port is negative', { PORT: '-1' }, 'PORT must be a whole number from 0 to 65535.'],
    ['when the port has a fraction', { PORT: '80.5' }, 'PORT must be a whole number from 0 to 65535.'],
    ['when the pool is empty', { DATABASE_POOL: '0' }, 'DATABASE_POOL must be a whole number from 1 to 200.'],
    [
      'when stock would be held for no time',
      { HOLD_MINUTES: '0' },
      'HOLD_MINUTES must be a whole number from 1 to 1380.',
    ],
    [
      'when stock would be held for a day',
      { HOLD_MINUTES: '1381' },
      'HOLD_MINUTES must be a whole number from 1 to 1380.',
    ],
    [
      'when a limit is written as 1e3',
      { LIMIT_ORDERS_PER_MINUTE: '1e3' },
      'LIMIT_ORDERS_PER_MINUTE must be a whole number from 0 to 1000000.',
    ],
    ['when the currency is unknown', { SHOP_CURRENCY: 'btc' }, 'SHOP_CURRENCY btc is not supported.'],
    [
      'when the currency is a word of JavaScript',
      { SHOP_CURRENCY: 'constructor' },
      'SHOP_CURRENCY constructor is not supported.',
    ],
    [
      'when the country is not a code',
      { SHOP_COUNTRY: 'usa' },
      'SHOP_COUNTRY must be a country code such as US.',
    ],
    ['when the log level is unknown', { LOG_LEVEL: 'loud' }, 'LOG_LEVEL must be a level such as info.'],
  ])('%s', (_, source, sentence) => {
    expect(refusalOf(source)).toBe(sentence);
  });

  it.each([
    'http://169.254.169.254/latest',
    'http://10.0.0.1:12111',
    'https://api.stripe.com',
    'http://127.0.0.1.evil.example',
    'http://localhost.evil.example',
    'http://evil.example#127.0.0.1',
    'http://127.0.0.1@evil.example',
    'http://[::ffff:10.0.0.1]:12111',
    'http://0.0.0.0:12111',
    'localhost:12111',
    'file:///etc/passwd',
    '',
  ])('when Stripe would be looked for at %j', (base) => {
    expect(refusalOf({ ...testKeys, STRIPE_API_BASE: base })).toBe(loopbackOnly);
    expect(refusalOf({ STRIPE_API_BASE: base })).toBe(loopbackOnly);
  });

  it.each(['http://localhost:1', 'http://127.0.0.1:12111', 'http://127.9.9.9', 'http://[::1]:12111'])(
    'but not when the sandbox is at %s',
    (base) => {
      expect(readEnv({ ...testKeys, STRIPE_API_BASE: base }).stripe.apiBase).toBe(base);
    },
  );

  it('that never repeats a key', () => {
    for (const name of ['STRIPE_SECRET_KEY', 'STRIPE_PUBLISHABLE_KEY', 'STRIPE_WEBHOOK_SECRET']) {
      expect(refusalOf({ ...testKeys, [name]: 'canary 4711' })).not.toContain('4711');
    }
  });
});

function refusalOf(source: Source): string {
  try {
    readEnv(source);
  } catch (error) {
    if (error instanceof EnvError) return error.message;
    throw error;
  }
  return 'it started';
}

function without(source: Source, name: string): Source {
  const { [name]: _, ...rest } = source;
  return rest;
}

describe('the account for bank transfers', () => {
  it('is made up on the sandbox, plainly, and missing elsewhere until it is set', () => {
    expect(readEnv({}).transferAccount).toMatchObject({
      accountHolder: 'Larkhouse',
      iban: expect.stringMatching(/^DEMO/),
    });
    expect(readEnv(testKeys).transferAccount).toBeNull();
    expect(readEnv(liveKeys).transferAccount).toBeNull();
  });

  it('is the one that was set, in the name of the shop unless another is given', () => {
    const source = { ...liveKeys, BANK_TRANSFER_ACCOUNT: ' GB33 BUKB 2020 ', SHOP_NAME: 'Mugs' };
    expect(readEnv(source).transferAccount).toEqual({
      accountHolder: 'Mugs',
      iban: 'GB33 BUKB 2020',
      bic: null,
      bankName: null,
    });
    const all = {
      BANK_TRANSFER_HOLDER: 'Mugs Ltd',
      BANK_TRANSFER_BIC: 'BUKBGB22',
      BANK_TRANSFER_BANK: 'Bank',
    };
    expect(readEnv({ ...source, ...all }).transferAccount).toMatchObject({
      accountHolder: 'Mugs Ltd',
      bic: 'BUKBGB22',
      bankName: 'Bank',
    });
  });

  it.each([
    [{ BANK_TRANSFER_BIC: 'BUKBGB22' }, /BANK_TRANSFER_ACCOUNT is missing/],
    [{ BANK_TRANSFER_ACCOUNT: '' }, /BANK_TRANSFER_ACCOUNT must be/],
    [{ BANK_TRANSFER_ACCOUNT: 'x'.repeat(71) }, /BANK_TRANSFER_ACCOUNT must be/],
    [{ BANK_TRANSFER_ACCOUNT: 'GB33', BANK_TRANSFER_BANK: 'A\nB' }, /BANK_TRANSFER_BANK must be/],
  ])('is refused when it is wrong: %j', (source, message) => {
    expect(() => readEnv(source)).toThrow(message);
  });
});
