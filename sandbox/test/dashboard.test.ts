import { describe, expect, it } from 'vitest';
import { eventually, type Harness, harness, lineItem, withoutRedirects } from './support/harness.ts';

const paid = {
  amount: 2_500,
  currency: 'eur',
  confirm: true,
  payment_method: 'pm_card_visa',
  automatic_payment_methods: withoutRedirects,
} as const;

async function page({ sandbox }: Harness, path: string): Promise<{ status: number; text: string }> {
  const reply = await fetch(`${sandbox.url}${path}`, { signal: AbortSignal.timeout(10_000) });
  return { status: reply.status, text: await reply.text() };
}

/** Sends a form of the dashboard as the browser does, and does not follow the way back. */
async function submit(
  { sandbox }: Harness,
  path: string,
  fields: Record<string, string> = {},
  origin = sandbox.url,
): Promise<{ status: number; location: string | null; text: string }> {
  const reply = await fetch(`${sandbox.url}${path}`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin },
    body: new URLSearchParams(fields),
    signal: AbortSignal.timeout(10_000),
  });
  return { status: reply.status, location: reply.headers.get('location'), text: await reply.text() };
}

describe('the dashboard', () => {
  it.each(['/', '/payments', '/sessions', '/refunds', '/disputes', '/events', '/requests', '/controls'])(
    'says on %s what will be there while there is nothing',
    async (path) => {
      const empty = await page(await harness(), path);
      expect(empty.status).toBe(200);
      expect(empty.text).toContain('aria-current="page"');
    },
  );

  it('shows a payment with what was charged, given back and told', async () => {
    const shop = await harness();
    const intent = await shop.stripe.paymentIntents.create({ ...paid, metadata: { cart: '<b>7</b>' } });
    const refund = await shop.stripe.refunds.create({ payment_intent: intent.id, amount: 300 });
    const { text } = await page(shop, `/payments/${intent.id}`);
    for (const part of [intent.latest_charge, refund.id, 'payment_intent.succeeded', '€25.00'])
      expect(text).toContain(part);
    expect(text).toContain('&#60;b&#62;7&#60;/b&#62;');
    expect(text).not.toContain('<b>7</b>');
  });

  it.each(['payments', 'sessions', 'disputes', 'events'])(
    'tells that it knows no such one of %s',
    async (area) => {
      const { status, text } = await page(await harness(), `/${area}/nothing`);
      expect(status).toBe(404);
      expect(text).toContain('No such');
    },
  );

  it('leads to older payments, fifty at a time', async () => {
    const shop = await harness();
    const first = await shop.stripe.paymentIntents.create(paid);
    for (let count = 0; count < 50; count++)
      await shop.stripe.paymentIntents.create({ amount: 100, currency: 'eur' });
    const newest = await page(shop, '/payments');
    expect(newest.text).not.toContain(first.id);
    const [, older = ''] = /href="(\/payments\?after=\w+)"/.exec(newest.text) ?? [];
    expect((await page(shop, older)).text).toContain(first.id);
  });
});

it('looks things up without a trace among the requests of the shop', async () => {
  const shop = await harness();
  const { id } = await shop.stripe.paymentIntents.create(paid);
  await page(shop, `/payments/${id}`);
  const { text } = await page(shop, '/_sandbox/journal');
  const calls = JSON.parse(text).entries.filter(({ source }: { source: string }) => source === 'api');
  expect(calls.map(({ method, path }: Record<string, string>) => `${method} ${path}`)).toEqual([
    'POST /v1/payment_intents',
  ]);
});

