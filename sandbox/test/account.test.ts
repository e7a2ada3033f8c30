import { describe, expect, it } from 'vitest';
import { client, harness } from './support/harness.ts';

describe('the account', () => {
  it('is one for all keys, takes charges, and has the shape of the types', async () => {
    const { sandbox, stripe } = await harness();
    const account = await stripe.accounts.retrieveCurrent();
    expect(account).toMatchObject({ object: 'account', charges_enabled: true, type: 'standard' });
    const other = await client(sandbox.port, 'sk_test_other').accounts.retrieveCurrent();
    expect(other.id).toBe(account.id);
  });

  it('says by the clock of its host when it answered', async () => {
    const { headers } = await (await harness()).call('GET', '/v1/account');
    expect(Math.abs(Date.parse(headers.get('date')!) - Date.now())).toBeLessThan(5_000);
  });
});
