import type { PlacedOrder } from '@paydesk/contract/orders';
import type { Email } from 'postal-mime';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { refundOrder } from '../../src/app/refund-order.ts';
import type { OutboxRow } from '../../src/db/outbox.ts';
import { runInbox } from '../../src/jobs/inbox.ts';
import { runMail } from '../../src/jobs/mail.ts';
import { runOutbox } from '../../src/jobs/outbox.ts';
import { checkBooks } from '../support/books.ts';
import { declined, orderWithPayment, pay, started, visa } from '../support/customer.ts';
import { MailServer } from '../support/mail-server.ts';
import {
  call,
  databases,
  order,
  readOrder,
  settleJobs,
  startTestShop,
  type TestShop,
  until,
} from '../support/shop.ts';

const minute = 60_000;

/** Name, type and first bytes of what is attached. */
function attachedTo(mail: Email | undefined): unknown[] {
  return mail!.attachments.map(({ filename, mimeType, content }) => [
    filename,
    mimeType,
    Buffer.from(content as ArrayBuffer).toString('latin1', 0, 5),
  ]);
}

describe.each(databases)('e-mail on %s', (kind) => {
  const mailServer = new MailServer();
  let shop: TestShop;
  beforeAll(async () => {
    const env = {
      SMTP_URL: await mailServer.start(),
      MAIL_FROM: 'Larkhouse, Portland <orders@shop.example>',
      OPERATOR_EMAIL: 'desk@shop.example',
    };
    shop = await startTestShop(kind, { jobs: 'manual', env });
  });
  afterAll(async () => {
    await shop.stop();
    await mailServer.stop();
  });
  // Stripe's events are refused by a clock that is far from its own, so each test begins in the present.
  let moved = 0;
  beforeEach(() => {
    mailServer.manner = 'takes';
    shop.advance(-moved);
    moved = 0;
  });
  const advance = (milliseconds: number) => {
    moved += milliseconds;
    shop.advance(milliseconds);
  };

  /** Events are read, mail is not sent yet. */
  const becomes = async (placed: PlacedOrder, status: string) => {
    const look = async () => {
      await runInbox(shop.app);
      return (await readOrder(shop, placed)).status;
    };
    await until(look, (seen) => seen === status);
  };
  const subjectsAbout = (placed: PlacedOrder) =>
    mailServer.mailsAbout(placed.order).map(({ subject }) => subject!.split(` ${placed.order.number}`)[0]);
  const effect = async (name: string, placed: PlacedOrder): Promise<OutboxRow> => {
    const key = `${name}:${placed.order.id}`;
    const { app } = shop;
    const found = await app.database.read
      .selectFrom('outbox')
      .selectAll()
      .where('dedupe_key', '=', key)
      .execute();
    expect(found).toHaveLength(1);
    return found[0]!;
  };
  const paidOrder = async (): Promise<PlacedOrder> => {
    const { placed, payment } = await orderWithPayment(shop);
    await pay(shop, payment);
    await becomes(placed, 'paid');
    return placed;
  };
  const failedOrder = async (): Promise<PlacedOrder> => {
    const { placed, payment } = await orderWithPayment(shop);
    await pay(shop, payment, declined);
    await becomes(placed, 'failed');
    return placed;
  };
  const mailTimeline = async (placed: PlacedOrder) =>
    (await readOrder(shop, placed)).timeline
      .filter(({ type }) => type.startsWith('mail.'))
      .map(({ type, message }) => `${type}: ${message}`);

  it('says that an order was placed, and once it is paid sends the receipt, each under the name of its effect', async () => {
    const placed = await order(shop);
    await settleJobs(shop);
    expect(subjectsAbout(placed)).toEqual([]);
    advance(minute);
    await settleJobs(shop);
    await pay(shop, await started(shop, placed));
    await becomes(placed, 'paid');
    await settleJobs(shop);
    const [first, second, ...more] = mailServer.mailsAbout(placed.order);
    expect(more).toEqual([]);
    expect(first).toMatchObject({
      subject: `We have your order ${placed.order.number} · Larkhouse`,
      from: { name: 'Larkhouse, Portland', address: 'orders@shop.example' },
      to: [{ address: 'ada@example.com' }],
      messageId: `<mail.placed.${placed.order.id}@127.0.0.1>`,
    });
    expect(first!.text).toContain('Stoneware mug');
    expect(second).toMatchObject({
      subject: `Your receipt for order ${placed.order.number} · Larkhouse`,
      messageId: `<mail.paid.${placed.order.id}@127.0.0.1>`,
    });
    expect(attachedTo(second)).toEqual([
      [expect.stringMatching(/^Invoice .*\.pdf$/), 'application/pdf', '%PDF-'],
    ]);
    expect(await mailTimeline(placed)).toEqual([
      'mail.sent: E-mail sent that we have the order.',
      'mail.sent: E-mail sent with the receipt.',
    ]);
  });

  it('says nothing of what is past: not that an order was placed when it is paid, nor that it failed before', async () => {
    const { placed, payment } = await orderWithPayment(shop);
    await pay(shop, payment, declined);
    await becomes(placed, 'failed');
    await pay(shop, await started(shop, placed), visa);
    await becomes(placed, 'paid');
    advance(11 * minute);
    await settleJobs(shop);
    expect(subjectsAbout(placed)).toEqual(['Your receipt for order']);
    for (const name of ['mail.placed', 'mail.payment_failed'])
      expect(await effect(name, placed)).toMatchObject({ last_error: 'the order is paid' });
    expect(await mailTimeline(placed)).toEqual(['mail.sent: E-mail sent with the receipt.']);
  });

  it('says after ten minutes that a payment failed, with a link that opens the order and can pay it', async () => {
    const placed = await failedOrder();
    await settleJobs(shop);
    advance(9 * minute);
    await settleJobs(shop);
    expect(subjectsAbout(placed)).toEqual(['We have your order']);
    advance(2 * minute);
    await settleJobs(shop);
    const [, mail] = mailServer.mailsAbout(placed.order);
    const token = /#access=([\w.-]+)/.exec(mail!.text!)![1]!;
    const path = `/api/orders/${placed.order.id}`;
    expect((await call(shop, 'GET', path)).status).toBe(404);
    const granted = await call(shop, 'POST', `${path}/access`, { body: { token } });
    expect(granted.status).toBe(204);
    const cookie = granted.headers.get('set-cookie')!.split(';')[0]!;
    expect((await call(shop, 'GET', path, { headers: { cookie } })).status).toBe(200);
    expect((await started(shop, { ...placed, accessToken: token })).payment.status).toBe('open');
  });

  it('refuses a link for another order, one that was changed and one whose time is over, all alike', async () => {
    const [placed, other] = [await order(shop), await order(shop)];
    advance(minute);
    await settleJobs(shop);
    const token = /#access=([\w.-]+)/.exec(mailServer.mailsAbout(placed.order)[0]!.text!)![1]!;
    const ask = async (id: string, body: object) =>
      (await call(shop, 'POST', `/api/orders/${id}/access`, { body })).status;
    expect(await ask(placed.order.id, { token })).toBe(204);
    expect(await ask(other.order.id, { token })).toBe(404);
    expect(await ask('ord_unknown', { token })).toBe(404);
    expect(
      await ask(placed.order.id, { token: `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}` }),
    ).toBe(404);
    expect(await ask(placed.order.id, { token: '' })).toBe(400);
    expect(await ask(placed.order.id, { token, more: true })).toBe(400);
    advance(31 * 24 * 60 * minute);
    expect(await ask(placed.order.id, { token })).toBe(404);
  });

  it('sends again what the server took without saying so: twice the same mail, never none', async () => {
    const placed = await order(shop);
    advance(minute);
    mailServer.manner = 'drops';
    await runMail(shop.app);
    expect(await effect('mail.placed', placed)).toMatchObject({ done_at: null, attempts: 1 });
    mailServer.manner = 'takes';
    advance(2_000);
    await settleJobs(shop);
    const [first, second, ...more] = mailServer.mailsAbout(placed.order);
    expect(more).toEqual([]);
    expect([second!.messageId, second!.html]).toEqual([first!.messageId, first!.html]);
    expect(await effect('mail.placed', placed)).toMatchObject({ last_error: null, attempts: 2 });
  });

  it('waits longer after each failure that may pass, and gives up after twenty', async () => {
    const placed = await order(shop);
    advance(minute);
    mailServer.manner = { refusesMail: 451 };
    const waits: number[] = [];
    for (let round = 1; round <= 3; round += 1) {
      await runMail(shop.app);
      const { not_before: next } = await effect('mail.placed', placed);
      waits.push(Math.round((next - shop.app.clock.now()) / 1_000));
      advance(Math.max(0, next - shop.app.clock.now()));
    }
    expect(waits).toEqual([1, 2, 4]);
    expect(await mailTimeline(placed)).toEqual([]);
    await shop.app.database.transaction(async (tx) => {
      await tx.updateTable('outbox').set({ attempts: 19 }).where('order_id', '=', placed.order.id).execute();
    });
    await runMail(shop.app);
    await expectDead(placed, '451');
  });

  it('gives up at once on an address that the server refuses for good, and tells a person', async () => {
    const placed = await order(shop);
    advance(minute);
    mailServer.manner = { refusesRecipient: 450 };
    await runMail(shop.app);
    expect(await effect('mail.placed', placed)).toMatchObject({ dead_at: null });
    mailServer.manner = { refusesRecipient: 550 };
    advance(2_000);
    await runMail(shop.app);
    await expectDead(placed, '550');
  });

  async function expectDead(placed: PlacedOrder, reason: string): Promise<void> {
    const row = await effect('mail.placed', placed);
    expect(row).toMatchObject({ dead_at: expect.any(Number), last_error: expect.stringContaining(reason) });
    const { read } = shop.app.database;
    const breaks = await read
      .selectFrom('breaks')
      .selectAll()
      .where('object_id', '=', row.dedupe_key)
      .execute();
    expect(breaks).toMatchObject([{ kind: 'effect_gave_up', order_id: placed.order.id, closed_at: null }]);
    expect(await mailTimeline(placed)).toEqual([
      'mail.failed: The e-mail that we have the order could not be delivered.',
    ]);
    expect((await readOrder(shop, placed)).payable).toBe(true);
  }

  it('holds up no refund while the mail server hangs, and tells of the refund once', async () => {
    const placed = await paidOrder();
    await order(shop);
    mailServer.manner = 'hangs';
    const hanging = runMail(shop.app);
    const reason = 'One mug arrived broken.';
    await refundOrder(shop.app, { orderId: placed.order.id, amount: 500, reason, by: 'operator' });
    await runOutbox(shop.app);
    await until(
      () => readOrder(shop, placed),
      ({ refunded }) => refunded.amount === 500,
    );
    expect((await shop.server.inject('/readyz')).statusCode).toBe(200);
    mailServer.manner = 'takes';
    mailServer.hangUp();
    expect(await hanging).toBeGreaterThan(0);
    advance(5_000);
    await settleJobs(shop);
    await settleJobs(shop);
    const refunds = mailServer
      .mailsAbout(placed.order)
      .filter(({ subject }) => subject!.includes('refunded'));
    expect(refunds).toHaveLength(1);
    expect(refunds[0]!.subject).toContain('$5.00');
    expect(refunds[0]!.text).toContain(reason);
    expect(attachedTo(refunds[0])).toMatchObject([
      [expect.stringMatching(/^Credit note/), 'application/pdf', '%PDF-'],
    ]);
    expect((await readOrder(shop, placed)).timeline).toContainEqual(
      expect.objectContaining({
        type: 'mail.sent',
        status: null,
        actor: 'shop',
        refundId: expect.stringMatching(/^ref_/),
      }),
    );
  });

  it('leaves books that are in order', () => checkBooks(shop));
});
