import type { AdminOrder } from '@paydesk/contract/admin';
import type { AddedNote, FulfilledOrder } from '@paydesk/contract/admin/desk';
import type { PlacedOrder } from '@paydesk/contract/orders';
import type { Email } from 'postal-mime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bookTransactions } from '../../src/app/book-transactions.ts';
import { checkBooks } from '../support/books.ts';
import { authenticate, authenticated, intentOf, orderWithPayment, pay } from '../support/customer.ts';
import { deliver, eventOf, eventsAbout } from '../support/events.ts';
import { openLive } from '../support/live-stream.ts';
import { MailServer } from '../support/mail-server.ts';
import { card, operate, paidOrder, refund, trace } from '../support/operators.ts';
import {
  call,
  databases,
  newKey,
  operatorToken,
  order,
  readOrder,
  settleJobs,
  startTestShop,
  type TestShop,
} from '../support/shop.ts';
import type { Intent } from '../support/stripe-record.ts';

const ups = {
  carrier: 'UPS',
  trackingNumber: '1Z999',
  trackingUrl: 'https://www.ups.com/track?tracknum=1Z999',
};

describe.each(databases)('an order on the operators’ desk, on %s', (kind) => {
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
  const received = (placed: PlacedOrder, subject: RegExp): Email[] =>
    mailServer.mailsAbout(placed.order).filter((mail) => subject.test(mail.subject!));
  const codeOf = ({ status, body }: { status: number; body: { error?: { code: string } } }) => [
    status,
    body.error?.code,
  ];

  describe('has notes that', () => {
    it('say who wrote them and when, in their order, and that customers never see', async () => {
      const placed = await order(shop);
      const key = newKey();
      const first = await act<AddedNote>(placed, 'notes', { text: 'Called.\nWants it on Friday.' }, key);
      expect(first).toMatchObject({
        status: 201,
        body: { note: { by: 'operator', text: 'Called.\nWants it on Friday.' } },
      });
      expect(
        (await act<AddedNote>(placed, 'notes', { text: 'Called.\nWants it on Friday.' }, key)).body,
      ).toEqual(first.body);
      await act(placed, 'notes', { text: 'Second thoughts.' });
      const { notes } = await trace(shop, placed);
      expect(notes.map(({ text }) => text)).toEqual(['Called.\nWants it on Friday.', 'Second thoughts.']);
      const seen = await readOrder(shop, placed);
      expect(seen.version).toBe(placed.order.version);
      expect(JSON.stringify(seen)).not.toContain('Friday');
    });

    it('are text that is not blank, and not a book', async () => {
      const placed = await order(shop);
      for (const text of ['', ' \n ', 'a\u0000b', 'x'.repeat(2_001), 5, null])
        expect(codeOf(await act(placed, 'notes', { text }))).toEqual([400, 'invalid_request']);
      expect((await trace(shop, placed)).notes).toEqual([]);
    });
  });

  describe('that was paid', () => {
    it('is sent once, and the customer hears of it with carrier and tracking', async () => {
      const { placed } = await paidOrder(shop);
      const key = newKey();
      const sent = await act<FulfilledOrder>(placed, 'fulfil', ups, key);
      expect(sent).toMatchObject({ status: 200, body: { fulfilment: ups } });
      // Pressed twice, and said once more by somebody else.
      expect((await act(placed, 'fulfil', ups, key)).body).toEqual(sent.body);
      expect((await act(placed, 'fulfil', ups)).body).toEqual(sent.body);
      expect(codeOf(await act(placed, 'fulfil', { carrier: 'DHL' }))).toEqual([
        409,
        'order_already_fulfilled',
      ]);
      expect(codeOf(await act(placed, 'fulfil', { carrier: 'DHL' }, key))).toEqual([
        422,
        'idempotency_key_reused',
      ]);
      await settleJobs(shop);
      const [mail, ...more] = received(placed, /is on its way/);
      expect(more).toEqual([]);
      for (const part of ['UPS', '1Z999', ups.trackingUrl]) expect(mail!.text).toContain(part);
      const seen = await readOrder(shop, placed);
      expect(seen).toMatchObject({ fulfilment: 'fulfilled', fulfilments: [ups] });
      expect(seen.timeline.slice(-3).map(({ message }) => message)).toContain(
        'The order is on its way: UPS, tracking number 1Z999.',
      );
      expect(
        seen.timeline.some(({ message }) => message === 'E-mail sent that the order is on its way.'),
      ).toBe(true);
    });

    it('may have its tracking corrected, which sends nobody a mail', async () => {
      const { placed } = await paidOrder(shop);
      expect(codeOf(await act(placed, 'tracking', ups))).toEqual([409, 'order_not_fulfilled']);
      await act(placed, 'fulfil', {});
      await settleJobs(shop);
      const corrected = await act<FulfilledOrder>(placed, 'tracking', { carrier: 'DHL' });
      expect(corrected.body.fulfilment).toMatchObject({ carrier: 'DHL', trackingNumber: null });
      const { version } = corrected.body.order;
      expect((await act<FulfilledOrder>(placed, 'tracking', { carrier: 'DHL' })).body.order.version).toBe(
        version,
      );
      await settleJobs(shop);
      expect(received(placed, /is on its way/)).toHaveLength(1);
    });

    it('is sent by two people at once only once', async () => {
      const { placed } = await paidOrder(shop);
      const replies = await Promise.all([
        act(placed, 'fulfil', { carrier: 'UPS' }),
        act(placed, 'fulfil', { carrier: 'DHL' }),
      ]);
      expect(replies.map(({ status }) => status).toSorted()).toEqual([200, 409]);
      expect((await readOrder(shop, placed)).fulfilments).toHaveLength(1);
    });
  });

  it('is not sent before it is paid', async () => {
    const placed = await order(shop);
    expect(codeOf(await act(placed, 'fulfil', ups))).toEqual([409, 'order_not_fulfillable']);
  });

  it('takes no parcel whose address is not one of the web, or that would break a mail', async () => {
    const { placed } = await paidOrder(shop);
    for (const parcel of [
      { trackingUrl: 'http://ups.com/1' },
      { trackingUrl: 'javascript:alert(1)' },
      { trackingUrl: 'https://ups.com@evil.example/' },
      { trackingUrl: 'https://:80' },
      { trackingUrl: 'https://a b' },
      { carrier: 'U\nPS' },
      { carrier: '' },
      { trackingNumber: 'x'.repeat(61) },
      { shippedAt: '2026-01-01' },
    ])
      expect([parcel, codeOf(await act(placed, 'fulfil', parcel))]).toEqual([
        parcel,
        [400, 'invalid_request'],
      ]);
    expect((await readOrder(shop, placed)).fulfilment).toBe('unfulfilled');
  });

  it('tells why payments failed, how the card was checked, what it cost and who did what', async () => {
    const { placed, payment } = await orderWithPayment(shop);
    await pay(shop, payment, card('4000000000009995'));
    const intent = intentOf(payment);
    await deliver(shop, await eventOf(shop, 'payment_intent.payment_failed', intent));
    await settleJobs(shop);
    const confirmed = await pay(shop, payment, authenticated);
    await authenticate(shop, confirmed.body as unknown as Intent, 'pass');
    for (const event of await eventsAbout(shop, intent)) await deliver(shop, event);
    await settleJobs(shop);
    await refund(shop, placed, { amount: 500 });
    await act(placed, 'fulfil', {});
    await bookTransactions(shop.app);
    const seen = await trace(shop, placed);
    const failure = seen.timeline.find(({ type }) => type === 'payment.failed');
    expect(failure?.decline).toMatchObject({
      code: 'insufficient_funds',
      advice: expect.stringContaining('another card'),
    });
    expect(seen.payments[0]).toMatchObject({
      checks: { threeDSecure: 'authenticated', riskLevel: 'normal', riskScore: 32 },
      dashboardUrl: `${shop.sandbox.url}/payments/${intent}`,
      refundable: placed.order.total.amount - 500,
      isDisputed: false,
    });
    const { fees, net } = seen.payments[0]!;
    expect(fees!.amount).toBeGreaterThan(0);
    expect(net!.amount).toBe(placed.order.total.amount - 500 - fees!.amount);
    const by = seen.timeline.filter((entry) => entry.by !== null).map(({ type }) => type);
    expect(by).toEqual(['refund.requested', 'order.shipped']);
    expect(JSON.stringify(await readOrder(shop, placed))).not.toContain('insufficient_funds');
  });

  it('tells the page that shows it of every change', async () => {
    const placed = await order(shop);
    const path = `/api/admin/orders/${placed.order.number}/live`;
    const stream = await openLive(shop, placed, operatorToken, path);
    expect((await stream.next()).data.version).toBe(1);
    await operate(shop, 'POST', `/orders/${placed.order.id}/cancel`, { body: {} });
    expect((await stream.next()).data).toMatchObject({ id: placed.order.id, status: 'canceled' });
    stream.close();
    expect((await openLive(shop, placed, placed.accessToken, path)).status).toBe(401);
  });

  it('has its documents, for operators, once there are any', async () => {
    const { placed } = await paidOrder(shop);
    await refund(shop, placed, { amount: 500 });
    const listed = async () => (await trace(shop, placed)).documents;
    expect((await listed()).map(({ kind: each, number }) => [each, number])).toEqual([
      ['invoice', null],
      ['credit_note', null],
    ]);
    for (const { url } of await listed()) {
      const path = url.replace('/api/admin', '');
      const { status, headers } = await operate(shop, 'GET', path);
      expect([status, headers.get('content-type')]).toEqual([200, 'application/pdf']);
      expect((await call(shop, 'GET', url, { token: placed.accessToken })).status).toBe(401);
    }
    for (const { number } of await listed()) expect(number).toMatch(/^\w+-\d+$/);
    const unpaid = await order(shop);
    const missing: AdminOrder['documents'] = (await trace(shop, unpaid)).documents;
    expect(missing).toEqual([]);
    expect(codeOf(await operate(shop, 'GET', `/orders/${unpaid.order.id}/invoice.pdf`))).toEqual([
      409,
      'invoice_not_ready',
    ]);
  });
});
