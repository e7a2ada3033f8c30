import type { PlacedOrder } from '@paydesk/contract/orders';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findOrder } from '../../src/db/orders.ts';
import { findPayment, findPayments } from '../../src/db/payments.ts';
import { checkBooks } from '../support/books.ts';
import { intentOf } from '../support/customer.ts';
import { operate, refund } from '../support/operators.ts';
import { accountsOf, partOf, payAndTell, startPart } from '../support/parts.ts';
import {
  call,
  databases,
  makeDue,
  newKey,
  order,
  readOrder,
  settleJobs,
  startTestShop,
  type TestShop,
} from '../support/shop.ts';
import { readIntent } from '../support/stripe-record.ts';
import { recordTransfer, settleRefund } from '../support/transfers.ts';

const day = 86_400_000;
const byTransfer = { paymentMethod: 'bank-transfer', flow: 'transfer' };

describe.each(databases)('paying by bank transfer, on %s', (kind) => {
  let shop: TestShop;
  beforeAll(async () => {
    const env = {
      BANK_TRANSFER_ACCOUNT: 'GB33 BUKB 2020 1555 5555 55',
      BANK_TRANSFER_HOLDER: 'Larkhouse Ltd',
    };
    shop = await startTestShop(kind, { webhooks: false, jobs: 'manual', env });
  });
  afterAll(async () => {
    await shop.stop();
  });

  const mailsAbout = async (paymentId: string) =>
    await shop.app.database.read
      .selectFrom('outbox')
      .select('dedupe_key')
      .where('subject_id', '=', paymentId)
      .where('kind', '=', 'mail.transfer')
      .execute();
  const rowOf = async (placed: PlacedOrder) => (await findOrder(shop.app.database.read, placed.order.id))!;

  it('tells the account, the reference and until when, and waits with the stock', async () => {
    const placed = await order(shop);
    const { payment, ...rest } = await partOf(shop, placed, {
      paymentMethod: 'bank-transfer',
      flow: 'transfer',
    });
    expect(rest).toEqual({});
    expect(payment).toMatchObject({
      provider: 'bank-transfer',
      flow: 'transfer',
      status: 'awaiting_transfer',
      amount: placed.order.total,
      instructions: {
        accountHolder: 'Larkhouse Ltd',
        iban: 'GB33 BUKB 2020 1555 5555 55',
        bic: null,
        bankName: null,
        reference: placed.order.number,
      },
    });
    expect(Date.parse(payment.instructions!.payUntil)).toBeGreaterThan(shop.app.clock.now() + 6.9 * day);
    const seen = await readOrder(shop, placed);
    expect(seen).toMatchObject({ status: 'pending', payable: true, due: placed.order.total });
    expect(seen.expiresAt).toBe(payment.instructions!.payUntil);
    expect(seen.timeline.at(-1)).toMatchObject({
      type: 'payment.awaiting_transfer',
      paymentId: payment.id,
      message: expect.stringContaining(placed.order.number),
    });
    expect(await mailsAbout(payment.id)).toHaveLength(1);
    expect((await rowOf(placed)).hold).toBe('held');
  });

  it('is the first flow of its provider, and offered by the shop’s settings', async () => {
    const placed = await order(shop);
    const reply = await startPart(shop, placed, { paymentMethod: 'bank-transfer', flow: undefined });
    expect(reply.body.payment.flow).toBe('transfer');
    expect((await call(shop, 'GET', '/api/config')).body.flows).toContain('transfer');
    for (const wrong of [{ paymentMethod: 'bank-transfer', flow: 'elements' }, { flow: 'transfer' }]) {
      const { status, body } = await startPart(shop, placed, wrong);
      expect([status, body.error?.code]).toEqual([400, 'unknown_payment_method']);
    }
  });

  it('tells the same again however often it is asked, with any key', async () => {
    const placed = await order(shop);
    const path = `/api/orders/${placed.order.id}/pay`;
    const key = newKey();
    const ask = async (key: string) =>
      await call(shop, 'POST', path, { body: byTransfer, token: placed.accessToken, key });
    const replies = [
      await ask(key),
      await ask(key),
      ...(await Promise.all([1, 2, 3].map(() => ask(newKey())))),
    ];
    for (const { status, body } of replies) expect([status, body]).toEqual([201, replies[0]!.body]);
    const { version } = await rowOf(placed);
    await ask(newKey());
    expect((await rowOf(placed)).version).toBe(version);
    expect(await findPayments(shop.app.database.read, placed.order.id)).toHaveLength(1);
  });

  it('is completed by the outbox when the shop dies before it has answered, and tells the customer once', async () => {
    const placed = await order(shop);
    const { payment } = await partOf(shop, placed, byTransfer);
    await shop.app.database.transaction(async (tx) => {
      const lost = { status: 'creating' as const, intent_ref: null };
      await tx.updateTable('payments').set(lost).where('id', '=', payment.id).execute();
      await tx
        .updateTable('outbox')
        .set({ done_at: null, not_before: shop.app.clock.now() })
        .where('dedupe_key', '=', `payment.create:${payment.id}`)
        .execute();
    });
    await settleJobs(shop);
    const seen = await readOrder(shop, placed);
    expect(seen.payments[0]).toMatchObject({
      status: 'awaiting_transfer',
      instructions: payment.instructions,
    });
    expect(await mailsAbout(payment.id)).toHaveLength(1);
  });

  it('replaces a card and is replaced by one, never beside it', async () => {
    const placed = await order(shop);
    const card = await partOf(shop, placed);
    const { payment: transfer } = await partOf(shop, placed, byTransfer);
    expect(await readIntent(shop.sandbox.url, intentOf(card))).toMatchObject({ status: 'canceled' });
    await partOf(shop, placed);
    const seen = await readOrder(shop, placed);
    expect(seen.payments.map(({ status }) => status)).toEqual(['canceled', 'canceled', 'open']);
    expect(seen.payments[1]).toMatchObject({ id: transfer.id, instructions: null });
    const again = await partOf(shop, placed, byTransfer);
    expect(again.payment).toMatchObject({ attempt: 4, status: 'awaiting_transfer' });
  });

  it('takes a part of any size, because the customer decides what arrives', async () => {
    const placed = await order(shop);
    const { payment } = await partOf(shop, placed, { ...byTransfer, amount: 1 });
    expect(payment.amount.amount).toBe(1);
    const tooMuch = await startPart(shop, placed, { ...byTransfer, amount: placed.order.total.amount + 1 });
    expect([tooMuch.status, tooMuch.body.error?.code]).toEqual([409, 'payment_amount_too_large']);
  });

  it('expires when nothing has come in time, and says so to whoever looks', async () => {
    const placed = await order(shop);
    const { payment } = await partOf(shop, placed, byTransfer);
    await makeDue(shop, placed);
    await settleJobs(shop);
    expect(await readOrder(shop, placed)).toMatchObject({ status: 'expired', payable: false });
    expect(await findPayment(shop.app.database.read, payment.id)).toMatchObject({ status: 'canceled' });
  });

  it('believes no notification: there is nobody who could sign one', async () => {
    const placed = await order(shop);
    const { payment } = await partOf(shop, placed, byTransfer);
    const body = { orderId: placed.order.id, paymentId: payment.id, amount: placed.order.total.amount };
    const reply = await call(shop, 'POST', '/api/webhooks/bank-transfer', { body });
    expect([reply.status, (reply.body.error as { code: string }).code]).toEqual([400, 'invalid_signature']);
    expect((await readOrder(shop, placed)).status).toBe('pending');
  });

  it('keeps the account somebody was told when the shop has another one', async () => {
    const placed = await order(shop);
    const { payment } = await partOf(shop, placed, byTransfer);
    const provider = shop.app.providers.get('bank-transfer')!;
    const frozen = JSON.parse((await findPayment(shop.app.database.read, payment.id))!.params_json);
    expect(await provider.resume({ sessionRef: null, intentRef: null }, frozen)).toEqual({
      state: 'payable',
      next: { instructions: payment.instructions },
    });
  });

  it('lets nobody but an operator say that money came', async () => {
    const placed = await order(shop);
    const path = `/api/admin/orders/${placed.order.id}/transfers`;
    const body = { amount: placed.order.total.amount, bankReference: 'stolen' };
    for (const token of [placed.accessToken, 'x'.repeat(40), ''])
      expect((await call(shop, 'POST', path, { body, token })).status).toBe(401);
    expect((await operate(shop, 'POST', '/orders/ord_none/transfers', { body })).status).toBe(404);
    expect((await readOrder(shop, placed)).received.amount).toBe(0);
  });

  describe('and gives back', () => {
    const paid = async () => {
      const placed = await order(shop);
      const total = placed.order.total.amount;
      await recordTransfer(shop, placed.order.id, total);
      const { body } = await refund(shop, placed, { amount: 600 });
      await settleJobs(shop);
      return { placed, total, refundId: body.refunds[0]!.id };
    };

    it('once a person has sent it and says so', async () => {
      const { placed, total, refundId } = await paid();
      expect((await readOrder(shop, placed)).refunds).toMatchObject([{ status: 'pending' }]);
      const first = await settleRefund(shop, refundId, 'complete');
      expect(first.body.order).toMatchObject({ status: 'partially_refunded', refunded: { amount: 600 } });
      const { status, body } = await settleRefund(shop, refundId, 'complete');
      expect([status, body]).toEqual([200, first.body]);
      expect((await readOrder(shop, placed)).timeline).toContainEqual(
        expect.objectContaining({ type: 'refund.succeeded', actor: 'operator', refundId }),
      );
      expect(await accountsOf(shop, placed.order.id)).toMatchObject({ bank: total - 600 });
    });

    it('nothing, when it comes back, however late; then that refund is over', async () => {
      const { placed, total, refundId } = await paid();
      await settleRefund(shop, refundId, 'complete');
      const failed = await settleRefund(shop, refundId, 'fail', { reason: 'The account is closed.' });
      expect(failed.body).toMatchObject({
        refund: { status: 'failed' },
        order: { status: 'paid', refunded: { amount: 0 } },
      });
      expect((await settleRefund(shop, refundId, 'fail')).status).toBe(200);
      const late = await settleRefund(shop, refundId, 'complete');
      expect([late.status, late.body.error?.code]).toEqual([409, 'refund_not_open']);
      expect(await accountsOf(shop, placed.order.id)).toMatchObject({ bank: total });
    });

    it('what an order had received that was canceled, and what comes after that', async () => {
      const placed = await order(shop);
      const { id, total } = placed.order;
      await partOf(shop, placed, byTransfer);
      await recordTransfer(shop, id, 1000);
      const canceled = await call(shop, 'POST', `/api/orders/${id}/cancel`, { token: placed.accessToken });
      expect(canceled.status).toBe(200);
      await recordTransfer(shop, id, total.amount - 1000);
      await settleJobs(shop);
      const seen = await readOrder(shop, placed);
      expect(seen).toMatchObject({ status: 'canceled', received: { amount: 1000 }, payable: false });
      expect(seen.refunds.map(({ status, cause, amount }) => [status, cause, amount.amount])).toEqual([
        ['pending', 'order_canceled', 1000],
        ['pending', 'late', total.amount - 1000],
      ]);
      for (const one of seen.refunds) await settleRefund(shop, one.id, 'complete');
      expect(await readOrder(shop, placed)).toMatchObject({ refunded: { amount: 1000 } });
      expect(await accountsOf(shop, id)).toEqual({});
    });

    it('by hand only what people send, and only what exists', async () => {
      const placed = await order(shop);
      await payAndTell(shop, await partOf(shop, placed));
      const { body } = await refund(shop, placed, { amount: 100 });
      for (const verb of ['complete', 'fail'] as const) {
        const reply = await settleRefund(shop, body.refunds[0]!.id, verb);
        expect([reply.status, reply.body.error?.code]).toEqual([409, 'refund_not_by_hand']);
        const unknown = await settleRefund(shop, 'ref_none', verb);
        expect([unknown.status, unknown.body.error?.code]).toEqual([404, 'refund_not_found']);
        const wrong = await settleRefund(shop, body.refunds[0]!.id, verb, { amount: 5 });
        expect([wrong.status, wrong.body.error?.code]).toEqual([400, 'invalid_request']);
      }
    });
  });

  it('leaves books that are in order', async () => {
    await settleJobs(shop);
    await checkBooks(shop);
  });
});
