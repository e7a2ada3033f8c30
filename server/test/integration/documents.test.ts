import type { PlacedOrder } from '@paydesk/contract/orders';
import type { Refund } from '@paydesk/contract/refunds';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { issueCreditNote, issueInvoice, renderInvoice } from '../../src/app/issue-document.ts';
import { refundOrder } from '../../src/app/refund-order.ts';
import { nextNumber } from '../../src/db/documents.ts';
import { orderWithPayment, pay } from '../support/customer.ts';
import { textOf } from '../support/pdf.ts';
import {
  call,
  cart,
  databases,
  order,
  readOrder,
  startTestShop,
  type TestShop,
  until,
} from '../support/shop.ts';

describe.each(databases)('invoices and credit notes on %s', (kind) => {
  let shop: TestShop;
  beforeAll(async () => {
    shop = await startTestShop(kind, {
      jobs: 'manual',
      env: {
        SHOP_SELLER: 'Larkhouse Ltd | 12 Harbour Lane | VAT IE1234567X',
        LIMIT_PAYMENTS_PER_MINUTE: '5',
      },
    });
  });
  afterAll(async () => await shop.stop());

  async function paidOrder(body?: object): Promise<PlacedOrder> {
    const { placed, payment } = await orderWithPayment(shop, 'elements', body);
    await pay(shop, payment);
    await until(
      () => readOrder(shop, placed),
      ({ status, payments }) => status === 'paid' && payments[0]?.card != null,
    );
    return placed;
  }

  async function refunded(placed: PlacedOrder, amount: number, reason: string): Promise<Refund> {
    const { refunds } = await refundOrder(shop.app, {
      orderId: placed.order.id,
      amount,
      reason,
      by: 'Grace',
    });
    const isDone = ({ id, status }: Refund) => id === refunds[0]!.id && status === 'succeeded';
    const { refunds: all } = await until(
      () => readOrder(shop, placed),
      (read) => read.refunds.some(isDone),
    );
    return all.find(isDone)!;
  }

  async function download(path: string, token?: string): Promise<Response> {
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    return await fetch(`${shop.url}${path}`, { headers });
  }

  function invoicePath(placed: PlacedOrder): string {
    return `/api/orders/${placed.order.id}/invoice.pdf`;
  }

  /** How many numbers of the series have been taken; each must have its document. */
  async function taken(series: 'invoice' | 'credit_note'): Promise<number> {
    const rows = await shop.app.database.read
      .selectFrom('documents')
      .select('number')
      .where('kind', '=', series)
      .orderBy('number')
      .execute();
    expect(rows.map(({ number }) => number)).toEqual(rows.map((_, index) => index + 1));
    return rows.length;
  }

  it('an invoice can be downloaded once the order is paid, by whoever may read the order', async () => {
    const placed = await paidOrder(
      cart(undefined, { contact: { email: 'wang@example.com', firstName: '小明', lastName: '王' } }),
    );
    const { invoiceUrl } = await readOrder(shop, placed);
    expect(invoiceUrl).toBe(invoicePath(placed));
    const reply = await download(invoiceUrl!, placed.accessToken);
    expect(reply.status).toBe(200);
    expect(Object.fromEntries(reply.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': expect.stringMatching(/^inline; filename="Invoice INV-\d{6}\.pdf"$/),
      'cache-control': 'no-store',
    });
    const pdf = Buffer.from(await reply.arrayBuffer());
    const text = await textOf(pdf);
    for (const part of [
      '小明 王',
      'Larkhouse Ltd',
      'VAT IE1234567X',
      placed.order.number,
      'Visa •••• 4242',
      'SANDBOX',
    ])
      expect(text).toContain(part);
    const again = await download(invoiceUrl!, placed.accessToken);
    expect(Buffer.from(await again.arrayBuffer()).equals(pdf)).toBe(true);
    for (const token of [undefined, (await order(shop)).accessToken])
      expect((await download(invoiceUrl!, token)).status).toBe(404);
  });

  it('an order that is not paid has no invoice, and takes no number', async () => {
    const before = await taken('invoice');
    const placed = await order(shop);
    const reply = await call(shop, 'GET', invoicePath(placed), { token: placed.accessToken });
    expect(reply).toMatchObject({ status: 409, body: { error: { code: 'invoice_not_ready' } } });
    await expect(issueInvoice(shop.app, 'ord_of_nobody')).rejects.toMatchObject({ code: 'order_not_found' });
    expect(await taken('invoice')).toBe(before);
  });

  it('what an invoice says stays, whatever becomes of the shop and its products', async () => {
    const placed = await paidOrder();
    const first = await issueInvoice(shop.app, placed.order.id);
    const { seller, name } = shop.app.shop;
    try {
      Object.assign(shop.app.shop, { seller: ['Somebody Else'], name: 'Another shop' });
      expect(await issueInvoice(shop.app, placed.order.id)).toEqual(first);
      const { content } = await renderInvoice(shop.app, placed.order.id);
      expect(await textOf(await content())).not.toMatch(/Somebody Else|Another shop/);
    } finally {
      Object.assign(shop.app.shop, { seller, name });
    }
  });

  it('a refund has a credit note, which its invoice lists from then on', async () => {
    const placed = await paidOrder();
    const { token, path } = { token: placed.accessToken, path: invoicePath(placed) };
    const unrefunded = await textOf(await (await download(path, token)).arrayBuffer());
    expect(unrefunded).not.toContain('Refunds');
    const refund = await refunded(placed, 500, 'The handle was chipped');
    const reply = await download(refund.creditNoteUrl!, token);
    expect(reply.headers.get('content-disposition')).toMatch(/filename="Credit note CN-\d{6}\.pdf"$/);
    const [number] = /CN-\d{6}/.exec(reply.headers.get('content-disposition')!)!;
    const note = await textOf(await reply.arrayBuffer());
    expect(note).toMatch(/Refund for invoice INV-\d{6}\s+The handle was chipped\s+\$5.00/);
    const invoice = await textOf(await (await download(path, token)).arrayBuffer());
    expect(invoice).toContain(`${number} The handle was chipped −$5.00`);
    expect(invoice).toContain('Balance due $0.00');
    const foreign = await paidOrder();
    const wrong = refund.creditNoteUrl!.replace(placed.order.id, foreign.order.id);
    expect(await call(shop, 'GET', wrong, { token: foreign.accessToken })).toMatchObject({
      status: 404,
      body: { error: { code: 'refund_not_found' } },
    });
  });

  it('a refund that has not succeeded has no credit note yet', async () => {
    const placed = await paidOrder();
    const refund = await refunded(placed, 100, 'Late');
    const setStatus = (status: 'pending' | 'succeeded') =>
      shop.app.database.transaction((tx) =>
        tx.updateTable('refunds').set({ status }).where('id', '=', refund.id).execute(),
      );
    await setStatus('pending');
    const reply = await call(shop, 'GET', refund.creditNoteUrl!, { token: placed.accessToken });
    expect(reply).toMatchObject({ status: 409, body: { error: { code: 'invoice_not_ready' } } });
    await expect(issueCreditNote(shop.app, refund.id)).rejects.toMatchObject({ code: 'invoice_not_ready' });
    await setStatus('succeeded');
    expect((await issueCreditNote(shop.app, refund.id)).refund_id).toBe(refund.id);
  });

  it('numbers have neither gaps nor doubles, though many are taken at once and some transactions fail', async () => {
    const before = await taken('invoice');
    const placed = await Promise.all(Array.from({ length: 20 }, () => paidOrder()));
    const failing = Array.from({ length: 10 }, () =>
      shop.app.database.transaction(async (tx) => {
        await nextNumber(tx, 'invoice');
        throw new Error('after the number was taken');
      }),
    );
    // Each order is asked for twice at once, and still has one invoice.
    const issued = await Promise.allSettled([
      ...[...placed, ...placed].map(({ order: { id } }) => issueInvoice(shop.app, id)),
      ...failing,
    ]);
    expect(issued.map(({ status }) => status)).toEqual([
      ...Array<string>(40).fill('fulfilled'),
      ...Array<string>(10).fill('rejected'),
    ]);
    expect(await taken('invoice')).toBe(before + 20);
    const refund = await Promise.all(placed.slice(0, 3).map((one) => refunded(one, 100, 'Late')));
    const notes = await Promise.all([...refund, ...refund].map(({ id }) => issueCreditNote(shop.app, id)));
    expect(new Set(notes.map(({ number }) => number)).size).toBe(3);
    await taken('credit_note');
  });

  it('are drawn thirty times a minute for one order and address at most', async () => {
    const placed = await order(shop);
    const ask = () => call(shop, 'GET', invoicePath(placed), { token: placed.accessToken });
    const replies = await Promise.all(Array.from({ length: 31 }, ask));
    expect(replies.map(({ status }) => status).sort()).toEqual([...Array<number>(30).fill(409), 429]);
  });
});
