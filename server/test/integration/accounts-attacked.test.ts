import type { Account } from '@paydesk/contract/account';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Member, newMember, newStranger, password } from '../support/member.ts';
import { call, databases, startTestShop, type TestShop } from '../support/shop.ts';

describe.each(databases)('accounts that somebody attacks, on %s', (kind) => {
  let shop: TestShop;
  beforeAll(async () => {
    shop = await startTestShop(kind, { webhooks: false, jobs: 'manual', env: { TRUST_PROXY: '1' } });
  });
  afterAll(() => shop.stop());

  const stranger = () => newStranger(shop);
  const member = () => newMember(shop);

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
    const common = { email: ada.email, password: 'password123', name: 'A' };
    expect((await ada.auth('/sign-up/email', common)).body.error?.code).toBe('guessable_password');
    const own = { email: ada.email, password: ada.email, name: 'A' };
    expect((await ada.auth('/sign-up/email', own)).body.error?.code).toBe('guessable_password');
    expect((await ada.auth('/no-such-thing', {})).status).toBe(404);
    expect((await call(shop, 'GET', '/api/account/orders')).status).toBe(401);
  });
});
