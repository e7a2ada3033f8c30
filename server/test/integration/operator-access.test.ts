import type { PlacedOrder } from '@paydesk/contract/orders';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Need } from '../../src/domain/operator.ts';
import { snapshot } from '../support/books.ts';
import { Member } from '../support/member.ts';
import { firstOwner, invited } from '../support/people.ts';
import { call, databases, operatorToken, order, startTestShop, type TestShop } from '../support/shop.ts';

/** Whom each call of the operators is for. A route that is not here fails the test. */
const routes: Record<string, Need> = {
  'GET /api/admin/me': 'view',
  'GET /api/admin/operators': 'view',
  'POST /api/admin/operators/invitations': 'own',
  'POST /api/admin/operators/{id}/role': 'own',
  'PUT /api/admin/operators/rules': 'own',
  'GET /api/admin/approvals': 'view',
  'POST /api/admin/approvals/{id}/approve': 'refund',
  'POST /api/admin/approvals/{id}/reject': 'refund',
  'GET /api/admin/orders': 'view',
  'GET /api/admin/orders/new': 'view',
  'GET /api/admin/orders.csv': 'view',
  'GET /api/admin/orders/{id}': 'view',
  'POST /api/admin/orders/{id}/refunds': 'refund',
  'POST /api/admin/orders/{id}/cancel': 'refund',
  'POST /api/admin/orders/{id}/check': 'manage',
  'POST /api/admin/orders/{id}/transfers': 'refund',
  'GET /api/admin/orders/{id}/invoice.pdf': 'view',
  'GET /api/admin/orders/{id}/credit-notes/{refundId}.pdf': 'view',
  'POST /api/admin/orders/{id}/notes': 'manage',
  'POST /api/admin/orders/{id}/fulfil': 'manage',
  'POST /api/admin/orders/{id}/tracking': 'manage',
  'POST /api/admin/orders/{id}/mails/{mail}/resend': 'manage',
  'POST /api/admin/refunds/{id}/complete': 'refund',
  'POST /api/admin/refunds/{id}/fail': 'refund',
  'GET /api/admin/products': 'view',
  'GET /api/admin/products.csv': 'view',
  'GET /api/admin/products/{id}': 'view',
  'POST /api/admin/products': 'manage',
  'POST /api/admin/products/import': 'manage',
  'POST /api/admin/products/{id}': 'manage',
  'POST /api/admin/products/{id}/archive': 'manage',
  'POST /api/admin/products/{id}/stock': 'manage',
  'POST /api/admin/products/{id}/pictures': 'manage',
  'POST /api/admin/products/{id}/pictures/arrange': 'manage',
  'GET /api/admin/discounts': 'view',
  'GET /api/admin/discounts/{code}': 'view',
  'POST /api/admin/discounts': 'manage',
  'POST /api/admin/discounts/{code}': 'manage',
  'POST /api/admin/discounts/{code}/end': 'manage',
  'GET /api/admin/breaks': 'view',
  'POST /api/admin/breaks/{id}/close': 'manage',
  'GET /api/admin/events': 'view',
  'GET /api/admin/events/{id}': 'view',
  'POST /api/admin/events/{id}/replay': 'manage',
  'POST /api/admin/events/{id}/give-up': 'manage',
  'GET /api/admin/effects': 'view',
  'POST /api/admin/effects/{key}/retry': 'manage',
  'POST /api/admin/effects/{key}/give-up': 'manage',
  'GET /api/admin/ledger': 'view',
  'GET /api/admin/ledger.csv': 'view',
  'POST /api/admin/ledger/compare': 'manage',
  'GET /api/admin/actions': 'view',
};

type Caller =
  | 'nobody'
  | 'a foreign token'
  | 'an ended session'
  | 'customer'
  | 'viewer'
  | 'manager'
  | 'owner'
  | 'token';

/** How each of them is refused by a call that has this need; null where they are let in. */
function refusalOf(caller: Caller, need: Need): string | null {
  if (caller === 'nobody' || caller === 'a foreign token' || caller === 'an ended session')
    return '401 operator_required';
  if (caller === 'customer') return '403 role_not_allowed';
  if (caller === 'viewer') return need === 'view' ? null : '403 role_not_allowed';
  if (caller === 'manager') return need === 'own' ? '403 role_not_allowed' : null;
  return null;
}

describe.each(databases)('the door of the operators, on %s', (kind) => {
  let shop: TestShop;
  let placed: PlacedOrder;
  let people: Record<'customer' | 'viewer' | 'manager' | 'owner' | 'an ended session', Member>;
  beforeAll(async () => {
    shop = await startTestShop(kind, { webhooks: false, jobs: 'manual', env: { TRUST_PROXY: '1' } });
    placed = await order(shop);
    const owner = await firstOwner(shop);
    const [viewer, manager, gone] = [
      await invited(shop, owner, 'viewer'),
      await invited(shop, owner, 'manager'),
      await invited(shop, owner, 'owner'),
    ];
    const customer = new Member(shop, 'customer@example.com');
    await customer.join();
    const cookies = new Map(gone.cookies);
    await gone.auth('/sign-out', {});
    gone.cookies = cookies;
    people = { customer, viewer, manager, owner, 'an ended session': gone };
  });
  afterAll(() => shop.stop());

  /** How a caller's call ends, without a body that could bring anything about. */
  const knock = async (caller: Caller, method: string, path: string): Promise<string> => {
    const body = method === 'GET' ? undefined : { nothing: 'of this kind' };
    const tokens: Partial<Record<Caller, string>> = {
      'a foreign token': placed.accessToken,
      token: operatorToken,
    };
    const person = people[caller as keyof typeof people] as Member | undefined;
    const token = tokens[caller];
    const reply = person
      ? await person.call(method, path, body)
      : await call<{ error?: { code: string } }>(shop, method, path, {
          ...(body && { body }),
          ...(token !== undefined && { token }),
        });
    return `${reply.status} ${(reply.body as { error?: { code: string } }).error?.code ?? ''}`;
  };

  it('is written down for every call there is', async () => {
    const { paths } = (await call<{ paths: Record<string, object> }>(shop, 'GET', '/api/docs/json')).body;
    const known = Object.entries(paths)
      .filter(([path]) => path.startsWith('/api/admin/'))
      .flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`));
    expect(known.toSorted()).toEqual(Object.keys(routes).toSorted());
  });

  const callers: Caller[] = [
    'nobody',
    'a foreign token',
    'an ended session',
    'customer',
    'viewer',
    'manager',
    'owner',
    'token',
  ];

  it.each(callers)('lets %s into what is theirs, and into nothing else', async (caller) => {
    const before = await snapshot(shop);
    for (const [route, need] of Object.entries(routes)) {
      const [method = '', pattern = ''] = route.split(' ');
      const path = pattern
        .replace('/orders/{id}', `/orders/${placed.order.id}`)
        .replaceAll(/\{\w+\}/g, 'none');
      const answer = await knock(caller, method, path);
      const refusal = refusalOf(caller, need);
      if (refusal !== null) expect([route, answer]).toEqual([route, refusal]);
      else expect(`${route}: ${answer}`).not.toMatch(/: (401|403|5\d\d) /);
    }
    expect(await snapshot(shop)).toEqual(before);
  });
});
