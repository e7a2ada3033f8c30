import { Id } from '@paydesk/contract/quote';
import { RecordedTransfer, RefundFailure, SettledRefund, TransferRequest } from '@paydesk/contract/transfers';
import Type from 'typebox';
import { AppError } from '../../../app/errors.ts';
import { findNamedOrder } from '../../../app/name-order.ts';
import type { App } from '../../../app/ports.ts';
import { recordTransfer } from '../../../app/record-transfer.ts';
import { settleRefund } from '../../../app/settle-refund.ts';
import { idempotencyKeyOf } from '../../access.ts';
import { needs, operatorOf } from '../../operators.ts';
import type { Server } from '../../types.ts';

/** A bank's clock may be ahead of ours by a time zone, but not by more, in milliseconds. */
const aheadAtMost = 24 * 3_600_000;

const common = { tags: ['operators'], params: Type.Object({ id: Id }), security: [{ operator: [] }] };

/** What people read on the bank's statement and write down here: money that came, refunds that went or came back. */
export function adminTransferRoutes(server: Server, app: App): void {
  server.post(
    '/api/admin/orders/:id/transfers',
    { schema: { ...common, body: TransferRequest, response: { 201: RecordedTransfer } }, ...needs('refund') },
    async (request, reply) => {
      const key = idempotencyKeyOf(request);
      const { id: orderId } = await findNamedOrder(app, request.params.id);
      const booking = { orderId, ...wanted(app, request.body), key, by: operatorOf(request).name };
      return reply.code(201).send(await recordTransfer(app, booking));
    },
  );

  server.post(
    '/api/admin/refunds/:id/complete',
    { schema: { ...common, response: { 200: SettledRefund } }, ...needs('refund') },
    async (request) => {
      const { params, body } = request;
      if (body !== undefined && body !== null && JSON.stringify(body) !== '{}')
        throw new AppError('invalid_request', { message: 'Completing a refund takes no properties.' });
      return await settleRefund(app, {
        refundId: params.id,
        status: 'succeeded',
        by: operatorOf(request).name,
      });
    },
  );

  server.post(
    '/api/admin/refunds/:id/fail',
    { schema: { ...common, body: RefundFailure, response: { 200: SettledRefund } }, ...needs('refund') },
    async (request) =>
      await settleRefund(app, {
        refundId: request.params.id,
        status: 'failed',
        reason: request.body.reason,
        by: operatorOf(request).name,
      }),
  );
}

function wanted(app: App, body: TransferRequest) {
  const { bankReference } = body;
  const sum = typeof body.amount === 'number' ? { amount: body.amount } : body.amount;
  const named = 'currency' in sum ? sum.currency : undefined;
  const currency = named ?? body.currency;
  if (named !== undefined && body.currency !== undefined && named !== body.currency)
    throw new AppError('invalid_request', { message: 'The amount and the request name two currencies.' });
  return { amount: sum.amount, currency, bankReference, receivedAt: timeOf(app, body.receivedAt) };
}

function timeOf(app: App, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const at = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at))
    throw new AppError('invalid_request', {
      message: 'receivedAt must be a time such as 2026-11-26T10:00:00Z.',
    });
  if (at > app.clock.now() + aheadAtMost)
    throw new AppError('invalid_request', { message: 'receivedAt lies in the future.' });
  return at;
}
