import { describe, expect, it } from 'vitest';
import { judgeStorage } from '../../src/app/health/check-database.ts';
import { checkMail } from '../../src/app/health/check-mail.ts';
import { judgeNode } from '../../src/app/health/judge-node.ts';
import { judgeAccount, judgeEndpoint } from '../../src/app/health/judge-provider.ts';
import { type JudgedSettings, judgeSettings } from '../../src/app/health/judge-settings.ts';
import { judgeWork } from '../../src/app/health/judge-work.ts';
import { judgeClock } from '../../src/app/health/provider-clock.ts';
import type { WorkFacts } from '../../src/app/health/work-facts.ts';
import { type EndpointRecord, type Finding, worstOf } from '../../src/domain/health.ts';
import { wrongSettings } from '../../src/env.ts';

const MiB = 1024 ** 2;
const minute = 60_000;
const verdicts = (findings: readonly Finding[]) =>
  Object.fromEntries(findings.map(({ name, verdict }) => [name, verdict]));

describe('a verdict', () => {
  it.each([
    ['24.14.9', 'fail'],
    ['22.20.0', 'fail'],
    ['24.15.0', 'ok'],
    ['26.0.0', 'ok'],
  ])('on Node.js %s is %s', (version, verdict) => {
    expect(judgeNode(version).verdict).toBe(verdict);
  });

  it.each([
    [100 * MiB, 'fail'],
    [1_000 * MiB, 'warn'],
    [9_000 * MiB, 'ok'],
    [null, 'ok'],
  ])('on %s bytes that are left for the database is %s', (free, verdict) => {
    expect(judgeStorage({ used: MiB, free }).verdict).toBe(verdict);
  });

  it.each([
    [null, 'skipped', 'Nobody'],
    [-59_000, 'ok', 'within 59 s'],
    [61_000, 'warn', '61 s ahead of'],
    [-301_000, 'fail', '301 s behind'],
  ])('on a clock that is %s ms ahead is %s', (skew, verdict, words) => {
    expect(judgeClock(skew)).toMatchObject({ verdict, found: expect.stringContaining(words) });
  });

  it('says what to do exactly where something is wrong, and the worst of several counts', () => {
    const findings = [judgeClock(61_000), judgeClock(0), judgeClock(null)];
    expect(findings.map(({ todo }) => todo !== null)).toEqual([true, false, false]);
    expect(worstOf(findings)).toBe('warn');
    expect(worstOf([...findings, judgeClock(400_000)])).toBe('fail');
    expect(worstOf([judgeClock(null)])).toBe('ok');
  });
});

describe('the settings', () => {
  it('are told wrong one sentence each, whatever stands in front', () => {
    const source = {
      PORT: 'x',
      SHOP_CURRENCY: 'zzz',
      STRIPE_SECRET_KEY: 'sk_test_1',
      BANK_TRANSFER_BIC: 'X',
      LOG_LEVEL: 'loud',
    };
    expect(wrongSettings(source).map((sentence) => sentence.split(' ')[0])).toEqual([
      'PORT',
      'STRIPE_PUBLISHABLE_KEY',
      'SHOP_CURRENCY',
      'BANK_TRANSFER_ACCOUNT',
      'LOG_LEVEL',
    ]);
    expect(wrongSettings({})).toEqual([]);
  });

  const bare: JudgedSettings = {
    live: true,
    isSandbox: false,
    frontendUrl: 'https://shop.example',
    hasOperatorToken: false,
    operatorEmail: null,
    seller: ['Larkhouse'],
    smtpUrl: 'smtp://mail.example',
    mailFrom: 'Larkhouse <orders@localhost>',
  };

  it('of a live shop lack what real customers need', () => {
    expect(verdicts(judgeSettings(bare))).toEqual({
      address: 'ok',
      seller: 'fail',
      operators: 'warn',
      sender: 'fail',
    });
    const whole = {
      ...bare,
      hasOperatorToken: true,
      operatorEmail: 'us@shop.example',
      seller: ['Larkhouse Ltd', '12 Harbour Lane'],
      mailFrom: 'orders@shop.example',
    };
    expect(judgeSettings(whole).every(({ verdict }) => verdict === 'ok')).toBe(true);
  });

  it('of a shop in test mode are warned about early, and on the sandbox left alone', () => {
    const testing = { ...bare, live: false, frontendUrl: 'http://localhost:3000' };
    expect(new Set(judgeSettings(testing).map(({ verdict }) => verdict))).toEqual(new Set(['warn']));
    expect(worstOf(judgeSettings({ ...testing, isSandbox: true, smtpUrl: null }))).toBe('ok');
  });
});

