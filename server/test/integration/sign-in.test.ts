import type { Account, AccountSessions } from '@paydesk/contract/account';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Member, newMember, password } from '../support/member.ts';
import { oneTimeCode } from '../support/one-time-code.ts';
import { databases, startTestShop, type TestShop } from '../support/shop.ts';

describe.each(databases)('people who sign in, on %s', (kind) => {
  let shop: TestShop;
  beforeAll(async () => {
    shop = await startTestShop(kind, { webhooks: false, jobs: 'manual', env: { TRUST_PROXY: '1' } });
  });
  afterAll(() => shop.stop());

  const member = () => newMember(shop);

  it('list their sessions and end them', async () => {
    const ada = await member();
    const phone = new Member(shop, ada.email);
    await phone.signIn();
    const list = async () => (await ada.call<AccountSessions>('GET', '/api/account/sessions')).body.sessions;
    const there = (await list()).find(({ isCurrent }) => !isCurrent)!;
    expect(await list()).toHaveLength(2);
    const end = `/api/account/sessions/${there.id}/end`;
    const stranger = await (await member()).call('POST', end);
    expect([stranger.status, stranger.body.error?.code]).toEqual([404, 'session_not_found']);
    expect((await phone.call('GET', '/api/account')).status).toBe(200);
    expect((await ada.call('POST', end)).status).toBe(204);
    expect((await phone.call('GET', '/api/account')).status).toBe(401);
    await phone.signIn();
    await ada.auth('/revoke-other-sessions', {});
    expect((await phone.call('GET', '/api/account')).status).toBe(401);
    expect((await ada.call('GET', '/api/account')).status).toBe(200);
  });

  it('have one session in one browser, however often they sign in there', async () => {
    const ada = await member();
    const sessions = async (by = ada) =>
      (await by.call<AccountSessions>('GET', '/api/account/sessions')).body.sessions;
    const [first] = await sessions();
    const old = new Member(shop, ada.email);
    old.cookies = new Map(ada.cookies);
    expect((await ada.signIn('not the password')).status).toBe(401);
    expect((await old.call('GET', '/api/account')).status).toBe(200);
    await ada.signIn();
    const after = await sessions();
    expect(after).toHaveLength(1);
    expect(after[0]!.id).not.toBe(first!.id);
    expect((await old.call('GET', '/api/account')).status).toBe(401);

    const eve = await member();
    ada.cookies = new Map(eve.cookies);
    await ada.signIn();
    expect((await eve.call('GET', '/api/account')).status).toBe(401);
    const guessed = new Member(shop, ada.email);
    const [name, value] = [...ada.cookies].find(([cookie]) => cookie.endsWith('session_token'))!;
    guessed.cookies.set(name, `${value.split('.')[0]}.forged`);
    await guessed.signIn();
    expect((await ada.call('GET', '/api/account')).status).toBe(200);
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
    const verify = (by: Member, later = 0) =>
      by.auth('/two-factor/verify-totp', { code: oneTimeCode(secret, later) });
    expect((await verify(ada)).status).toBe(200);
    expect((await ada.call<Account>('GET', '/api/account')).body.hasTwoFactor).toBe(true);
    const phone = new Member(shop, ada.email);
    expect((await phone.signIn()).body).toMatchObject({ twoFactorRedirect: true });
    expect((await phone.call('GET', '/api/account')).status).toBe(401);
    expect((await verify(phone, 1)).status).toBe(200);
    expect((await phone.call('GET', '/api/account')).status).toBe(200);
    // Signed in once more: still one session in that browser.
    shop.advance(3 * 60_000);
    await phone.signIn();
    expect((await verify(phone)).status).toBe(200);
    const { body: open } = await ada.call<AccountSessions>('GET', '/api/account/sessions');
    expect(open.sessions).toHaveLength(2);
    const codes = [];
    for (let tries = 1; tries <= 2; tries += 1) {
      const other = new Member(shop, ada.email);
      await other.signIn();
      codes.push((await other.auth('/two-factor/verify-backup-code', { code: set.backupCodes[0] })).status);
    }
    expect(codes).toEqual([200, 400]);
  });

  it('take a code of an authenticator once, also of two who have it', async () => {
    const ada = await member();
    const { body: set } = await ada.auth<{ totpURI: string }>('/two-factor/enable', { password });
    const secret = new URL(set.totpURI).searchParams.get('secret')!;
    const first = oneTimeCode(secret);
    expect((await ada.auth('/two-factor/verify-totp', { code: first })).status).toBe(200);
    const give = async (code: string) => {
      const browser = new Member(shop, ada.email);
      await browser.signIn();
      const { status, body } = await browser.auth('/two-factor/verify-totp', { code });
      return [status, body.error?.code, (await browser.call('GET', '/api/account')).status];
    };
    const refused = [400, 'code_used', 401];
    expect(await give(first)).toEqual(refused);

    // With it the sign-in is over: the password is asked for again.
    const watcher = new Member(shop, ada.email);
    await watcher.signIn();
    const codes = [];
    for (let tries = 1; tries <= 2; tries += 1)
      codes.push((await watcher.auth('/two-factor/verify-totp', { code: first })).body.error?.code);
    expect(codes).toEqual(['code_used', 'sign_in_over']);

    const next = oneTimeCode(secret, 1);
    const both = await Promise.all([give(next), give(next)]);
    expect(both.toSorted()).toEqual([[200, undefined, 200], refused]);
    const { body: open } = await ada.call<AccountSessions>('GET', '/api/account/sessions');
    expect(open.sessions).toHaveLength(2);
  });
});
