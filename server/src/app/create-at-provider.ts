import { lockOrder } from '../db/orders.ts';
import { settleEffect } from '../db/outbox.ts';
import { adoptRefs, findPayment, type PaymentRow, updatePayment } from '../db/payments.ts';
import type { Tx } from '../db/schema.ts';
import { awaitTransfer } from './await-transfer.ts';
import { ProviderError } from './errors.ts';
import type { App, FrozenPayment, NextStep, PaymentProvider, PaymentRefs } from './ports.ts';

/**
 * S1 and T3: creates an attempt at the provider and writes down what it is called there. Called again after a crash or a
 * time-out it sends the same bytes under the same key, so the provider answers with what it made the first time.
 *
 * @param also further writes that belong to the same commit: prepared statements only, none after another's answer
 * @throws ProviderError; `refused` has then ended the attempt, anything else left it `unknown` for the outbox
 */
export async function createAtProvider(
  app: App,
  provider: PaymentProvider,
  payment: PaymentRow,
  also: (tx: Tx) => Promise<void>,
): Promise<{ payment: PaymentRow; next: NextStep }> {
  const frozen = JSON.parse(payment.params_json) as FrozenPayment;
  try {
    const { next, sessionRef, intentRef } = await provider.start(frozen);
    const { instructions } = next;
    const { saved } = await app.database.transaction(async (tx, last) => {
      if (instructions) await awaitTransfer(app, tx, payment, { ...frozen, instructions });
      const writes = Promise.all([adopt(app, tx, payment, { sessionRef, intentRef }), also(tx)]);
      last(writes);
      return { saved: writes };
    });
    const [stored] = await saved;
    if (instructions) app.live.changed(payment.order_id);
    app.log.info(
      { orderId: payment.order_id, paymentId: payment.id, intentRef, sessionRef },
      'payment started',
    );
    return { payment: stored, next };
  } catch (error) {
    if (error instanceof ProviderError) await writeFailure(app, payment, error);
    throw error;
  }
}

/** A signed event may have been faster than the reply and have moved the attempt on: then only what is missing is filled in. */
async function adopt(app: App, tx: Tx, payment: PaymentRow, refs: PaymentRefs): Promise<PaymentRow> {
  const [adopted] = await Promise.all([
    adoptRefs(tx, payment.id, refs),
    settleEffect(tx, 'payment.create', payment.id, app.clock.now()),
  ]);
  return adopted;
}

async function writeFailure(app: App, payment: PaymentRow, error: ProviderError): Promise<void> {
  const now = app.clock.now();
  await app.database.transaction(async (tx) => {
    await lockOrder(tx, payment.order_id);
    const current = await findPayment(tx, payment.id);
    if (current?.status !== 'creating' && current?.status !== 'unknown') return;
    if (error.failure !== 'refused') {
      await updatePayment(tx, payment.id, { status: 'unknown' });
      return;
    }
    await updatePayment(tx, payment.id, {
      status: 'failed',
      failure_code: 'provider_refused',
      closed_at: now,
    });
    await settleEffect(tx, 'payment.create', payment.id, now);
  });
  const fields = { orderId: payment.order_id, paymentId: payment.id, failure: error.failure, err: error };
  app.log.warn(fields, 'the payment could not be created at the provider');
}
