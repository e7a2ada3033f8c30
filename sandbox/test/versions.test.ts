import Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { type Harness, harness, lineItem, refusal, withoutRedirects } from './support/harness.ts';

/** The official client as if it were an older one. */
function clientOf({ sandbox }: Harness, apiVersion: string): Stripe {
  return new Stripe('sk_test_123', {
    host: '127.0.0.1',
    port: sandbox.port,
    protocol: 'http',
    maxNetworkRetries: 0,
    apiVersion: apiVersion as Stripe.LatestApiVersion,
  });
}

// biome-ignore lint/suspicious/noExplicitAny: older shapes are in no types of this client.
type Old = any;
const payment: Old = { amount: 500, currency: 'usd' };
const hosted: Old = { mode: 'payment', success_url: 'https://shop.test', line_items: [lineItem(500)] };

describe('API versions', () => {
  it.each([
    '2020-08-27',
    '2022-11-15',
    '2023-10-16',
    '2024-06-20',
    '2025-03-31.basil',
    '2026-03-25.dahlia',
    '2026-09-30.endive',
    '2026-10-28.endive',
  ])('%s is spoken and echoed', async (version) => {
    const world = await harness();
    const list = await clientOf(world, version).customers.list();
    expect(list.lastResponse.apiVersion).toBe(version);
  });

  it('that are none of Stripe are 400, and those before 2020 are not built', async () => {
    const { call } = await harness();
    const get = (version: string) => call('GET', '/v1/customers', undefined, { 'Stripe-Version': version });
    expect(await get('2021-02-30')).toMatchObject({
      status: 400,
      body: { error: { message: 'Invalid Stripe API version: 2021-02-30' } },
    });
    expect((await get('2019-12-03')).status).toBe(501);
  });

  it("without a header are the account's", async () => {
    const version = async (world: Harness) =>
      (await world.call('GET', '/v1/customers')).headers.get('stripe-version');
    expect(await version(await harness())).toBe('2024-06-20');
    expect(await version(await harness({ apiVersion: '2022-11-15' }))).toBe('2022-11-15');
  });

  it('before endive take payment_method_types and know no allowed_payment_method_types', async () => {
    const world = await harness();
    const dahlia = clientOf(world, '2026-08-26.dahlia');
    const intent: Old = await dahlia.paymentIntents.create({ ...payment, payment_method_types: ['card'] });
    expect(intent.payment_method_types).toEqual(['card']);
    expect(intent).not.toHaveProperty('allowed_payment_method_types');
    expect(await world.stripe.paymentIntents.retrieve(intent.id)).toHaveProperty(
      'allowed_payment_method_types',
      null,
    );
    const unknown = dahlia.paymentIntents.create({ ...payment, allowed_payment_method_types: ['card'] });
    expect(await refusal(unknown)).toMatchObject({ code: 'parameter_unknown' });
    const gone = world.stripe.paymentIntents.create({ ...payment, payment_method_types: ['card'] });
    expect(await refusal(gone)).toMatchObject({ code: 'parameter_unknown' });
  });

  it('before dahlia call the ways to show Checkout hosted, embedded and custom', async () => {
    const world = await harness();
    const clover = clientOf(world, '2026-02-25.clover').checkout.sessions;
    const session: Old = await clover.create({ ...hosted, ui_mode: 'hosted' });
    expect(session.ui_mode).toBe('hosted');
    expect((await world.stripe.checkout.sessions.retrieve(session.id)).ui_mode).toBe('hosted_page');
    expect(await refusal(clover.create({ ...hosted, ui_mode: 'hosted_page' }))).toMatchObject({
      statusCode: 400,
      param: 'ui_mode',
    });
  });

  it('before basil show shipping details and an invoice on the object itself', async () => {
    const world = await harness();
    const acacia = clientOf(world, '2025-02-24.acacia');
    expect(await acacia.checkout.sessions.create(hosted)).toHaveProperty('shipping_details', null);
    expect(await acacia.paymentIntents.create(payment)).toHaveProperty('invoice', null);
    expect(await world.stripe.paymentIntents.create(payment)).not.toHaveProperty('invoice');
  });

  it('before clover name the coupon of a promotion code itself', async () => {
    const world = await harness();
    const coupon = await world.stripe.coupons.create({ percent_off: 10, duration: 'once' });
    const basil: Old = clientOf(world, '2025-08-27.basil').promotionCodes;
    const code = await basil.create({ coupon: coupon.id });
    expect(code).toMatchObject({ coupon: coupon.id });
    expect(code).not.toHaveProperty('promotion');
    expect(await world.stripe.promotionCodes.retrieve(code.id)).toMatchObject({
      promotion: { type: 'coupon', coupon: coupon.id },
    });
  });

  it('before 2024-04-10 call the marketing features of a product features', async () => {
    const world = await harness();
    const products: Old = clientOf(world, '2023-10-16').products;
    const product = await products.create({ name: 'Cup', features: [{ name: 'round' }] });
    expect(product.features).toEqual([{ name: 'round' }]);
    expect(product).not.toHaveProperty('marketing_features');
  });

  it('before 2024-04-10 capture within the call, and book it there', async () => {
    const world = await harness();
    const paid = {
      ...payment,
      confirm: true,
      payment_method: 'pm_card_visa',
      return_url: 'https://shop.test',
    };
    const methods = async (version: string) => {
      const intent = await clientOf(world, version).paymentIntents.create({
        ...paid,
        automatic_payment_methods: { enabled: true },
        expand: ['latest_charge'],
      });
      return [intent.capture_method, (intent.latest_charge as Stripe.Charge).balance_transaction !== null];
    };
    expect(await methods('2023-10-16')).toEqual(['automatic', true]);
    expect(await methods('2024-04-10')).toEqual(['automatic_async', false]);
  });

  it('before 2023-08-16 take cards only, unless methods are given', async () => {
    const world = await harness();
    const create = (version: string, more: object = {}) =>
      clientOf(world, version).paymentIntents.create({ amount: 500, currency: 'eur', ...more });
    expect(await create('2022-11-15')).toMatchObject({
      automatic_payment_methods: null,
      payment_method_types: ['card'],
    });
    expect(await create('2022-11-15', { automatic_payment_methods: { enabled: true } })).toMatchObject({
      automatic_payment_methods: { enabled: true },
    });
    expect((await create('2023-08-16')).automatic_payment_methods).toMatchObject({ enabled: true });
    const setup = await clientOf(world, '2022-11-15').setupIntents.create();
    expect(setup).toMatchObject({ automatic_payment_methods: null, payment_method_types: ['card'] });
  });

  it('before 2022-11-15 list the charges of a payment and the refunds of a charge', async () => {
    const world = await harness();
    const old = clientOf(world, '2022-08-01');
    const { id } = await old.paymentIntents.create({
      ...payment,
      confirm: true,
      payment_method: 'pm_card_visa',
    });
    const intent: Old = await old.paymentIntents.retrieve(id, {
      expand: ['charges.data.balance_transaction'],
    });
    expect(intent.charges).toMatchObject({
      object: 'list',
      has_more: false,
      total_count: 1,
      url: `/v1/charges?payment_intent=${id}`,
      data: [
        { object: 'charge', refunds: { data: [] }, balance_transaction: { object: 'balance_transaction' } },
      ],
    });
    const charge: Old = await old.charges.retrieve(intent.charges.data[0].id);
    expect(charge.refunds).toMatchObject({ object: 'list', data: [], total_count: 0 });
    const newer: Old = await clientOf(world, '2022-11-15').paymentIntents.retrieve(id);
    expect(newer.charges).toBeUndefined();
  });

  it('shape the objects in errors and lists too', async () => {
    const world = await harness();
    const old = clientOf(world, '2022-08-01');
    const { id } = await old.paymentIntents.create(payment);
    const error: Old = await refusal(
      old.paymentIntents.confirm(id, { payment_method: 'pm_card_visa_chargeDeclined' }),
    );
    expect(error.payment_intent.charges.data).toHaveLength(1);
    const list: Old = await old.paymentIntents.list();
    expect(list.data[0].charges.total_count).toBe(1);
    const replayed = await world.stripe.paymentIntents.list();
    expect(replayed.data[0]).not.toHaveProperty('charges');
  });

  it('leave metadata alone, whatever it says', async () => {
    const world = await harness();
    const metadata = { object: 'payment_intent', id: 'pi_mine' };
    const customer = await clientOf(world, '2020-08-27').customers.create({ metadata });
    expect(customer.metadata).toEqual(metadata);
  });

  it('before 2022-08-01 have no Checkout Sessions here, and say so', async () => {
    const world = await harness();
    const error = await refusal(clientOf(world, '2020-08-27').checkout.sessions.create(hosted));
    expect(error).toMatchObject({ statusCode: 501, code: 'sandbox_not_built' });
  });

  it('of the account decide how events are kept', async () => {
    const world = await harness({ apiVersion: '2022-08-01' });
    await world.stripe.paymentIntents.create({ ...payment, automatic_payment_methods: withoutRedirects });
    const [event] = (await world.stripe.events.list()).data;
    expect(event).toMatchObject({ api_version: '2022-08-01', data: { object: { charges: { data: [] } } } });
  });
});
