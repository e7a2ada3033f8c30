import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call, databases, order, settleJobs, startTestShop, type TestShop } from '../support/shop.ts';

type Mails = { mails: { id: string; orderId: string; subject: string; text: string }[] };

describe.each(databases)('the mailbox of a shop on the sandbox, on %s', (kind) => {
  let shop: TestShop;
  beforeAll(async () => {
    shop = await startTestShop(kind, { webhooks: false, jobs: 'manual' });
  });
  afterAll(() => shop.stop());

  const page = async (path: string) => {
    const reply = await call<string>(shop, 'GET', path);
    return { ...reply, policy: reply.headers.get('content-security-policy') };
  };

  it('says how it is filled while it is empty', async () => {
    const { status, body, policy } = await page('/mailbox');
    expect(status).toBe(200);
    expect(body).toContain('No mail yet');
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
  });

  it('keeps each mail once and shows it, newest first, all of them or those of one order', async () => {
    const [placed, other] = [await order(shop), await order(shop)];
    shop.advance(60_000);
    await settleJobs(shop);
    await settleJobs(shop);
    const { body: all } = await call<Mails>(shop, 'GET', '/api/mailbox');
    expect(all.mails).toHaveLength(2);
    const { body: own } = await call<Mails>(shop, 'GET', `/api/mailbox?order=${placed.order.id}`);
    expect(own.mails).toMatchObject([
      {
        id: `mail.placed:${placed.order.id}`,
        orderId: placed.order.id,
        recipient: 'ada@example.com',
        subject: `We have your order ${placed.order.number} · Larkhouse`,
        attachments: [],
      },
    ]);
    expect((await call(shop, 'GET', '/api/mailbox?from=x')).status).toBe(400);
    const list = (await page('/mailbox')).body;
    for (const { number } of [placed.order, other.order]) expect(list).toContain(number);
    expect((await page(`/mailbox?order=${placed.order.id}`)).body).not.toContain(other.order.number);
  });

  it('shows the mail in a frame that can run nothing, its text, and lets the reader into the order', async () => {
    const placed = await order(shop);
    shop.advance(60_000);
    await settleJobs(shop);
    const path = `/mailbox/${encodeURIComponent(`mail.placed:${placed.order.id}`)}`;
    const shown = await page(path);
    expect(shown.body).toContain(
      `src="${path}/content" sandbox="allow-popups allow-popups-to-escape-sandbox"`,
    );
    const cookie = shown.headers.get('set-cookie')!.split(';')[0]!;
    const seen = await call(shop, 'GET', `/api/orders/${placed.order.id}`, { headers: { cookie } });
    expect(seen.status).toBe(200);
    expect((await page(`${path}?view=text`)).body).toContain('<pre tabindex="0">Thank you, Ada');
    const content = await page(`${path}/content`);
    expect(content.body).toContain('<base target="_blank">');
    expect(content.policy).toMatch(/default-src 'none'.*sandbox/);
    expect(content.policy).not.toContain('allow-scripts');
  });

  it('has a page for a mail that is not there', async () => {
    for (const path of ['/mailbox/mail.paid%3Aord_x', '/mailbox/x/content'])
      expect(await page(path)).toMatchObject({ status: 404, body: expect.stringContaining('no such mail') });
  });

  it('is not there once a mail server is set', async () => {
    const sending = await startTestShop('SQLite', {
      webhooks: false,
      jobs: 'manual',
      env: { SMTP_URL: 'smtp://127.0.0.1:9' },
    });
    for (const path of ['/mailbox', '/mailbox/x', '/mailbox/x/content', '/mailbox/style.css', '/api/mailbox'])
      expect((await call(sending, 'GET', path)).status, path).toBe(404);
    await sending.stop();
  });
});
