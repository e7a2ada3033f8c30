import { type MailPreview, mailKinds } from '@paydesk/contract/admin/mails';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operate, paidOrder } from '../support/operators.ts';
import { databases, startTestShop, type TestShop } from '../support/shop.ts';
import { countRows } from '../support/stored.ts';

describe.each(databases)('Previews of mails on %s', (kind) => {
  let shop: TestShop;
  beforeAll(async () => {
    shop = await startTestShop(kind, { jobs: 'manual', webhooks: false, env: { SHOP_NAME: 'Finch & Co' } });
  });
  afterAll(() => shop.stop());

  const preview = (mail: string, of = '') => operate<MailPreview>(shop, 'GET', `/mails/${mail}/preview${of}`);

  it('show every mail with a made-up order, in this shop’s name, and send none', async () => {
    for (const mail of mailKinds) {
      const { status, body } = await preview(mail);
      expect([mail, status, body.order]).toEqual([mail, 200, null]);
      expect(body.subject).toContain('Finch & Co');
      expect(body.text).not.toMatch(/undefined|NaN|access=/);
      const content = await operate(shop, 'GET', body.contentUrl.replace('/api/admin', ''));
      expect(content.headers.get('content-type')).toBe('text/html; charset=utf-8');
      const policy = content.headers.get('content-security-policy');
      expect(policy).toMatch(/default-src 'none'.*frame-ancestors 'self'; sandbox/);
      expect(String(content.body)).toMatch(/^<!doctype html>.*Finch &amp; Co/s);
    }
    expect((await countRows(shop)).outbox).toBe(0);
  });

  it('are about a named order, and let nobody in to it', async () => {
    const { placed } = await paidOrder(shop);
    const { number, id } = placed.order;
    const { body } = await preview('paid', `?order=${number}`);
    expect(body).toMatchObject({ to: 'ada@example.com', order: { id, number } });
    expect(body.subject).toContain(number);
    expect(body.text).toContain(`/orders/${id}#only-a-preview`);
    expect(await preview('refunded', `?order=${number}`)).toMatchObject({
      status: 409,
      body: { error: { code: 'mail_not_for_order' } },
    });
    expect(await preview('paid', '?order=nobody')).toMatchObject({
      status: 404,
      body: { error: { code: 'order_not_found' } },
    });
    expect(await preview('nothing')).toMatchObject({
      status: 400,
      body: { error: { code: 'invalid_request' } },
    });
  });
});
