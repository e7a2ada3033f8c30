import { describe, expect, it } from 'vitest';
import { type Harness, harness, refusal, withoutRedirects } from './support/harness.ts';

function pay({ stripe }: Harness, amount: number, metadata: Record<string, string> = {}, currency = 'usd') {
  return stripe.paymentIntents.create({
    amount,
    currency,
    metadata,
    confirm: true,
    payment_method: 'pm_card_visa',
    automatic_payment_methods: withoutRedirects,
  });
}

/** The amounts of what is found, newest first. */
async function amounts({ stripe }: Harness, query: string): Promise<number[]> {
  const { data } = await stripe.paymentIntents.search({ query });
  return data.map((intent) => intent.amount);
}

async function shop(): Promise<Harness> {
  const world = await harness();
  await pay(world, 1_000, { order_id: '6735', 'gift-wrap': 'yes' });
  await pay(world, 2_000, { order_id: '6736' }, 'eur');
  await world.stripe.paymentIntents.create({ amount: 3_000, currency: 'usd' });
  return world;
}

describe('a search', () => {
  it.each([
    ['amount>1000', [3_000, 2_000]],
    ['amount>=1000', [3_000, 2_000, 1_000]],
    ['amount<2000', [1_000]],
    ['amount:"2000"', [2_000]],
    ['status:"succeeded"', [2_000, 1_000]],
    ["status:'SUCCEEDED'", [2_000, 1_000]],
    ['-status:"succeeded"', [3_000]],
    ['metadata["order_id"]:"6735"', [1_000]],
    ["amount>999 AND metadata['order_id']:'6736'", [2_000]],
    ['currency:"usd" amount>1500', [3_000]],
    ['currency:"eur" OR amount:3000', [3_000, 2_000]],
    ['-metadata["order_id"]:null', [2_000, 1_000]],
    ['metadata["order_id"]:null', [3_000]],
    ['metadata["gift-wrap"]:"yes" and created>0', [1_000]],
    ['metadata["nothing"]:"6735"', []],
  ])('finds payment intents by %s', async (query, expected) => {
    expect(await amounts(await shop(), query)).toEqual(expected);
  });

  it('goes on from page to page', async () => {
    const world = await shop();
    const { stripe } = world;
    const query = 'amount>0';
    const first = await stripe.paymentIntents.search({ query, limit: 2, expand: ['total_count'] });
    expect(first).toMatchObject({
      object: 'search_result',
      url: '/v1/payment_intents/search',
      has_more: true,
      total_count: 3,
    });
    const rest = await stripe.paymentIntents.search({ query, limit: 2, page: first.next_page! });
    expect(rest.data.map((intent) => intent.amount)).toEqual([1_000]);
    expect(rest).toMatchObject({ has_more: false, next_page: null });
    const all: number[] = [];
    for await (const intent of stripe.paymentIntents.search({ query, limit: 1 })) all.push(intent.amount);
    expect(all).toEqual([3_000, 2_000, 1_000]);
    const page = stripe.paymentIntents.search({ query, page: 'nowhere' });
    expect(await refusal(page)).toMatchObject({ statusCode: 400, param: 'page' });
  });

  it('expands what it finds', async () => {
    const { stripe } = await shop();
    const found = await stripe.paymentIntents.search({
      query: 'status:"succeeded"',
      expand: ['data.latest_charge'],
    });
    expect(found.data[0]?.latest_charge).toMatchObject({ object: 'charge', amount: 2_000 });
  });

  it.each([
    'amount>',
    'status:succeeded',
    'amount>1 AND currency:"usd" OR status:"succeeded"',
    'nonsense:"x"',
    'amount~"100"',
    'currency>"usd"',
    'metadata:"x"',
    '(amount>1)',
    '',
  ])('refuses the query %s', async (query) => {
    const { stripe } = await harness();
    const error = await refusal(stripe.paymentIntents.search({ query }));
    expect(error).toMatchObject({ statusCode: 400, param: 'query' });
  });

  it('finds charges by their card', async () => {
    const world = await shop();
    const { stripe } = world;
    await stripe.charges.create({ amount: 4_000, currency: 'usd', source: 'tok_amex' });
    const search = async (query: string) =>
      (await stripe.charges.search({ query })).data.map((charge) => charge.amount);
    expect(await search('payment_method_details.card.brand:"amex"')).toEqual([4_000]);
    expect(await search('payment_method_details.card.last4:4242 AND amount>1000')).toEqual([2_000]);
    expect(await search('refunded:"false" -currency:"usd"')).toEqual([2_000]);
  });

  it('finds customers by a part of their name or address', async () => {
    const { stripe } = await harness();
    await stripe.customers.create({ name: 'Ada Lovelace', email: 'ada@example.org' });
    await stripe.customers.create({ name: 'Fallon "Fal" Smith', email: 'fallon@example.com' });
    const search = async (query: string) =>
      (await stripe.customers.search({ query })).data.map((customer) => customer.email);
    expect(await search('name~"lovel"')).toEqual(['ada@example.org']);
    expect(await search('email~"example"')).toEqual(['fallon@example.com', 'ada@example.org']);
    expect(await search('name:"Fallon \\"Fal\\" Smith"')).toEqual(['fallon@example.com']);
    expect(await search('phone:null AND email:"ada@example.org"')).toEqual(['ada@example.org']);
    expect(await refusal(stripe.customers.search({ query: 'name~"Ad"' }))).toMatchObject({ param: 'query' });
  });
});
