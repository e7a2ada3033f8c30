import { declined, intentOf, orderWithPayment, pay, started } from './customer.ts';
import { disputedCards, tell } from './disputes.ts';
import { deliver, eventOf, eventsAbout, retold } from './events.ts';
import { card, openBreaks, paidOrder, refund } from './operators.ts';
import { call, cart, order, readOrder, settleJobs, type TestShop } from './shop.ts';
import { recordTransfer } from './transfers.ts';

/** Payments that succeeded, were declined, ended, came twice and by transfer; refunds and disputes; every event of them told. */
export async function makeHistory(shop: TestShop): Promise<void> {
  const refunded = await paidOrder(shop);
  await refund(shop, refunded.placed, { amount: 300 });
  await refund(shop, refunded.placed);
  const { placed, payment } = await orderWithPayment(shop);
  await pay(shop, payment, declined);
  await pay(shop, payment, card('4242424242424242'));
  const canceled = await orderWithPayment(shop);
  await call(shop, 'POST', `/api/orders/${canceled.placed.order.id}/cancel`, {
    token: canceled.placed.accessToken,
  });
  const disputed = await orderWithPayment(shop);
  await pay(shop, disputed.payment, card(disputedCards.fraudulent));
  const byTransfer = await order(shop, cart());
  await recordTransfer(shop, byTransfer.order.id, 1_000, { bankReference: 'a/b c "d"' });
  await recordTransfer(shop, byTransfer.order.id, 9_000);
  const twice = await paidOrder(shop);
  const stray = await eventOf(shop, 'payment_intent.succeeded', twice.intent);
  await deliver(shop, retold(stray, { id: 'pi_stray' }));
  await started(shop, await order(shop), 'hosted');
  await settleJobs(shop);
  await tell(shop, '/v1/refunds', { payment_intent: intentOf(payment), amount: '200' });
  const intents = [
    refunded.intent,
    intentOf(payment),
    intentOf(canceled.payment),
    intentOf(disputed.payment),
  ];
  for (const event of await eventsAbout(shop, ...intents)) await deliver(shop, event);
  await settleJobs(shop);
  // What overtook its payment waits for a second.
  shop.advance(60_000);
  await settleJobs(shop);
  if ((await readOrder(shop, placed)).status !== 'partially_refunded')
    throw new Error('nothing was refunded');
  if ((await openBreaks(shop, twice.placed)).length === 0) throw new Error('no money came twice');
}