describe('a button of the dashboard', () => {
  it('refunds what a person typed, in major units', async () => {
    const shop = await harness();
    const { id } = await shop.stripe.paymentIntents.create(paid);
    expect(await submit(shop, `/payments/${id}/refund`, { amount: '12.5' })).toMatchObject({
      status: 303,
      location: `/payments/${id}`,
    });
    const { data } = await shop.stripe.refunds.list({ payment_intent: id });
    expect(data.map(({ amount }) => amount)).toEqual([1_250]);
  });

  it.each(['', 'much', '-1', '1.234', '1e3', '26'])(
    'says why it cannot refund "%s" of 25.00',
    async (amount) => {
      const shop = await harness();
      const { id } = await shop.stripe.paymentIntents.create(paid);
      const reply = await submit(shop, `/payments/${id}/refund`, { amount });
      expect(reply.status).toBe(400);
      expect(reply.text).toContain('role="alert"');
      expect((await shop.stripe.refunds.list({ payment_intent: id })).data).toEqual([]);
    },
  );

  it('lets the bank dispute a payment, once', async () => {
    const shop = await harness();
    const { id } = await shop.stripe.paymentIntents.create(paid);
    expect((await submit(shop, `/payments/${id}/dispute`)).status).toBe(303);
    const [dispute] = (await shop.stripe.disputes.list({ payment_intent: id })).data;
    expect(dispute).toMatchObject({ amount: 2_500, status: 'needs_response', reason: 'fraudulent' });
    const again = await submit(shop, `/payments/${id}/dispute`);
    expect(again.status).toBe(400);
    expect(again.text).toContain('is disputed already');
    const refundForm = `action="/payments/${id}/refund"`;
    expect((await page(shop, `/payments/${id}`)).text).not.toContain(refundForm);
    expect(
      (await submit(shop, `/disputes/${dispute!.id}/evidence`, { text: 'winning_evidence' })).status,
    ).toBe(303);
    await eventually(
      () => shop.stripe.disputes.retrieve(dispute!.id),
      ({ status }) => status === 'won',
    );
    expect((await page(shop, `/payments/${id}`)).text).toContain(refundForm);
  });

  it('captures a part of what was authorized', async () => {
    const shop = await harness();
    const { id } = await shop.stripe.paymentIntents.create({ ...paid, capture_method: 'manual' });
    await submit(shop, `/payments/${id}/capture`, { amount: '20' });
    expect(await shop.stripe.paymentIntents.retrieve(id)).toMatchObject({
      status: 'succeeded',
      amount_received: 2_000,
    });
  });

  it('cancels a payment, and expires a session', async () => {
    const shop = await harness();
    const intent = await shop.stripe.paymentIntents.create({ amount: 900, currency: 'eur' });
    await submit(shop, `/payments/${intent.id}/cancel`);
    expect((await shop.stripe.paymentIntents.retrieve(intent.id)).status).toBe('canceled');
    const session = await shop.stripe.checkout.sessions.create({
      mode: 'payment',
      line_items: [lineItem(900)],
      success_url: 'https://shop.test/done',
    });
    await submit(shop, `/sessions/${session.id}/expire`);
    expect((await shop.stripe.checkout.sessions.retrieve(session.id)).status).toBe('expired');
  });

  it('moves the clock, adds a fault and takes it away again', async () => {
    const shop = await harness();
    const before = (await shop.call('GET', '/_sandbox/clock')).body.now;
    await submit(shop, '/controls/clock/move', { advance: '1d' });
    expect((await shop.call('GET', '/_sandbox/clock')).body.now - before).toBeGreaterThanOrEqual(86_400_000);
    await submit(shop, '/controls/faults/add', {
      fault: 'rate_limit',
      'match[path]': '/v1/customers*',
      ms: '',
    });
    expect((await shop.call('POST', '/v1/customers', 'name=Ada')).status).toBe(429);
    const [rule] = (await shop.call('GET', '/_sandbox/faults')).body.data;
    await submit(shop, '/controls/faults/remove', { id: rule.id });
    expect((await shop.call('POST', '/v1/customers', 'name=Ada')).status).toBe(200);
  });

  it('lets an event happen and leads to it', async () => {
    const shop = await harness();
    const { status, location } = await submit(shop, '/controls/trigger/run', { event: 'charge.refunded' });
    expect(status).toBe(303);
    expect((await page(shop, location!)).text).toContain('<h1>charge.refunded</h1>');
    expect((await submit(shop, '/controls/trigger/run', { event: 'no.such' })).status).toBe(400);
  });

  it('does nothing for a page of another origin', async () => {
    const shop = await harness();
    const { id } = await shop.stripe.paymentIntents.create(paid);
    const reply = await submit(shop, `/payments/${id}/refund`, { amount: '1' }, 'https://evil.test');
    expect(reply.status).toBe(403);
    expect((await shop.stripe.refunds.list({ payment_intent: id })).data).toEqual([]);
  });

  it('that does not exist is not found', async () => {
    const shop = await harness();
    for (const path of ['/payments/pi_1/constructor', '/nothing/x/y', '/payments'])
      expect((await submit(shop, path)).status).toBe(404);
  });
});
