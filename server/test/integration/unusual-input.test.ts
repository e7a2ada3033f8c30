import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkBooks } from '../support/books.ts';
import { rightEmails } from '../support/hostile.ts';
import { fixedSeed } from '../support/properties.ts';
import { expectRefusal } from '../support/refusal.ts';
import { bodySchemas, nearly, rightValues } from '../support/schema-arbitrary.ts';
import { cart, databases, order, startTestShop, type TestShop } from '../support/shop.ts';
import { countRows } from '../support/stored.ts';

describe.each(databases)('unusual but right input on %s', (kind) => {
  let shop: TestShop;
  beforeAll(async () => {
    shop = await startTestShop(kind, { jobs: 'manual', webhooks: false });
  });
  afterAll(async () => {
    await checkBooks(shop);
    await shop.stop();
  });

  it.each([
    "'; DROP TABLE orders; --",
    '<script>alert(1)</script>',
    '\u0024{jndi:ldap://127.0.0.1/x}',
    '{{7*7}}',
    '=1+1',
    'Ada “Countess” O’Brien-Ωμέγα 夏目',
    'e\u0301\u0301',
    '\u202eadA',
  ])('such as the name %j is kept as it came', async (firstName) => {
    const contact = { email: 'ada@example.com', firstName, lastName: firstName };
    const { order: placed } = await order(shop, cart(undefined, { contact }));
    expect(placed.contact).toEqual(contact);
  });

  it.each(rightEmails)('such as the address %s is taken', async (email) => {
    const contact = { email, firstName: 'Ada', lastName: 'Lovelace' };
    const { order: placed } = await order(shop, cart(undefined, { contact }));
    expect(placed.contact.email).toBe(email);
  });

  it('made from the schema of an order is refused, or an order that adds up', async () => {
    const schema = (await bodySchemas(shop.server))['/api/orders']!;
    const placedBefore = (await countRows(shop)).orders!;
    let placed = 0;
    await fc.assert(
      fc.asyncProperty(nearly(schema, rightValues), async (body) => {
        const payload = JSON.stringify(body) ?? '';
        const headers = { 'content-type': 'application/json' };
        const answer = await shop.server.inject({ method: 'POST', url: '/api/orders', payload, headers });
        if (answer.statusCode === 201) placed += 1;
        else expectRefusal(answer);
      }),
      { ...fixedSeed, numRuns: 400 },
    );
    expect((await countRows(shop)).orders! - placedBefore).toBe(placed);
    expect(placed).toBeGreaterThan(0);
  });
});
