import { describe, expect, it } from 'vitest';
import { routes } from '../../src/routes.ts';
import { hash, text, unbuilt } from '../../src/wire/schema.ts';
import { coverage, type Parameter, withSdkCalls } from '../../tools/parameters.ts';

const { calls, all } = withSdkCalls((found) => ({
  calls: found.map((call) => ({ ...call, parameters: call.parameters.map(({ name }) => name) })),
  all: coverage(routes, found),
}));

function parameter(name: string, ...inside: Parameter[]): Parameter {
  return { name, inside: () => inside };
}

/** What browsers and the CLI call, and the older paths of refunds that Stripe still answers. */
const UNTYPED_ENDPOINTS = [
  'GET /v1/charges/:/refunds',
  'GET /v1/charges/:/refunds/:',
  'GET /v1/payment_pages/:',
  'POST /v1/charges/:/refund',
  'POST /v1/charges/:/refunds',
  'POST /v1/charges/:/refunds/:',
  'POST /v1/confirmation_tokens',
  'POST /v1/events/:/retry',
  'POST /v1/payment_links/:/open',
  'POST /v1/payment_pages/:',
  'POST /v1/payment_pages/:/confirm',
  'POST /v1/payment_pages/:/recover',
];

describe('the parameters of the official SDK', () => {
  it('are read from its types, call by call', () => {
    expect(calls.length).toBeGreaterThan(400);
    expect(calls.find(({ resource, name }) => resource === 'Refunds' && name === 'create')).toEqual({
      resource: 'Refunds',
      name: 'create',
      method: 'POST',
      path: '/v1/refunds',
      parameters: expect.arrayContaining(['amount', 'charge', 'expand', 'payment_intent', 'reason']),
    });
  });

  it('count as understood, refused or unknown', () => {
    const call = {
      resource: 'Refunds',
      name: 'cancel',
      method: 'POST',
      path: '/v1/refunds/:/cancel',
      parameters: [
        parameter('expand', parameter('deep'), parameter('deeper')),
        parameter('reason'),
        parameter('why'),
      ],
    };
    const route = {
      method: 'POST',
      path: '/v1/refunds/:id/cancel',
      access: 'secret',
      fields: { expand: hash({ deep: text() }), reason: unbuilt() },
      handle: () => ({}),
    } as const;
    expect(coverage([route], [call])[0]).toMatchObject({
      understood: ['expand'],
      refused: ['reason'],
      unknown: ['why'],
      unknownInside: ['expand[deeper]'],
    });
    expect(coverage([], [call])[0]).toMatchObject({ route: null, unknown: [] });
  });

  it('are none of them called unknown by an endpoint that is built', () => {
    const unknown = all.flatMap((each) =>
      [...each.unknown, ...each.unknownInside].map(
        (name) => `${each.call.resource}.${each.call.name}: ${name}`,
      ),
    );
    expect(unknown).toEqual([]);
  });

  it('belong to every endpoint that is built, but for those that the SDK does not know', () => {
    const known = new Set(calls.map(({ method, path }) => `${method} ${path}`));
    const others = routes
      .map(({ method, path }) => `${method} ${path.replaceAll(/:\w+/g, ':')}`)
      .filter((endpoint) => !known.has(endpoint));
    expect(others.sort()).toEqual(UNTYPED_ENDPOINTS);
  });
});
