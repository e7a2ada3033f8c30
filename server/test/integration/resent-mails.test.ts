import type { OrderMail, ResentMail } from '@paydesk/contract/admin/desk';
import type { PlacedOrder } from '@paydesk/contract/orders';
import type { Email } from 'postal-mime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkBooks } from '../support/books.ts';
import { MailServer } from '../support/mail-server.ts';
import { operate, paidOrder, trace } from '../support/operators.ts';
import {
  databases,
  newKey,
  order,
  readOrder,
  settleJobs,
  startTestShop,
  type TestShop,
} from '../support/shop.ts';

describe.each(databases)('e-mails about an order, on %s,', (kind) => {
  const mailServer = new MailServer();
  let shop: TestShop;
  beforeAll(async () => {
    const env = { SMTP_URL: await mailServer.start(), MAIL_FROM: 'orders@shop.example' };
    shop = await startTestShop(kind, { webhooks: false, jobs: 'manual', env });
  });
  afterAll(async () => {
    await checkBooks(shop);
    await shop.stop();
    await mailServer.stop();
  });

  const act = async <T>({ order: { id } }: PlacedOrder, path: string, body: unknown, key?: string) =>
    await operate<T>(shop, 'POST', `/orders/${id}/${path}`, { body, ...(key !== undefined && { key }) });
  const resend = async (placed: PlacedOrder, mail: string, key?: string) =>
    await act<ResentMail>(placed, `mails/${encodeURIComponent(mail)}/resend`, {}, key);
  const mailsOf = async (placed: PlacedOrder, kindOf: string): Promise<OrderMail[]> =>
    (await trace(shop, placed)).mails.filter((mail) => mail.kind === kindOf);
  const received = (placed: PlacedOrder, subject: RegExp): Email[] =>
    mailServer.mailsAbout(placed.order).filter((mail) => subject.test(mail.subject!));
  const codeOf = ({ status, body }: { status: number; body: { error?: { code: string } } }) => [
    status,
    body.error?.code,
  ];

  it('are sent again as mails of their own, each time, up to five times a day', async () => {
    const { placed } = await paidOrder(shop);
    const [waiting] = await mailsOf(placed, 'mail.paid');
    expect(waiting).toMatchObject({ state: 'waiting', to: 'ada@example.com', at: null });
    expect(codeOf(await resend(placed, waiting!.id))).toEqual([409, 'mail_not_sent']);
    await settleJobs(shop);
    const key = newKey();
    const again = await resend(placed, waiting!.id, key);
    expect(again).toMatchObject({
      status: 202,
      body: { mail: { state: 'waiting', resentBy: 'operator' } },
    });
    expect((await resend(placed, waiting!.id, key)).body).toEqual(again.body);
    expect(codeOf(await resend(placed, waiting!.id))).toEqual([409, 'mail_not_sent']);
    await settleJobs(shop);
    for (let times = 2; times <= 5; times += 1) {
      expect((await resend(placed, waiting!.id)).status).toBe(202);
      await settleJobs(shop);
    }
    expect(codeOf(await resend(placed, waiting!.id))).toEqual([409, 'mail_sent_enough']);
    const receipts = received(placed, /^Your receipt/);
    expect(receipts).toHaveLength(6);
    expect(new Set(receipts.map(({ messageId }) => messageId)).size).toBe(6);
    expect(receipts.every(({ attachments }) => attachments.length === 1)).toBe(true);
    const states = (await mailsOf(placed, 'mail.paid')).map(({ state, resentBy }) => [state, resentBy]);
    expect(states).toEqual([['sent', null], ...Array(5).fill(['sent', 'operator'])]);
    const { timeline } = await readOrder(shop, placed);
    const told = timeline.filter(({ type }) => type === 'mail.resent');
    expect(told.map(({ message }) => message)).toEqual(
      Array(5).fill('The e-mail with the receipt is sent once more.'),
    );
  });

  it('are not sent again where they would say what is no longer so, or where there are none', async () => {
    const { placed } = await paidOrder(shop);
    const other = await order(shop);
    await settleJobs(shop);
    const [unneeded] = await mailsOf(placed, 'mail.placed');
    expect(unneeded).toMatchObject({ state: 'unneeded', problem: 'the order is paid' });
    expect(codeOf(await resend(placed, unneeded!.id))).toEqual([409, 'mail_not_sent']);
    const [receipt] = await mailsOf(placed, 'mail.paid');
    for (const foreign of [receipt!.id, 'mail.paid:ord_none', 'mail.nonsense:x'])
      expect(codeOf(await resend(other, foreign))).toEqual([404, 'mail_not_found']);
    for (const odd of [
      'refund.create:ref_1',
      'mail.paid',
      'mail.paid:ord_1:2',
      `mail.paid:${'x'.repeat(70)}`,
    ])
      expect((await resend(placed, odd)).status).toBe(400);
  });

  it('were given up, and can be sent once the mail server takes them', async () => {
    const { placed } = await paidOrder(shop);
    mailServer.manner = { refusesRecipient: 550 };
    await settleJobs(shop);
    mailServer.manner = 'takes';
    const [receipt] = await mailsOf(placed, 'mail.paid');
    expect(receipt).toMatchObject({ state: 'gave_up', problem: expect.stringContaining('550') });
    await resend(placed, receipt!.id);
    await settleJobs(shop);
    expect(received(placed, /^Your receipt/)).toHaveLength(1);
  });

  it('say what is true by now, such as the tracking that was corrected', async () => {
    const { placed } = await paidOrder(shop);
    await act(placed, 'fulfil', { carrier: 'UPS' });
    await settleJobs(shop);
    await act(placed, 'tracking', { carrier: 'DHL' });
    const [mail] = await mailsOf(placed, 'mail.shipped');
    await resend(placed, mail!.id);
    await settleJobs(shop);
    const carriers = received(placed, /is on its way/).map(({ text }) => /Carrier: (\w+)/.exec(text!)?.[1]);
    expect(carriers).toEqual(['UPS', 'DHL']);
  });

  it('go out again later, although one was no longer true when its turn came', async () => {
    const { placed } = await paidOrder(shop);
    await settleJobs(shop);
    const [receipt] = await mailsOf(placed, 'mail.paid');
    const { mail } = (await resend(placed, receipt!.id)).body;
    const dropped = { done_at: shop.app.clock.now(), last_error: 'not needed any more' };
    await shop.app.database.transaction((tx) =>
      tx.updateTable('outbox').set(dropped).where('dedupe_key', '=', mail.id).execute(),
    );
    expect((await resend(placed, receipt!.id)).status).toBe(202);
    await settleJobs(shop);
    expect((await mailsOf(placed, 'mail.paid')).map(({ state }) => state)).toEqual([
      'sent',
      'unneeded',
      'sent',
    ]);
  });
});
