import type { StartedPayment } from '@paydesk/contract/payments';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  call,
  onBothDatabases,
  order,
  readOrder,
  startTestShop,
  type TestShop,
  until,
} from '../support/shop.ts';

onBothDatabases('one purchase', (kind) => {
  let shop: TestShop;
  beforeAll(async () => {
    shop = await startTestShop(kind);
  });
  afterAll(() => shop.stop());

  it('goes from cart to paid by the signed webhook', async () => {
    const placed = await order(shop);
    expect(placed.order).toMatchObject({ status: 'pending', version: 1, payable: true });
    const started = await call<StartedPayment>(shop, 'POST', `/api/orders/${placed.order.id}/pay`, {
      body: { paymentMethod: 'stripe', flow: 'elements' },
      token: placed.accessToken,
    });
    expect(started.status).toBe(201);
    const confirmed = await fetch(
      `${shop.sandbox.url}/v1/payment_intents/${started.body.payment.reference}/confirm`,
      {
        method: 'POST',
        headers: { authorization: 'Bearer pk_test_x' },
        body: new URLSearchParams({
          client_secret: started.body.clientSecret!,
          payment_method: 'pm_card_visa',
          return_url: 'http://x/',
        }),
        signal: AbortSignal.timeout(10_000),
      },
    );
    expect(confirmed.status).toBe(200);
    const paid = await until(
      () => readOrder(shop, placed),
      (seen) => seen.status === 'paid',
    );
    expect(paid).toMatchObject({ received: placed.order.total, payable: false, expiresAt: null });
    expect(paid.payments[0]).toMatchObject({ status: 'succeeded', amount: placed.order.total });
  });
});
