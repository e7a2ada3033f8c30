import type { Account, AccountOrders, SavedAddresses } from '@paydesk/contract/account';
import type { Order, PlacedOrder } from '@paydesk/contract/orders';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkBooks } from '../support/books.ts';
import { Member, newMember, newStranger } from '../support/member.ts';
import { cart, databases, order, startTestShop, type TestShop } from '../support/shop.ts';

describe.each(databases)('accounts, on %s', (kind) => {
  let shop: TestShop;
  beforeAll(async () => {
    shop = await startTestShop(kind, { webhooks: false, jobs: 'manual', env: { TRUST_PROXY: '1' } });
  });
  afterAll(() => shop.stop());

  const stranger = () => newStranger(shop);
  const member = () => newMember(shop);
  const orderBy = async (email: string) => {
    const body = cart();
    return await order(shop, { ...body, contact: { ...body.contact, email } });
  };
  const ordersOf = async (person: Member) =>
    (await person.call<AccountOrders>('GET', '/api/account/orders')).body.orders.map(({ id }) => id);

  it('are made, confirmed by a mailed link, signed out of and into', async () => {
    const ada = stranger();
    await ada.signUp();
    expect((await ada.call('GET', '/api/account')).body.error?.code).toBe('sign_in_required');
    expect((await ada.signIn()).body.error?.code).toBe('email_not_verified');
    const link = await ada.mailedLink(/Confirm your e-mail/);
    expect(link.origin).toBe(shop.url);
    expect((await ada.follow(link)).status).toBe(302);
    const seen = await ada.call<Account>('GET', '/api/account');
    expect(seen.body).toMatchObject({
      email: ada.email,
      emailVerified: true,
      role: 'customer',
      hasTwoFactor: false,
    });
    await ada.auth('/sign-out', {});
    expect((await ada.call('GET', '/api/account')).status).toBe(401);
    expect((await ada.signIn()).status).toBe(200);
    expect((await ada.call('GET', '/api/account')).status).toBe(200);
  });

  it('take in the orders of a guest once the address is confirmed, and not before', async () => {
    const ada = stranger();
    const placed = await orderBy(ada.email.toUpperCase());
    await ada.signUp();
    expect((await ada.call('GET', `/api/orders/${placed.order.id}`)).status).toBe(404);
    await ada.follow(await ada.mailedLink(/Confirm your e-mail/));
    expect(await ordersOf(ada)).toEqual([placed.order.id]);
    expect(
      (await ada.call<{ order: Order }>('GET', `/api/orders/${placed.order.id}`)).body.order.number,
    ).toBe(placed.order.number);
  });

  it('own the orders that are placed while signed in, which nobody else can see or pay', async () => {
    const [ada, eve] = [await member(), await member()];
    const { body: placed } = await ada.call<PlacedOrder>('POST', '/api/orders', cart());
    const path = `/api/orders/${placed.order.id}`;
    const pay = { paymentMethod: 'stripe', flow: 'elements' };
    const foreign = await eve.call('POST', `${path}/pay`, pay);
    const unknown = await eve.call('POST', '/api/orders/ord_unknown/pay', pay);
    expect([foreign.status, foreign.body.error?.code]).toEqual([404, 'order_not_found']);
    expect([unknown.status, unknown.body.error?.code]).toEqual([404, 'order_not_found']);
    expect((await eve.call('GET', path)).status).toBe(404);
    // The owner needs no token: the session says who it is.
    for (const name of [...ada.cookies.keys()]) if (name.includes('ord_')) ada.cookies.delete(name);
    expect((await ada.call('POST', `${path}/pay`, pay)).status).toBe(201);
    expect(await ordersOf(ada)).toEqual([placed.order.id]);
    expect(await ordersOf(eve)).toEqual([]);
    const { contact, shippingAddress } = placed.order;
    expect((await ada.call<Account>('GET', '/api/account')).body.delivery).toEqual({
      contact,
      shippingAddress,
    });
    expect((await eve.call<Account>('GET', '/api/account')).body.delivery).toBeNull();
  });

  it('list orders in pages, newest first, without gaps or doubles', async () => {
    const ada = stranger();
    const placed: string[] = [];
    for (let count = 0; count < 23; count += 1) placed.push((await orderBy(ada.email)).order.id);
    await ada.join();
    const first = (await ada.call<AccountOrders>('GET', '/api/account/orders')).body;
    expect([first.orders.length, first.next !== null]).toEqual([20, true]);
    const second = (await ada.call<AccountOrders>('GET', `/api/account/orders?before=${first.next}`)).body;
    expect(second.next).toBeNull();
    const seen = [...first.orders, ...second.orders].map(({ id }) => id);
    expect(new Set(seen)).toEqual(new Set(placed));
    expect(seen).toHaveLength(23);
    const lost = await ada.call<AccountOrders>('GET', '/api/account/orders?before=no-cursor');
    expect(lost.body.orders).toEqual(first.orders);
  });

  it('choose a new password by a mailed link, once, which signs out everywhere', async () => {
    const ada = await member();
    const elsewhere = new Member(shop, ada.email);
    await elsewhere.signIn();
    const asked = await stranger().auth('/request-password-reset', {
      email: ada.email,
      redirectTo: '/new-password',
    });
    const nobody = await stranger().auth('/request-password-reset', {
      email: 'nobody@example.com',
      redirectTo: '/',
    });
    expect([asked.status, JSON.stringify(asked.body)]).toEqual([nobody.status, JSON.stringify(nobody.body)]);
    const link = await ada.mailedLink(/Choose a new password/);
    const token = link.pathname.split('/').at(-1)!;
    expect((await ada.auth('/reset-password', { token, newPassword: 'short' })).body.error?.code).toBe(
      'weak_password',
    );
    expect((await ada.auth('/reset-password', { token, newPassword: '1234567890' })).body.error?.code).toBe(
      'guessable_password',
    );
    expect((await ada.auth('/reset-password', { token, newPassword: 'another long password' })).status).toBe(
      200,
    );
    expect(
      (await ada.auth('/reset-password', { token, newPassword: 'a third long password' })).body.error?.code,
    ).toBe('link_not_valid');
    expect((await elsewhere.call('GET', '/api/account')).status).toBe(401);
    expect((await ada.signIn()).body.error?.code).toBe('invalid_credentials');
    expect((await ada.signIn('another long password')).status).toBe(200);
  });

  it('keep addresses for the next order, of which one is the standard one', async () => {
    const [ada, eve] = [await member(), await member()];
    const path = '/api/account/addresses';
    const street = (line1: string, more: object = {}) => ({
      firstName: 'Ada',
      lastName: 'Lovelace',
      address: { line1, city: 'Springfield', state: 'IL', postalCode: '62701', country: 'US' },
      isStandard: false,
      ...more,
    });
    const saved = async (method: string, at: string, body?: object, by = ada) =>
      await by.call<SavedAddresses>(method, at, body);
    await saved('POST', path, street(' 1 Main St '));
    const { status, body } = await saved('POST', path, street('2 Main St', { isStandard: true }));
    expect(status).toBe(201);
    expect(body.addresses.map(({ address, isStandard }) => [address.line1, isStandard])).toEqual([
      ['2 Main St', true],
      ['1 Main St', false],
    ]);
    const [second, first] = body.addresses;
    const seen = (await ada.call<Account>('GET', '/api/account')).body;
    expect(seen.delivery).toMatchObject({
      contact: { email: ada.email },
      shippingAddress: { line1: '2 Main St' },
    });
    expect(seen.addresses).toEqual(body.addresses);
    await saved('PUT', `${path}/${first!.id}`, street('1a Main St', { phone: '+1 555 0100' }));
    const left = await saved('DELETE', `${path}/${second!.id}`);
    expect(left.body.addresses).toMatchObject([
      { id: first!.id, phone: '+1 555 0100', address: { line1: '1a Main St' }, isStandard: true },
    ]);
    const refused = [
      await saved('PUT', `${path}/${first!.id}`, street('3 Main St'), eve),
      await saved('DELETE', `${path}/${first!.id}`, undefined, eve),
      await saved('DELETE', `${path}/${second!.id}`),
      await saved('POST', path, street('4 Main St', { address: { line1: 'x', country: 'US' } })),
      await saved('POST', path, street('4 Main St', { address: { line1: 'x', country: 'AQ' } })),
      await saved('POST', path, { ...street('4 Main St'), person_id: 'per_other' }),
    ];
    expect(refused.map((reply) => reply.body.error?.code)).toEqual([
      'address_not_found',
      'address_not_found',
      'address_not_found',
      'invalid_address',
      'country_not_served',
      'invalid_request',
    ]);
    for (let count = 1; count < 20; count += 1) await saved('POST', path, street(`${count} Side St`));
    expect((await saved('POST', path, street('One more'))).body.error?.code).toBe('too_many_addresses');
    expect((await eve.call<Account>('GET', '/api/account')).body.addresses).toEqual([]);
  });

  it('change their address only when both the old and the new one agree, and take in its orders', async () => {
    const ada = await member();
    const address = `new.${ada.email}`;
    const placed = await orderBy(address);
    await ada.auth('/change-email', { newEmail: address });
    await ada.follow(await ada.mailedLink(/to be changed/));
    expect((await ada.call<Account>('GET', '/api/account')).body.email).toBe(ada.email);
    await ada.follow(await ada.mailedLink(/Confirm your e-mail/, address));
    expect((await ada.call<Account>('GET', '/api/account')).body).toMatchObject({
      email: address,
      emailVerified: true,
    });
    expect(await ordersOf(ada)).toEqual([placed.order.id]);
  });

  it('leave books that are in order', async () => {
    await checkBooks(shop);
  });
});
