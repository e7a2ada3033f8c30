import { randomBytes } from 'node:crypto';
import type { PlacedOrder } from '@paydesk/contract/orders';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { snapshot } from '../support/books.ts';
import { intentOf, orderWithPayment, pay } from '../support/customer.ts';
import { deliver, digest, eventOf, retold, type StripeEvent, sign } from '../support/events.ts';
import { call, databases, readOrder, startTestShop, type TestShop, webhookSecret } from '../support/shop.ts';
import { StripeLine } from '../support/stripe-line.ts';

/** What arrives at the endpoint: bytes and headers. `undefined` leaves a header out. */
type Arrival = { body: string | Buffer; headers?: Record<string, string | undefined> };

const now = () => Math.floor(Date.now() / 1_000);
const signed = (header: string | undefined) => ({ 'stripe-signature': header });

describe.each(databases)('an event that Stripe did not send just now, on %s', (kind) => {
  const line = new StripeLine();
  let shop: TestShop;
  let placed: PlacedOrder;
  let genuine: StripeEvent;
  let body: string;
  beforeAll(async () => {
    shop = await startTestShop(kind, { webhooks: false, jobs: 'manual', line });
    const started = await orderWithPayment(shop);
    placed = started.placed;
    await pay(shop, started.payment);
    genuine = await eventOf(shop, 'payment_intent.succeeded', intentOf(started.payment));
    body = JSON.stringify(genuine);
  });
  afterAll(async () => {
    await shop.stop();
    await line.close();
  });

  const forgeries: [name: string, make: () => Arrival][] = [
    ['is not signed', () => ({ body, headers: signed(undefined) })],
    ['has an empty signature', () => ({ body, headers: signed('') })],
    [
      'is signed with another secret',
      () => ({ body, headers: signed(sign(body, { secret: 'whsec_of_somebody_else' })) }),
    ],
    ['is signed with an empty secret', () => ({ body, headers: signed(sign(body, { secret: '' })) })],
    ['was signed 301 seconds ago', () => ({ body, headers: signed(sign(body, { at: now() - 302 })) })],
    ['was signed a year ago', () => ({ body, headers: signed(sign(body, { at: now() - 31_536_000 })) })],
    ['was signed 301 seconds from now', () => ({ body, headers: signed(sign(body, { at: now() + 302 })) })],
    ['was signed a year from now', () => ({ body, headers: signed(sign(body, { at: now() + 31_536_000 })) })],
    ['has no time', () => ({ body, headers: signed(`v1=${digest(body, now(), webhookSecret)}`) })],
    [
      'has words for a time',
      () => ({ body, headers: signed(`t=soon,v1=${digest(body, now(), webhookSecret)}`) }),
    ],
    ['has two times', () => ({ body, headers: signed(`t=${now() - 9_999},${sign(body)}`) })],
    ['has a negative time', () => ({ body, headers: signed(`t=-1,v1=${digest(body, -1, webhookSecret)}`) })],
    ['is signed by the old scheme only', () => ({ body, headers: signed(sign(body, { scheme: 'v0' })) })],
    [
      'has many signatures and all are wrong',
      () => ({
        body,
        headers: signed(
          `t=${now()},${Array.from({ length: 50 }, () => `v1=${randomBytes(32).toString('hex')}`).join(',')}`,
        ),
      }),
    ],
    ['has a signature that is cut short', () => ({ body, headers: signed(sign(body).slice(0, -1)) })],
    [
      'was changed by one byte',
      () => ({ body: body.replace('succeeded', 'succeedeD'), headers: signed(sign(body)) }),
    ],
    ['has one byte more', () => ({ body: `${body} `, headers: signed(sign(body)) })],
    ['begins with a byte order mark', () => ({ body: `\uFEFF${body}`, headers: signed(sign(body)) })],
    ['is empty', () => ({ body: '', headers: signed(sign('')) })],
    ['is not JSON', () => ({ body: '{"id":', headers: signed(sign('{"id":')) })],
    ['is JSON and no event', () => ({ body: '[]', headers: signed(sign('[]')) })],
    ['is null', () => ({ body: 'null', headers: signed(sign('null')) })],
    [
      'has no object',
      () => ({
        body: '{"id":"evt_1","type":"charge.updated"}',
        headers: signed(sign('{"id":"evt_1","type":"charge.updated"}')),
      }),
    ],
    ['is text', () => ({ body, headers: { 'content-type': 'text/plain' } })],
    ['is a form', () => ({ body, headers: { 'content-type': 'application/x-www-form-urlencoded' } })],
    ['does not say what it is', () => ({ body, headers: { 'content-type': undefined } })],
  ];

  it.each(forgeries)('is refused when it %s', async (_name, make) => {
    const before = await snapshot(shop);
    const asked = line.requests.length;
    const arrival = make();
    const { status, code } = await deliver(shop, arrival.body, arrival.headers);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    expect(code).toMatch(/^[a-z_]+$/);
    expect(await snapshot(shop)).toEqual(before);
    expect(line.requests.length).toBe(asked);
  });

  it('is refused with 413 when it is larger than one mebibyte, however it is signed', async () => {
    const before = await snapshot(shop);
    const large = JSON.stringify({ ...genuine, padding: 'x'.repeat(1_048_576) });
    expect(await deliver(shop, large)).toMatchObject({ status: 413, code: 'body_too_large' });
    expect(await snapshot(shop)).toEqual(before);
  });

  it('is refused at an endpoint of a provider that is not ours', async () => {
    const { status } = await call(shop, 'POST', '/api/webhooks/paypal', {
      body,
      headers: { 'stripe-signature': sign(body) },
    });
    expect(status).toBe(404);
  });

  it('did not change the order all the while, and the genuine one pays it', async () => {
    expect((await readOrder(shop, placed)).status).toBe('pending');
    expect(await deliver(shop, body)).toMatchObject({ status: 200, result: 'applied' });
    expect((await readOrder(shop, placed)).status).toBe('paid');
  });

  it('is taken when one of several signatures is right, as while a secret is being changed', async () => {
    const twin = JSON.stringify(retold(genuine));
    const header = `t=${now()},v1=${'0'.repeat(64)},v0=${'1'.repeat(64)},v1=${digest(twin, now(), webhookSecret)}`;
    expect(await deliver(shop, twin, signed(header))).toMatchObject({ status: 200, result: 'no_effect' });
  });

  it.each([-299, 299])('is taken when its clock differs from ours by %i seconds', async (seconds) => {
    const twin = JSON.stringify(retold(genuine));
    const header = sign(twin, { at: now() + seconds });
    expect(await deliver(shop, twin, signed(header))).toMatchObject({ status: 200 });
  });
});
