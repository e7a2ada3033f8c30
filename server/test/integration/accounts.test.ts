import { createHmac } from 'node:crypto';
import type { Account, AccountOrders } from '@paydesk/contract/account';
import type { Order, PlacedOrder } from '@paydesk/contract/orders';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkBooks } from '../support/books.ts';
import { Member, password } from '../support/member.ts';
import { call, cart, databases, order, startTestShop, type TestShop } from '../support/shop.ts';

/** What an authenticator shows now. Source: RFC 6238. */
function oneTimeCode(secret: string): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const bits = [...secret].map((letter) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  );
  const key = Buffer.from(
    bits
      .join('')
      .match(/.{8}/g)!
      .map((byte) => Number.parseInt(byte, 2)),
  );
  const digest = createHmac('sha1', key).update(counter).digest();
  const at = digest.at(-1)! & 15;
  return String((digest.readUInt32BE(at) & 0x7fff_ffff) % 1_000_000).padStart(6, '0');
}

describe.each(databases)('accounts, on %s', (kind) => {
  let shop: TestShop;
  let people = 0;
  beforeAll(async () => {
    shop = await startTestShop(kind, { webhooks: false, jobs: 'manual', env: { TRUST_PROXY: '1' } });
  });
  afterAll(() => shop.stop());

  const stranger = () => {
    people += 1;
    return new Member(shop, `person${people}@example.com`);
  };
  const member = async () => {
    const person = stranger();
    await person.join();
    return person;
  };
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

  it('list their sessions and end them', async () => {
    const ada = await member();
    const phone = new Member(shop, ada.email);
    await phone.signIn();
    const { body } = await ada.auth<{ token: string }[]>('/list-sessions');
    expect(body).toHaveLength(2);
    await ada.auth('/revoke-other-sessions', {});
    expect((await phone.call('GET', '/api/account')).status).toBe(401);
    expect((await ada.call('GET', '/api/account')).status).toBe(200);
  });

  it('change their address only when both the old and the new one agree, and take in its orders', async () => {
    const ada = await member();
    const address = `new${people}@example.com`;
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

  it('ask for a second factor where one is set up, and take a backup code once', async () => {
    const ada = await member();
    const { body: set } = await ada.auth<{ totpURI: string; backupCodes: string[] }>('/two-factor/enable', {
      password,
    });
    const secret = new URL(set.totpURI).searchParams.get('secret')!;
    expect((await ada.auth('/two-factor/verify-totp', { code: '000000' })).body.error?.code).toBe(
      'link_not_valid',
    );
    expect((await ada.auth('/two-factor/verify-totp', { code: oneTimeCode(secret) })).status).toBe(200);
    expect((await ada.call<Account>('GET', '/api/account')).body.hasTwoFactor).toBe(true);
    const phone = new Member(shop, ada.email);
    expect((await phone.signIn()).body).toMatchObject({ twoFactorRedirect: true });
    expect((await phone.call('GET', '/api/account')).status).toBe(401);
    expect((await phone.auth('/two-factor/verify-totp', { code: oneTimeCode(secret) })).status).toBe(200);
    expect((await phone.call('GET', '/api/account')).status).toBe(200);
    const codes = [];
    for (let tries = 1; tries <= 2; tries += 1) {
      const other = new Member(shop, ada.email);
      await other.signIn();
      codes.push((await other.auth('/two-factor/verify-backup-code', { code: set.backupCodes[0] })).status);
    }
    expect(codes).toEqual([200, 400]);
  });

  it('leave nothing of the links that were mailed', async () => {
    await member();
    expect(await shop.app.database.read.selectFrom('notices').selectAll().execute()).toEqual([]);
  });

  it('cannot be given a role, another id or a confirmed address by who makes them', async () => {
    const eve = stranger();
    await eve.auth('/sign-up/email', {
      email: eve.email,
      password,
      name: 'Eve',
      role: 'owner',
      emailVerified: true,
      id: 'owner',
    });
    expect((await eve.signIn()).body.error?.code).toBe('email_not_verified');
    await eve.follow(await eve.mailedLink(/Confirm your e-mail/));
    await eve.auth('/update-user', { name: 'Eve', role: 'owner', emailVerified: false });
    expect((await eve.call<Account>('GET', '/api/account')).body).toMatchObject({
      role: 'customer',
      emailVerified: true,
    });
  });

  it('let nobody guess: the wait grows after each wrong password, for that address and account alone', async () => {
    const ada = await member();
    const codes: (string | undefined)[] = [];
    for (let tries = 1; tries <= 6; tries += 1)
      codes.push((await ada.signIn('wrong wrong wrong')).body.error?.code);
    expect(codes).toEqual([...Array(5).fill('invalid_credentials'), 'too_many_requests']);
    expect((await ada.signIn()).body.error?.code).toBe('too_many_requests');
    shop.advance(2_000);
    expect((await ada.signIn('wrong wrong wrong')).body.error?.code).toBe('invalid_credentials');
    const blocked = await ada.signIn();
    const elsewhere = new Member(shop, ada.email);
    expect((await elsewhere.signIn()).status).toBe(200);
    expect([blocked.status, blocked.headers.get('retry-after')]).toEqual([429, '4']);
    shop.advance(4_000);
    expect((await ada.signIn()).status).toBe(200);
  });

  it('tell nobody which addresses have one', async () => {
    const ada = await member();
    const known = new Member(shop, ada.email);
    const again = await known.auth('/sign-up/email', { email: ada.email, password, name: 'Somebody' });
    const fresh = await stranger().auth('/sign-up/email', {
      email: 'fresh@example.com',
      password,
      name: 'Somebody',
    });
    expect(again.status).toBe(fresh.status);
    expect(Object.keys(again.body).toSorted()).toEqual(Object.keys(fresh.body).toSorted());
    expect(known.cookies.size).toBe(0);
    expect((await known.signIn('wrong wrong wrong')).body.error).toMatchObject({
      code: 'invalid_credentials',
    });
    const nobody = new Member(shop, 'nobody@example.com');
    expect((await nobody.signIn('wrong wrong wrong')).body.error).toMatchObject({
      code: 'invalid_credentials',
    });
  });

  it('answer no other site, and send nobody to one', async () => {
    const ada = await member();
    const foreign = await ada.call('POST', '/api/auth/sign-out', {}, { origin: 'https://evil.example' });
    expect([foreign.status, foreign.body.error?.code]).toEqual([403, 'origin_not_allowed']);
    expect((await ada.call('GET', '/api/account')).status).toBe(200);
    for (const there of [
      'https://evil.example/',
      '//evil.example',
      '/\\evil.example',
      'javascript:alert(1)',
      ['/'],
    ]) {
      const asked = await ada.auth('/request-password-reset', { email: ada.email, redirectTo: there });
      expect([there, asked.status]).toEqual([there, 400]);
      const query = new URLSearchParams({ token: 'x', callbackURL: String(there) });
      const followed = await ada.call('GET', `/api/auth/verify-email?${query}`);
      if (typeof there === 'string') expect([there, followed.status]).toEqual([there, 400]);
      expect(followed.headers.get('location') ?? '').not.toContain('evil.example');
    }
  });

  it('hand out a session that scripts cannot read and other sites cannot use, new at each sign-in', async () => {
    const ada = await member();
    const reply = await ada.signIn();
    const line = reply.headers.getSetCookie().find((cookie) => cookie.startsWith('paydesk.session_token='))!;
    expect(line).toMatch(/HttpOnly/i);
    expect(line).toMatch(/SameSite=Lax/i);
    const fixed = new Member(shop, ada.email);
    fixed.cookies.set('paydesk.session_token', 'chosen-by-somebody-else.signature');
    await fixed.signIn();
    expect(fixed.cookies.get('paydesk.session_token')).not.toContain('chosen-by-somebody-else');
  });

  it('are told what is wrong with what they send', async () => {
    const ada = stranger();
    for (const body of [
      {},
      { email: 'not-an-address', password, name: 'A' },
      { email: 1, password: [], name: null },
      [],
    ])
      expect((await ada.auth('/sign-up/email', body)).status).toBe(400);
    const long = { email: ada.email, password: 'x'.repeat(129), name: 'A' };
    expect((await ada.auth('/sign-up/email', long)).body.error?.code).toBe('weak_password');
    expect((await ada.auth('/no-such-thing', {})).status).toBe(404);
    expect((await call(shop, 'GET', '/api/account/orders')).status).toBe(401);
  });

  it('leave books that are in order', async () => {
    await checkBooks(shop);
  });
});
