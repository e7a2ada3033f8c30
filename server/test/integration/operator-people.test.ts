import type { Approval } from '@paydesk/contract/admin/approvals';
import type { OperatorSelf, Operators } from '@paydesk/contract/admin/operators';
import type { Order } from '@paydesk/contract/orders';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ownerLink } from '../../src/app/operators/owner-link.ts';
import { listMails } from '../../src/db/mails.ts';
import { checkBooks } from '../support/books.ts';
import { Member, password } from '../support/member.ts';
import { oneTimeCode } from '../support/one-time-code.ts';
import { paidOrder, trace } from '../support/operators.ts';
import { firstOwner, invited, tokenOf } from '../support/people.ts';
import { databases, settleJobs, startTestShop, type TestShop } from '../support/shop.ts';

const rules = { managerRefundLimit: 500, secondPersonFrom: null, requireTwoStep: false };

describe.each(databases)('operators as people, on %s', (kind) => {
  let shop: TestShop;
  let owner: Member;
  let firstLink: string;
  beforeAll(async () => {
    shop = await startTestShop(kind, { webhooks: false, jobs: 'manual', env: { TRUST_PROXY: '1' } });
    firstLink = (await ownerLink(shop.app))!;
    owner = await firstOwner(shop);
  });
  afterAll(() => shop.stop());

  const refundOf = async (by: Member, orderId: string, amount: number) =>
    await by.call<{ approval?: Approval; order?: Order }>('POST', `/api/admin/orders/${orderId}/refunds`, {
      amount,
      reason: 'A handle broke.',
    });
  const decide = async (by: Member, id: string, way: 'approve' | 'reject') =>
    await by.call('POST', `/api/admin/approvals/${id}/${way}`, way === 'reject' ? { reason: 'No.' } : {});
  const codeOf = ({ status, body }: { status: number; body: { error?: { code: string } } }) =>
    `${status} ${body.error?.code}`;

  it('begin with an owner, whom the first link makes once', async () => {
    const me = (await owner.call<OperatorSelf>('GET', '/api/admin/me')).body;
    expect(me).toMatchObject({ role: 'owner', email: 'owner@example.com', refundLimit: null });
    expect(await ownerLink(shop.app)).toBeNull();
    const late = new Member(shop, 'late@example.com');
    const body = { token: tokenOf(firstLink), name: 'Late', email: late.email, password };
    expect(codeOf(await late.call('POST', '/api/operators/join', body))).toBe('404 invitation_not_valid');
    expect((await late.signIn()).status).toBe(401);
  });

  it('are invited by mail with a role, by a link that works once, for a week, and for its reader only', async () => {
    const manager = await invited(shop, owner, 'manager');
    expect((await manager.call<OperatorSelf>('GET', '/api/admin/me')).body).toMatchObject({
      role: 'manager',
    });
    const forwarded = new Member(shop, 'somebody@example.com');
    await forwarded.join();
    await owner.call('POST', '/api/admin/operators/invitations', {
      email: 'one@example.com',
      role: 'viewer',
    });
    const token = tokenOf((await new Member(shop, 'one@example.com').mailedLink(/invited to run/)).href);
    const accept = async (by: Member) => codeOf(await by.call('POST', '/api/operators/join', { token }));
    expect(await accept(forwarded)).toBe('403 invitation_for_another');
    expect(await accept(new Member(shop, 'x@example.com'))).toBe('401 sign_in_required');
    const one = new Member(shop, 'one@example.com');
    await one.join();
    expect(await accept(one)).toBe('201 undefined');
    expect(await accept(one)).toBe('404 invitation_not_valid');
    await owner.call('POST', '/api/admin/operators/invitations', {
      email: 'two@example.com',
      role: 'viewer',
    });
    const old = tokenOf((await new Member(shop, 'two@example.com').mailedLink(/invited to run/)).href);
    const week = 7 * 24 * 3_600_000 + 1_000;
    shop.advance(week);
    const late = await new Member(shop, 'two@example.com').call('POST', '/api/operators/invitation', {
      token: old,
    });
    expect(codeOf(late)).toBe('404 invitation_not_valid');
    shop.advance(-week);
  });

  it('keep an owner, and lose a role from the next call on', async () => {
    const viewer = await invited(shop, owner, 'viewer');
    const list = (await owner.call<Operators>('GET', '/api/admin/operators')).body.operators;
    const idOf = (email: string) => list.find((each) => each.email === email)!.id;
    const change = async (email: string, role: string) =>
      codeOf(await owner.call('POST', `/api/admin/operators/${idOf(email)}/role`, { role }));
    expect(await change(owner.email, 'viewer')).toBe('409 last_owner');
    expect((await viewer.call('GET', '/api/admin/operators')).status).toBe(200);
    expect(await change(viewer.email, 'none')).toBe('200 undefined');
    expect(codeOf(await viewer.call('GET', '/api/admin/operators'))).toBe('403 role_not_allowed');
    expect(await change(viewer.email, 'manager')).toBe('404 operator_not_found');
    const wrong = await owner.call('POST', `/api/admin/operators/${idOf(owner.email)}/role`, {
      role: 'root',
    });
    expect(codeOf(wrong)).toBe('400 invalid_request');
  });

  it('of two who take the first link at once, one becomes the owner', async () => {
    const other = await startTestShop(kind, { webhooks: false, jobs: 'manual' });
    try {
      const token = tokenOf((await ownerLink(other.app))!);
      const join = async (email: string) =>
        (
          await new Member(other, email).call('POST', '/api/operators/join', {
            token,
            name: 'A',
            email,
            password,
          })
        ).status;
      const guessable = { token, name: 'Olivia', email: 'a@example.com', password: 'password123' };
      const refused = await new Member(other, 'a@example.com').call('POST', '/api/operators/join', guessable);
      expect(codeOf(refused)).toBe('400 guessable_password');
      const statuses = await Promise.all([join('a@example.com'), join('b@example.com')]);
      expect(statuses.toSorted()).toEqual([201, 404]);
    } finally {
      await other.stop();
    }
  });

  it('sign in anew before they move money or change the shop, when it is a while ago', async () => {
    const { placed } = await paidOrder(shop);
    const aWhile = 5 * 60_000 + 1_000;
    shop.advance(aWhile);
    expect(codeOf(await refundOf(owner, placed.order.id, 100))).toBe('403 sign_in_again');
    expect(codeOf(await owner.call('PUT', '/api/admin/operators/rules', rules))).toBe('403 sign_in_again');
    expect((await owner.call('GET', `/api/admin/orders/${placed.order.id}`)).status).toBe(200);
    shop.advance(-aWhile);
    expect((await refundOf(owner, placed.order.id, 100)).status).toBe(201);
  });

  it('are operators for a working day after they signed in, and then have to sign in again', async () => {
    const workingDay = 8 * 3_600_000;
    shop.advance(workingDay - 60_000);
    expect((await owner.call('GET', '/api/admin/orders')).status).toBe(200);
    shop.advance(120_000);
    for (const path of ['/me', '/orders', '/operators'])
      expect(codeOf(await owner.call('GET', `/api/admin${path}`))).toBe('401 operator_signed_in_long_ago');
    // As a customer they are signed in as before.
    expect((await owner.call('GET', '/api/account')).status).toBe(200);
    shop.advance(-workingDay - 60_000);
    expect((await owner.call('GET', '/api/admin/orders')).status).toBe(200);
  });

  it('refund more than they may alone only when somebody else agrees, however small the steps are', async () => {
    await owner.call('PUT', '/api/admin/operators/rules', rules);
    const manager = await invited(shop, owner, 'manager');
    const { placed } = await paidOrder(shop);
    const { id } = placed.order;
    expect((await refundOf(manager, id, 300)).status).toBe(201);
    const asked = await refundOf(manager, id, 300);
    expect([asked.status, asked.body.approval]).toMatchObject([
      202,
      { amount: { amount: 300 }, given: 600, mayDecide: false },
    ]);
    const approval = asked.body.approval!;
    expect(codeOf(await refundOf(manager, id, 300))).toBe('409 approval_waiting');
    expect((await trace(shop, placed)).refunds).toHaveLength(1);
    expect(codeOf(await decide(manager, approval.id, 'approve'))).toBe('403 own_approval');
    const colleague = await invited(shop, owner, 'manager');
    expect(codeOf(await decide(colleague, approval.id, 'approve'))).toBe('403 own_approval');
    const agreed = await Promise.all([
      decide(owner, approval.id, 'approve'),
      decide(owner, approval.id, 'approve'),
    ]);
    expect(agreed.map(codeOf).toSorted()).toEqual(['201 undefined', '409 approval_decided']);
    const refunds = (await trace(shop, placed)).refunds;
    expect(refunds).toHaveLength(2);
    const agreedTo = `${manager.email.split('@')[0]}, agreed to by owner`;
    expect(refunds.map(({ requestedBy }) => requestedBy)).toContain(agreedTo);
  });

  it('are asked by mail for their word if they may give it, and whoever asked is told what became of it', async () => {
    const [manager, colleague] = [
      await invited(shop, owner, 'manager'),
      await invited(shop, owner, 'manager'),
    ];
    const { placed } = await paidOrder(shop);
    const { id, number } = placed.order;
    const { approval } = (await refundOf(manager, id, 600)).body;
    const asked = await owner.mailedLink(/^A refund of \$6\.00 waits for your word/);
    expect(asked.pathname).toBe(`/admin/orders/${id}`);
    await decide(owner, approval!.id, 'reject');
    const told = await manager.mailedLink(/^Your refund of \$6\.00 was rejected/);
    expect(told.pathname).toBe(`/admin/orders/${id}`);
    const mails = await listMails(shop.app.database.read, { orderId: undefined, limit: 100 });
    const about = mails.filter(({ subject, text }) => subject.includes('$6.00') && text.includes(number));
    const readers = about.map(({ recipient }) => recipient);
    expect(readers).toEqual(expect.arrayContaining([owner.email, manager.email]));
    expect(readers).not.toContain(colleague.email);
  });

  it('need a second person from a sum on, whoever they are, who may say no', async () => {
    await owner.call('PUT', '/api/admin/operators/rules', { ...rules, secondPersonFrom: 1_000 });
    const { placed } = await paidOrder(shop);
    const asked = await refundOf(owner, placed.order.id, 1_200);
    expect(asked.status).toBe(202);
    expect(codeOf(await decide(owner, asked.body.approval!.id, 'approve'))).toBe('403 own_approval');
    const second = await invited(shop, owner, 'owner');
    const said = await decide(second, asked.body.approval!.id, 'reject');
    expect(said.body).toMatchObject({ approval: { state: 'rejected', decision: 'No.' } });
    expect(codeOf(await decide(second, asked.body.approval!.id, 'approve'))).toBe('409 approval_decided');
    expect((await trace(shop, placed)).refunds).toEqual([]);
    await owner.call('PUT', '/api/admin/operators/rules', rules);
  });

  it('are held to a second step where the shop demands it', async () => {
    await owner.call('PUT', '/api/admin/operators/rules', { ...rules, requireTwoStep: true });
    expect(codeOf(await owner.call('GET', '/api/admin/operators'))).toBe('403 two_step_required');
    const me = (await owner.call<OperatorSelf>('GET', '/api/admin/me')).body;
    expect(me.mustSetUpTwoStep).toBe(true);
    const { body } = await owner.auth<{ totpURI: string }>('/two-factor/enable', { password });
    const secret = new URL(body.totpURI).searchParams.get('secret')!;
    await owner.auth('/two-factor/verify-totp', { code: oneTimeCode(secret) });
    expect((await owner.call('GET', '/api/admin/operators')).status).toBe(200);
    await owner.call('PUT', '/api/admin/operators/rules', rules);
  });

  it('are refused from pages of other sites, and without saying where they are', async () => {
    const { placed } = await paidOrder(shop);
    const path = `/api/admin/orders/${placed.order.id}/cancel`;
    const foreign = await owner.call('POST', path, {}, { origin: 'https://evil.example' });
    expect(codeOf(foreign)).toBe('403 origin_not_allowed');
    const cookie = [...owner.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const silent = await fetch(`${shop.url}${path}`, { method: 'POST', headers: { cookie } });
    expect(silent.status).toBe(403);
  });

  it('leave in the log who did what, why and with what outcome, before it is done', async () => {
    const { placed } = await paidOrder(shop);
    await refundOf(owner, placed.order.id, 100);
    await refundOf(owner, placed.order.id, 10_000_000);
    const actions = (
      await shop.app.database.read.selectFrom('operator_actions').selectAll().orderBy('id').execute()
    ).filter((row) => row.order_id === placed.order.id);
    expect(actions).toMatchObject([
      {
        operator: 'owner',
        role: 'owner',
        action: 'POST /api/admin/orders/:id/refunds',
        reason: 'A handle broke.',
      },
      { operator: 'owner', reason: 'A handle broke.' },
    ]);
    const outcomes = await shop.app.database.read.selectFrom('operator_outcomes').selectAll().execute();
    const outcomeOf = (id: unknown) => outcomes.find((row) => row.action_id === id);
    expect(actions.map(({ id }) => outcomeOf(id))).toMatchObject([
      { status: 201, code: null },
      { status: 409, code: 'refund_too_large' },
    ]);
  });

  it('leave books that are in order', async () => {
    await settleJobs(shop);
    await checkBooks(shop);
  });
});