describe('the webhook endpoint', () => {
  const registration = { path: '/api/webhooks/stripe', events: ['a.b', 'c.d'], version: 'v2' };
  const connection = { live: true, sandboxUrl: null, frontendUrl: 'https://shop.example' };
  const right: EndpointRecord = {
    id: 'we_1',
    url: 'https://shop.example/api/webhooks/stripe',
    isEnabled: true,
    events: ['a.b', 'c.d', 'more.than.needed'],
    version: 'v2',
  };
  const judge = (value: EndpointRecord[], at = connection) =>
    judgeEndpoint({ says: 'answer', value, clock: null }, registration, at);

  it.each<[string, EndpointRecord[], string, string]>([
    ['with all events', [right], 'ok', 'all 2 events'],
    ['with every event', [{ ...right, events: ['*'] }], 'ok', 'all 2 events'],
    ['beside an older one that is disabled', [{ ...right, isEnabled: false }, right], 'ok', ''],
    ['that is disabled', [{ ...right, isEnabled: false }], 'fail', 'disabled'],
    ['without an event', [{ ...right, events: ['a.b'] }], 'fail', 'is not sent c.d.'],
    ['of another version', [{ ...right, version: 'v1' }], 'warn', 'v1'],
    ['of the account’s version', [{ ...right, version: null }], 'warn', 'the account’s own'],
    [
      'at another address',
      [{ ...right, url: right.url.replace('shop', 'old') }],
      'fail',
      'one at https://old',
    ],
    ['that is missing', [], 'fail', 'knows no endpoint at https://shop.example/api/webhooks/stripe'],
  ])('%s', (_, endpoints, verdict, words) => {
    expect(judge(endpoints)).toMatchObject({ verdict, found: expect.stringContaining(words) });
  });

  it('of this machine is the same by each of its names, and cannot be registered at Stripe', () => {
    const here = { ...connection, live: false, frontendUrl: 'http://localhost:3000' };
    const path = registration.path;
    expect(judge([{ ...right, url: `http://127.0.0.1:3000${path}` }], here).verdict).toBe('ok');
    expect(judge([], here)).toMatchObject({
      verdict: 'warn',
      todo: expect.stringContaining('stripe listen'),
    });
  });

  it('is not looked for where the key may not ask or nobody answers', () => {
    const said = (says: 'forbidden' | 'silent') =>
      judgeEndpoint({ says, why: 'No.', clock: null }, registration, connection).verdict;
    expect([said('forbidden'), said('silent')]).toEqual(['warn', 'skipped']);
  });

  it('says nothing of an account that may not take payments yet; that is its own warning', () => {
    const value = { id: 'acct_1', name: null, takesPayments: false, version: 'v2' };
    expect(judgeAccount({ says: 'answer', value, clock: null }, connection).verdict).toBe('warn');
  });
});

describe('the shop’s own work', () => {
  const now = 1_000 * minute;
  const idle: WorkFacts = {
    inboxAge: 0,
    outboxAge: 0,
    mailAge: 0,
    openBreaks: [],
    parkedEvents: 0,
    deadEffects: 0,
    providers: [
      {
        name: 'stripe',
        poll: { through: now, at: now - 20_000, found: 0, delivered: now - minute },
        clock: null,
      },
    ],
  };
  const judge = (changes: Partial<WorkFacts>) => verdicts(judgeWork({ ...idle, ...changes }, now));
  const poll = (changes: object) => [
    { ...idle.providers[0]!, poll: { ...idle.providers[0]!.poll!, ...changes } },
  ];

  it('is well while nothing is late and nothing waits for a person', () => {
    expect(new Set(Object.values(judge({})))).toEqual(new Set(['ok']));
  });

  it.each<[Partial<WorkFacts>, Record<string, string>]>([
    [{ inboxAge: 2 * minute }, { inbox: 'warn' }],
    [{ outboxAge: 6 * minute }, { outbox: 'fail' }],
    [{ mailAge: 30 * minute }, { mails: 'warn' }],
    [
      { parkedEvents: 1, deadEffects: 2 },
      { 'parked events': 'warn', 'dead effects': 'warn' },
    ],
    [{ openBreaks: [{ kind: 'paid_twice', count: 1 }] }, { breaks: 'warn', deliveries: 'ok' }],
    [{ openBreaks: [{ kind: 'webhooks_missing', count: 1 }] }, { breaks: 'warn', deliveries: 'fail' }],
    [{ providers: poll({ at: now - 3 * minute }) }, { poll: 'warn' }],
    [{ providers: poll({ at: now - 20 * minute }) }, { poll: 'fail' }],
    [{ providers: poll({ delivered: null, found: 7 }) }, { deliveries: 'warn' }],
    [{ providers: poll({ delivered: undefined }) }, { deliveries: 'skipped' }],
    [
      { providers: [{ name: 'stripe', poll: null, clock: null }] },
      { poll: 'skipped', deliveries: 'skipped' },
    ],
  ])('is judged by what is late: %j', (changes, expected) => {
    expect(judge(changes)).toMatchObject(expected);
  });
});

describe('the way of mail', () => {
  const way = { host: 'mail.example:587', hasMailbox: false, live: true, tryServer: async () => {} };

  it('is a server that lets the shop in, the mailbox, or nothing', async () => {
    const refused = {
      ...way,
      tryServer: () => Promise.reject(Object.assign(new Error('535 no'), { code: 'EAUTH' })),
    };
    expect(await checkMail(way)).toMatchObject({ verdict: 'ok' });
    expect(await checkMail(refused)).toMatchObject({
      verdict: 'fail',
      found: 'mail.example:587 does not: 535 no',
      todo: expect.stringContaining('password'),
    });
    expect(await checkMail({ ...way, host: null, hasMailbox: true })).toMatchObject({ verdict: 'ok' });
    expect(await checkMail({ ...way, host: null })).toMatchObject({ verdict: 'warn' });
    expect(await checkMail({ ...way, host: null, live: false })).toMatchObject({ verdict: 'skipped' });
  });
});
