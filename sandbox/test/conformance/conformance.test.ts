import { describe, expect, it } from 'vitest';
import { type Difference, differencesFrom } from '../../tools/conformance.ts';
import { loadSchemas } from '../../tools/schemas.ts';
import { differencesOfObject, differencesOfReply, watchConformance } from '../support/conformance.ts';
import { card, type Harness, harness, lineItem, withoutRedirects } from '../support/harness.ts';

const schemas = loadSchemas();
type Plain = Record<string, unknown>;
const asSeen = { path: '/v1/charges/ch_1', authorization: 'Bearer sk_test_1', query: '', body: '' };

async function paid({ call }: Harness, more = ''): Promise<Plain> {
  const body =
    'amount=500&currency=usd&confirm=true&payment_method=pm_card_visa&automatic_payment_methods[enabled]=true' +
    `&automatic_payment_methods[allow_redirects]=never&expand[]=latest_charge${more}`;
  const headers = { 'Stripe-Version': '2026-10-28.endive' };
  return (await call('POST', '/v1/payment_intents', body, headers)).body;
}

async function charge(world: Harness): Promise<Plain> {
  return (await paid(world)).latest_charge as Plain;
}

function texts(differences: Difference[]): string[] {
  return differences.map(({ path, reason }) => `${path} ${reason}`);
}

describe('the schemas made from the SDK’s types', () => {
  it('know every object and event of the sandbox, closed', () => {
    expect(Object.keys(schemas.objects)).toEqual(
      expect.arrayContaining(['payment_intent', 'charge', 'refund', 'checkout.session', 'item', 'price']),
    );
    expect(Object.keys(schemas.deleted)).toContain('customer');
    expect(Object.keys(schemas.events)).toContain('charge.dispute.funds_withdrawn');
    expect(schemas.definitions.Charge!.additionalProperties).toBe(false);
  });

  it('take references as ids and as objects, and decimals as text', () => {
    const { properties } = schemas.definitions.Price!;
    expect(properties!.product).toEqual({
      anyOf: [{ type: 'string' }, { $ref: 'DeletedProduct' }, { $ref: 'Product' }],
    });
    expect(properties!.unit_amount_decimal).toEqual({ anyOf: [{ type: 'null' }, { type: 'string' }] });
  });

  it('close the enums that the SDK leaves open', () => {
    const { properties } = schemas.definitions.Refund!;
    expect(properties!.pending_reason).toEqual({
      enum: ['charge_pending', 'insufficient_funds', 'processing'],
    });
  });
});

describe('an object that differs from Stripe’s', () => {
  it('is told by path and reason', async () => {
    const good = await charge(await harness());
    const told = (change: Plain): string[] => texts(differencesOfObject(schemas, { ...good, ...change }));
    expect(told({})).toEqual([]);
    const { paid: _, ...short } = good;
    expect(texts(differencesOfObject(schemas, short))).toEqual(['charge.paid is missing']);
    expect(told({ settled: true })).toEqual(['charge.settled is a key that Stripe does not have']);
    expect(told({ amount: '500' })).toEqual(['charge.amount is "500", not of type number']);
    expect(told({ status: 'paid' })).toEqual([
      'charge.status is "paid", not one of failed, pending, succeeded',
    ]);
    expect(told({ customer: 7 })).toEqual([
      'charge.customer is 7, not null or string or Customer or DeletedCustomer',
    ]);
    expect(told({ object: 'debit' })).toEqual(['debit is no object of Stripe']);
  });

  it('is found inside expanded references, lists and errors', async () => {
    const bad = { ...(await charge(await harness())), disputed: 'no' };
    const problem = 'is "no", not of type boolean';
    const list = { object: 'list', url: '/v1/charges', has_more: false, data: [bad] };
    const reply = (body: Plain): string[] => texts(differencesOfReply(schemas, asSeen, body));
    expect(reply(list)).toEqual([`charge.disputed ${problem}`]);
    expect(reply({ ...list, data: [], more: 1 })).toHaveLength(1);
    const intent = await paid(await harness());
    const error = {
      type: 'card_error',
      message: 'No.',
      payment_intent: { ...intent, latest_charge: bad },
    };
    expect(reply({ error })).toEqual([`payment_intent.latest_charge.disputed ${problem}`]);
    expect(reply({ error: { type: 'card_error', message: 'No.', reason: 1 } })).toHaveLength(1);
    expect(reply({ error: { type: 'mistake', message: 'No.' } })).toHaveLength(1);
    expect(reply({ error: { type: 'card_error', message: 'No.', code: 'sad' } })).toEqual([
      'error.code is sad, which is no code of Stripe',
    ]);
  });

  it('may be a part for browsers only, and then hold nothing else either', () => {
    const part = { id: 'pi_1', object: 'payment_intent', amount: 500 };
    const seen = (key: string, body: Plain): Difference[] =>
      differencesOfReply(schemas, { ...asSeen, authorization: `Bearer ${key}` }, body);
    expect(seen('pk_test_1', part)).toEqual([]);
    expect(seen('sk_test_1', part).length).toBeGreaterThan(20);
    expect(seen('pk_test_1', { ...part, margin: 1 })).toHaveLength(1);
  });

  it('is found in events, which may say of a change only what changed', () => {
    const whole = schemas.events['customer.updated']!;
    const event = (previous: Plain): Plain => ({
      id: 'evt_1',
      object: 'event',
      api_version: null,
      created: 1,
      data: { object: { id: 'cus_1', object: 'customer' }, previous_attributes: previous },
      livemode: false,
      pending_webhooks: 0,
      request: null,
      type: 'customer.updated',
    });
    const told = (previous: Plain): string[] =>
      texts(differencesFrom(schemas, whole, event(previous), 'event')).filter((text) =>
        text.includes('previous'),
      );
    expect(told({ email: null, shipping: { name: 'Ada' } })).toEqual([]);
    expect(told({ mail: 'x' })).toEqual([
      'event.data.previous_attributes.mail is a key that Stripe does not have',
    ]);
  });
});

describe('the watch over all tests', () => {
  it('hears every reply and every event of the process', async () => {
    const watch = watchConformance({ definitions: {}, objects: {}, deleted: {}, events: {} });
    const { stripe } = await harness();
    await stripe.customers.create();
    const heard = watch.take();
    watch.stop();
    expect(heard).toEqual([
      'event customer.created: customer.created is no event of Stripe',
      'POST /v1/customers: customer is no object of Stripe',
    ]);
  });
});

describe('what the sandbox shows of a longer life', () => {
  it('conforms with every reference expanded', async () => {
    const world = await harness();
    const { stripe } = world;
    const customer = await stripe.customers.create({
      email: 'ada@example.org',
      payment_method: 'pm_card_visa',
    });
    const session = await stripe.checkout.sessions.create({
      mode: 'payment',
      customer: customer.id,
      success_url: 'https://shop.test/ok',
      line_items: [lineItem(1_250, 2)],
      expand: ['line_items', 'customer'],
    });
    expect(session.line_items!.data).toHaveLength(1);
    const intent = await stripe.paymentIntents.create({
      amount: 500,
      currency: 'usd',
      customer: customer.id,
      confirm: true,
      payment_method_data: card('4242424242424242'),
      automatic_payment_methods: withoutRedirects,
      expand: ['customer', 'payment_method', 'latest_charge.balance_transaction', 'latest_charge.refunds'],
    } as never);
    expect(intent.status).toBe('succeeded');
    const types = (await stripe.events.list({ limit: 100 })).data.map(({ type }) => type);
    expect(types).toContain('payment_intent.succeeded');
  });
});
