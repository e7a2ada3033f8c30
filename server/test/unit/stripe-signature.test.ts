import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { SignedEvent } from '../../src/app/ports.ts';
import { stripeProvider } from '../../src/providers/stripe/provider.ts';

const secret = 'whsec_of_this_endpoint';
const now = Date.parse('2026-11-20T12:00:00Z');
const seconds = now / 1_000;
const body = JSON.stringify({
  id: 'evt_1',
  object: 'event',
  type: 'payment_intent.succeeded',
  api_version: '2026-10-28.endive',
  livemode: false,
  data: { object: { id: 'pi_1', object: 'payment_intent', amount_received: 1, metadata: {} } },
});

// Stripe's own library looks at the computer's clock as well.
beforeAll(() => void vi.useFakeTimers({ now, toFake: ['Date'] }));
afterAll(() => void vi.useRealTimers());

describe('a notification is believed', () => {
  it.each([
    ['signed just now', sign()],
    ['signed 300 seconds ago', sign({ t: seconds - 300 })],
    ['signed by a clock 300 seconds ahead of ours', sign({ t: seconds + 300 })],
    ['with an older kind of signature beside the right one', `${sign()},v0=${hmac(body, seconds, 'x')}`],
    [
      'with the signature of another secret first, while the secret is being rolled',
      `t=${seconds},v1=${hmac(body, seconds, 'whsec_old')},v1=${hmac(body)}`,
    ],
    [
      'with many signatures, the right one last',
      `t=${seconds}${`,v1=${'0'.repeat(64)}`.repeat(50)},v1=${hmac(body)}`,
    ],
  ])('%s', (_, header) => {
    expect(read(body, header)).toMatchObject({ id: 'evt_1', objectId: 'pi_1', fact: { kind: 'succeeded' } });
  });
});

describe('a notification is refused', () => {
  it.each<[string, string | undefined]>([
    ['without a header', undefined],
    ['with an empty header', ''],
    ['with a header that is no list', 'hello'],
    ['with v0 only', `t=${seconds},v0=${hmac(body)}`],
    ['with a time and nothing else', `t=${seconds}`],
    ['with an empty signature', `t=${seconds},v1=`],
    ['without a time', `v1=${hmac(body)}`],
    ['with a time that is a word', `t=abc,v1=${hmac(body, 'abc')}`],
    ['with the time NaN', `t=NaN,v1=${hmac(body, 'NaN')}`],
    ['with an empty time', `t=,v1=${hmac(body, '')}`],
    ['with a negative time', `t=-${seconds},v1=${hmac(body, `-${seconds}`)}`],
    ['with a time in hexadecimal', `t=0x${seconds.toString(16)},v1=${hmac(body)}`],
    ['with a fraction of a time', `t=${seconds}.5,v1=${hmac(body, `${seconds}.5`)}`],
    ['with two times', `t=${seconds},t=${seconds},v1=${hmac(body)}`],
    ['with an old time and a new one', `t=${seconds - 9_999},t=${seconds},v1=${hmac(body, seconds - 9_999)}`],
    ['signed 301 seconds ago', sign({ t: seconds - 301 })],
    ['signed 301 seconds from now', sign({ t: seconds + 301 })],
    ['signed a year from now', sign({ t: seconds + 31_536_000 })],
    ['signed in milliseconds', sign({ t: now })],
    ['signed with another secret', sign({ key: 'whsec_of_another_one' })],
    ['signed with an empty secret', sign({ key: '' })],
    ['with half a signature', `t=${seconds},v1=${hmac(body).slice(0, 32)}`],
    ['with many wrong signatures', `t=${seconds}${`,v1=${'0'.repeat(64)}`.repeat(500)}`],
  ])('%s', (_, header) => {
    expect(refusal(body, header)).toBe('invalid_signature');
  });

  it('when any single byte of it is another one', () => {
    const header = sign();
    const raw = Buffer.from(body);
    for (let index = 0; index < raw.length; index += 1) {
      const altered = Buffer.from(raw);
      altered[index] = altered[index]! ^ 1;
      expect(refusal(altered, header)).toBe('invalid_signature');
    }
  });

  it.each([
    ['cut short', body.slice(0, -1)],
    ['with a line break more', `${body}\n`],
    ['with a byte order mark', `\uFEFF${body}`],
    ['empty', ''],
    [
      'with its members in another order',
      JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(body)).reverse())),
    ],
  ])('when its body comes %s', (_, changed) => {
    expect(refusal(changed, sign())).toBe('invalid_signature');
  });

  it.each([
    ['is empty', ''],
    ['is no JSON', 'hello'],
    ['is null', 'null'],
    ['is a number', '1'],
    ['is a list', '[]'],
    ['is an object without an id', '{"type":"x","data":{"object":{}}}'],
    ['has an id that is a number', '{"id":1,"type":"x","data":{"object":{}}}'],
    ['has no object in it', '{"id":"evt_1","type":"x","data":{}}'],
    ['has null for its object', '{"id":"evt_1","type":"payment_intent.succeeded","data":{"object":null}}'],
    [
      'has a word for its object',
      '{"id":"evt_1","type":"payment_intent.succeeded","data":{"object":"pi_1"}}',
    ],
  ])('when what was properly signed %s', (_, text) => {
    expect(refusal(text, sign({ text }))).toBe('invalid_signature');
  });
});

describe('a notification for another version of the API', () => {
  it.each(['2020-08-27', null, undefined])('(%s) only tells us to look', (api_version) => {
    const text = JSON.stringify({ ...JSON.parse(body), api_version });
    expect(read(text, sign({ text })).fact).toMatchObject({ kind: 'succeeded', final: false });
  });
});

function sign({ t = seconds, key = secret, text = body } = {}): string {
  return `t=${t},v1=${hmac(text, t, key)}`;
}

function hmac(text: string, t: number | string = seconds, key = secret): string {
  return createHmac('sha256', key).update(`${t}.${text}`).digest('hex');
}

function read(text: string | Buffer, signature: string | undefined): SignedEvent {
  const provider = stripeProvider({
    timeout: 15_000,
    secretKey: 'sk_test_x',
    webhookSecret: secret,
    apiBase: null,
    live: false,
    dashboardBase: null,
  });
  const headers = new Map([
    ['content-type', 'application/json; charset=utf-8'],
    ...(signature === undefined ? [] : [['stripe-signature', signature] as const]),
  ]);
  const notification = { body: Buffer.from(text), header: (name: string) => headers.get(name) };
  return provider.readEvent(notification, now) as SignedEvent;
}

function refusal(text: string | Buffer, header: string | undefined): string {
  try {
    read(text, header);
    return 'it was believed';
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
}
