import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { describe, expect, it } from 'vitest';
import type { ObservedReply } from '../src/observation.ts';
import { CURRENT_VERSION } from '../src/wire/versions.ts';
import { type Harness, harness } from './support/harness.ts';
import { manualClock } from './support/manual-clock.ts';

// biome-ignore lint/suspicious/noExplicitAny: replies of all shapes.
type Post = (path: string, params?: Record<string, string>) => Promise<any>;

interface Transcript {
  /** Request, status, headers and body of every reply, as they were sent. */
  replies: string[];
  journal: string;
}

/** One life of a sandbox: the same calls at the same moments of a clock that is moved by hand. */
async function live(seed: string): Promise<Transcript> {
  const clock = manualClock();
  const world = await harness({ seed, clock, publicUrl: 'http://sandbox.test' });
  const replies: string[] = [];
  const record = (message: unknown): void => {
    const { request, reply } = message as ObservedReply;
    const headers = Object.entries(reply.headers).filter(([name]) => !name.startsWith('Access-Control'));
    replies.push(
      `${request.method} ${request.path} ${reply.status} ${JSON.stringify(headers)} ${reply.body}`,
    );
  };
  subscribe('paydesk-sandbox.reply', record);
  const post: Post = async (path, params = {}) => {
    const body = new URLSearchParams(params).toString();
    const reply = await world.call('POST', path, body, { 'Stripe-Version': CURRENT_VERSION });
    clock.advance(1_500);
    return reply.body;
  };
  try {
    await payments(post);
    await challenge(world, post);
    await sessions(post);
    await moneyBack(post);
    clock.advance(3 * 24 * 3_600_000);
    await world.call('GET', '/v1/events?limit=100', undefined, { 'Stripe-Version': CURRENT_VERSION });
    await world.call('GET', '/v1/charges?limit=100', undefined, { 'Stripe-Version': CURRENT_VERSION });
    const journal = await world.call('GET', '/_sandbox/journal');
    return { replies, journal: JSON.stringify(journal.body) };
  } finally {
    unsubscribe('paydesk-sandbox.reply', record);
  }
}

const intent = {
  amount: '500',
  currency: 'eur',
  'automatic_payment_methods[enabled]': 'true',
  'automatic_payment_methods[allow_redirects]': 'never',
};

async function payments(post: Post): Promise<void> {
  const customer = await post('/v1/customers', { email: 'ada@example.org' });
  const method = await post('/v1/payment_methods', { type: 'card', 'card[token]': 'tok_visa' });
  await post(`/v1/payment_methods/${method.id}/attach`, { customer: customer.id });
  const open = await post('/v1/payment_intents', { ...intent, customer: customer.id });
  await post(`/v1/payment_intents/${open.id}/confirm`, { payment_method: 'pm_card_chargeDeclined' });
  await post(`/v1/payment_intents/${open.id}/confirm`, { payment_method: method.id });
  const held = await post('/v1/payment_intents', {
    ...intent,
    confirm: 'true',
    payment_method: 'pm_card_visa',
    capture_method: 'manual',
  });
  await post(`/v1/payment_intents/${held.id}/capture`, { amount_to_capture: '300' });
  await post(`/v1/payment_intents/${held.id}/cancel`);
  await post('/v1/payment_intents', { amount: '1', currency: 'eur', nonsense: '1' });
}

async function challenge({ call }: Harness, post: Post): Promise<void> {
  const waiting = await post('/v1/payment_intents', {
    ...intent,
    confirm: 'true',
    payment_method: 'pm_card_threeDSecure2Required',
  });
  const page = new URL(waiting.next_action.use_stripe_sdk.stripe_js);
  await call('POST', `/_sandbox/3ds/${waiting.id}`, `token=${page.searchParams.get('token')}&outcome=pass`);
}

async function sessions(post: Post): Promise<void> {
  const session = {
    mode: 'payment',
    success_url: 'https://shop.test/ok',
    'line_items[0][quantity]': '2',
    'line_items[0][price_data][currency]': 'eur',
    'line_items[0][price_data][unit_amount]': '1250',
    'line_items[0][price_data][product_data][name]': 'Cup',
  };
  const paid = await post('/v1/checkout/sessions', session);
  await post(`/v1/payment_pages/${paid.id}/confirm`, { payment_method: 'pm_card_visa' });
  const debited = await post('/v1/checkout/sessions', session);
  await post(`/v1/payment_pages/${debited.id}/confirm`, {
    'payment_method_data[type]': 'sepa_debit',
    'payment_method_data[sepa_debit][iban]': 'AT611904300234573201',
    'payment_method_data[billing_details][name]': 'Ada',
    'payment_method_data[billing_details][email]': 'ada@example.org',
  });
  await post('/v1/checkout/sessions', session);
}

async function moneyBack(post: Post): Promise<void> {
  const paid = { ...intent, confirm: 'true' };
  const good = await post('/v1/payment_intents', { ...paid, payment_method: 'pm_card_visa' });
  await post('/v1/refunds', { payment_intent: good.id, amount: '200' });
  await post('/v1/refunds', { payment_intent: good.id });
  await post('/v1/payment_intents', { ...paid, payment_method: 'pm_card_createDispute' });
}

describe('the same seed and the same calls', () => {
  it('give the same ids, replies, events and journal, byte for byte', async () => {
    const first = await live('seed');
    const second = await live('seed');
    expect(first.replies.length).toBeGreaterThan(20);
    expect(second.replies).toEqual(first.replies);
    expect(second.journal).toBe(first.journal);
    const all = first.replies.join('\n');
    for (const fact of [
      'checkout.session.async_payment_succeeded',
      'checkout.session.expired',
      'charge.captured',
    ])
      expect(all).toContain(`"type":"${fact}"`);
  });

  it('give other ids with another seed', async () => {
    const idsIn = (transcript: Transcript): string[] => transcript.replies.join().match(/pi_3\w+/g)!;
    const [first, other] = [await live('seed'), await live('other')];
    expect(idsIn(other).length).toBeGreaterThan(20);
    expect(idsIn(other).filter((id) => idsIn(first).includes(id))).toEqual([]);
  });
});
