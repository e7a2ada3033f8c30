import type { ShopSettings } from '@paydesk/contract/admin/settings';
import type { ShopConfig } from '@paydesk/contract/config';
import type { ErrorBody, FieldProblem } from '@paydesk/contract/errors';
import type { StartedPayment } from '@paydesk/contract/payments';
import type { Quote } from '@paydesk/contract/quote';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readEnv } from '../../src/env.ts';
import { openShop } from '../../src/shop.ts';
import { operate } from '../support/operators.ts';
import { call, cart, databases, newKey, order, startTestShop, type TestShop } from '../support/shop.ts';

const account = {
  accountHolder: 'Larkhouse Goods',
  iban: 'DE89 3704 0044 0532 0130 00',
  bic: null,
  bankName: null,
};

describe.each(databases)('Settings on %s', (kind) => {
  let shop: TestShop;

  beforeAll(async () => {
    shop = await startTestShop(kind, { jobs: 'manual', env: { HOLD_MINUTES: '90' } });
  });
  afterAll(() => shop.stop());

  it('are those of the environment until something else is set, and say which cannot be', async () => {
    const { shop: own, payments, fixed } = await read();
    expect(own.name).toEqual({ value: 'Larkhouse', setBy: null });
    expect(payments.holdMinutes).toEqual({ value: 90, setBy: 'HOLD_MINUTES' });
    expect(payments.flows.value).toEqual(['elements', 'hosted', 'transfer']);
    expect(fixed).toMatchObject({ currency: 'usd', sandbox: true, url: shop.url });
    expect(await save('payments', { version: 0, holdMinutes: 30 })).toMatchObject({
      status: 409,
      body: { error: { code: 'setting_fixed', details: { problems: [{ path: '/holdMinutes' }] } } },
    });
  });

  it('take effect at once where they are saved, and in another process when it looks', async () => {
    const other = await openShop(readEnv({ ...env(), DATABASE_URL: shop.databaseUrl }), shop.app.database);
    const { version } = (await read()).shop;
    const saved = await save('shop', { version, name: ' Finch & Co ', operatorEmail: 'desk@finch.example' });
    expect(saved.body.shop).toMatchObject({
      version: version + 1,
      name: { value: 'Finch & Co' },
      // Nobody has set it, so it follows the name.
      seller: { value: ['Finch & Co'] },
    });
    expect((await call<ShopConfig>(shop, 'GET', '/api/config')).body.shopName).toBe('Finch & Co');
    expect(other.shop.name).toBe('Larkhouse');
    expect(await other.refresh()).toBe(true);
    expect(other.shop).toMatchObject({ name: 'Finch & Co', operatorEmail: 'desk@finch.example' });
    expect(await other.refresh()).toBe(false);
  });

  it('are not overwritten by somebody who has not seen the newest', async () => {
    const { version } = (await read()).shop;
    const both = await Promise.all([
      save('shop', { version, seller: ['One', '1 Street'] }),
      save('shop', { version, seller: ['Other', '2 Street'] }),
    ]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    const loser = both.find(({ status }) => status === 409);
    expect(loser?.body.error?.code).toBe('settings_changed');
  });

  it('change what a cart costs, and nothing about an order that was placed before', async () => {
    const placed = await order(shop);
    const { delivery } = await read();
    const { code, ...us } = delivery.countries.find((country) => country.code === 'US')!;
    const rates = { ...us, shippingAmount: 1_234, freeShippingFrom: null, taxBasisPoints: 0 };
    const path = `/settings/countries/${code}`;
    const saved = await operate(shop, 'PUT', path, { body: { version: delivery.version, ...rates } });
    expect(saved.status).toBe(200);
    const quote = await call<Quote>(shop, 'POST', '/api/quote', {
      body: { items: cart().items, country: 'US' },
    });
    expect(quote.body).toMatchObject({ shipping: { amount: 1_234 }, tax: { amount: 0 } });
    const kept = await call<{ order: object }>(shop, 'GET', `/api/orders/${placed.order.id}`, {
      token: placed.accessToken,
    });
    expect(kept.body.order).toMatchObject({ shipping: placed.order.shipping, tax: placed.order.tax });
  });

  it('add and remove countries, but never the last one', async () => {
    const { delivery } = await read();
    const { code: _, ...rates } = delivery.countries[0]!;
    const iceland = { version: delivery.version, ...rates, name: 'Iceland' };
    const added = await operate<ShopSettings>(shop, 'PUT', '/settings/countries/IS', { body: iceland });
    expect(added.body.delivery.countries.map(({ code }) => code)).toContain('IS');
    expect((await remove('IS', delivery.version)).body.error?.code).toBe('settings_changed');
    const { version } = added.body.delivery;
    expect((await remove('IS', version)).status).toBe(200);
    expect(await remove('IS', version + 1)).toMatchObject({
      status: 404,
      body: { error: { code: 'country_not_found' } },
    });
    const atlantis = { version: version + 1, ...rates, name: 'Atlantis' };
    const refused = await operate(shop, 'PUT', '/settings/countries/XX', { body: atlantis });
    expect(refused).toMatchObject({ status: 400, body: { error: { code: 'invalid_settings' } } });
    await shop.app.database.transaction(async (tx) => {
      await tx.deleteFrom('countries').where('code', '<>', 'US').execute();
    });
    expect((await remove('US', version + 1)).body.error?.code).toBe('last_country');
  });

  it('refuse rates, texts and accounts that cannot be right, each beside its field', async () => {
    const { shop: own, payments, delivery } = await read();
    const { code: _, ...rates } = delivery.countries[0]!;
    const country = { version: delivery.version, ...rates };
    const wrong: [string, object, string][] = [
      ['countries/US', { ...country, taxBasisPoints: 10_001 }, '/taxBasisPoints'],
      ['countries/US', { ...country, taxBasisPoints: -1 }, '/taxBasisPoints'],
      ['countries/US', { ...country, shippingAmount: 1.5 }, '/shippingAmount'],
      ['countries/US', { ...country, name: '' }, '/name'],
      ['shop', { version: own.version, name: ' ' }, '/name'],
      ['shop', { version: own.version, seller: ['a\u0007b'] }, '/seller/0'],
      ['shop', { version: own.version, operatorEmail: 'nobody' }, '/operatorEmail'],
      ['payments', { version: payments.version, flows: [] }, '/flows'],
      ['payments', { version: payments.version, flows: ['elements', 'elements'] }, '/flows'],
      ['payments', { version: payments.version, account: null, flows: ['transfer'] }, '/flows'],
      [
        'payments',
        { version: payments.version, account: { ...account, iban: 'DE88370400440532013000' } },
        '/account/iban',
      ],
    ];
    for (const [part, body, path] of wrong) {
      const { status, body: answer } = await save(part, body);
      const { problems } = (answer as unknown as ErrorBody).error.details as { problems: FieldProblem[] };
      expect([status, problems[0]?.path]).toEqual([400, path]);
    }
  });

  it('offer only the ways to pay that were chosen, and let what was begun another way be finished', async () => {
    const placed = await order(shop);
    const pay = (flow: string, method = 'stripe') =>
      call<StartedPayment & ErrorBody>(shop, 'POST', `/api/orders/${placed.order.id}/pay`, {
        token: placed.accessToken,
        key: newKey(),
        body: { paymentMethod: method, flow },
      });
    const begun = await pay('elements');
    expect(begun.status).toBe(201);
    const { version } = (await read()).payments;
    await save('payments', { version, flows: ['hosted', 'transfer'], account });
    expect((await call<ShopConfig>(shop, 'GET', '/api/config')).body.flows).toEqual(['hosted', 'transfer']);
    expect((await pay('elements')).body.payment.id).toBe(begun.body.payment.id);
    const transfer = await pay('transfer', 'bank-transfer');
    expect(transfer.body.payment.instructions).toMatchObject({ iban: account.iban });
    expect((await pay('elements')).body.error.code).toBe('unknown_payment_method');
    await save('payments', { version: version + 1, account: null, flows: ['hosted'] });
    expect((await pay('transfer', 'bank-transfer')).body.error.code).toBe('unknown_payment_method');
  });

  const read = async () => (await operate<ShopSettings>(shop, 'GET', '/settings')).body;
  const save = (part: string, body: object) =>
    operate<ShopSettings>(shop, 'PUT', `/settings/${part}`, { body });
  const remove = (code: string, version: number) =>
    operate(shop, 'DELETE', `/settings/countries/${code}?version=${version}`);
  const env = () => ({ STRIPE_API_BASE: shop.sandbox.url });
});
