import { describe, expect, it } from 'vitest';
import { harness } from './support/harness.ts';

describe('a call', () => {
  it('may show its key as a parameter, on every route', async () => {
    const { sandbox } = await harness();
    const { port } = sandbox;
    const ask = (path: string, init?: RequestInit) =>
      fetch(`http://127.0.0.1:${port}${path}`, { ...init, signal: AbortSignal.timeout(10_000) });
    expect((await ask('/v1/customers?key=sk_test_1')).status).toBe(200);
    expect((await ask('/v1/customers', { method: 'POST', body: 'key=sk_test_1&name=Ada' })).status).toBe(200);
    expect((await ask('/v1/customers?key=nonsense')).status).toBe(401);
    expect((await ask('/v1/customers?key=pk_test_1')).status).toBe(403);
    const bare = await ask('/v1/customers');
    expect(bare.status).toBe(401);
    expect(await bare.json()).toMatchObject({
      error: {
        type: 'invalid_request_error',
        message: expect.stringContaining('did not provide an API key'),
      },
    });
  });

  it('for a connected account is refused', async () => {
    const { call } = await harness();
    const answer = await call('GET', '/v1/customers', undefined, { 'Stripe-Account': 'acct_1' });
    expect(answer).toMatchObject({ status: 501, body: { error: { code: 'sandbox_not_built' } } });
  });
});
