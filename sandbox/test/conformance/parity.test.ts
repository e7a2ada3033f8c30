import { describe, expect, it } from 'vitest';
import { moreScenarios } from '../../tools/parity/more-scenarios.ts';
import { compare } from '../../tools/parity/run.ts';
import { scenarios } from '../../tools/parity/scenarios.ts';
import { shapeDifferences, shapeOf } from '../../tools/parity/shape.ts';
import { harness } from '../support/harness.ts';

describe('the sandbox, asked what Stripe is asked by `npm run parity`', () => {
  it.each([...scenarios, ...moreScenarios])('answers as expected: $name', async (scenario) => {
    const { rows } = await compare(scenario, null);
    expect(rows.filter(({ differences }) => differences.length > 0)).toEqual([]);
  });
});

describe('two sides', () => {
  const [scenario] = scenarios;

  it('are compared call by call, and by their events', async () => {
    const { sandbox } = await harness();
    const other = { url: sandbox.url, key: 'sk_test_other', patience: 150 };
    const { rows } = await compare(scenario!, other);
    expect(rows.map(({ sandbox: ours, stripe }) => [ours, stripe])).toEqual([
      ...['succeeded', 'succeeded', 'succeeded', 'list'].map((state) => [`200 ${state}`, `200 ${state}`]),
      ['4', '4'],
    ]);
    expect(rows.flatMap(({ differences }) => differences)).toEqual([]);
  });

  it('differ where one of them lacks something', async () => {
    const { sandbox } = await harness();
    const other = { url: sandbox.url, key: 'sk_live_refused', patience: 0 };
    const { rows } = await compare({ ...scenario!, run: (side) => side.get('200', '/v1/charges') }, other);
    expect(rows[0]).toMatchObject({ sandbox: '200 list', stripe: '401 invalid_request_error' });
    expect(rows[0]!.differences).toContain('200 list instead of 401 invalid_request_error');
  });
});

describe('the shapes of two answers', () => {
  it('are the same when only values differ', () => {
    const here = shapeOf({ id: 'a', list: [{ n: 1 }, { n: 2 }], none: null });
    expect(shapeDifferences(here, shapeOf({ id: 'b', list: [{ n: 3 }], none: null }))).toEqual([]);
  });

  it('differ by keys and kinds, told once at the top', () => {
    const here = shapeOf({ id: 'a', extra: { x: 1 }, amount: 5, list: [{ n: 1 }] });
    const there = shapeOf({ id: 'a', amount: null, details: { card: {} }, list: [{ n: 1, m: 2 }] });
    expect(shapeDifferences(here, there)).toEqual([
      'amount is number, null at Stripe',
      'details is missing (object at Stripe)',
      'list[].m is missing (number at Stripe)',
      'extra is not there at Stripe',
    ]);
  });
});
