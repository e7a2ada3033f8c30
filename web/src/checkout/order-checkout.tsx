import type { Order } from '@paydesk/contract/orders';
import type { PaymentFlow } from '@paydesk/contract/payments';
import { type FormEvent, useRef, useState } from 'react';
import { Totals } from '../cart/totals.tsx';
import { AddressLines } from '../order/address-lines.tsx';
import { LocalTime } from '../parts/local-time.tsx';
import { Notice } from '../parts/notice.tsx';
import { useShopConfig } from '../shop-config.ts';
import { billingOfOrder } from './billing-details.ts';
import type { CardFormHandle } from './card-form.tsx';
import { CheckoutFrame } from './checkout-frame.tsx';
import { PaymentSection } from './payment-section.tsx';
import { OrderTakenElsewhere } from './place-order.ts';
import { SummaryLines } from './summary-lines.tsx';
import { usePayment } from './use-payment.ts';

/** Pays an order that stands already: after a failure, after Stripe's page was left, from a bookmark. */
export function OrderCheckout({ order }: { order: Order }) {
  const { flows } = useShopConfig();
  const last = order.payments.at(-1);
  const [flow, setFlow] = useState<PaymentFlow>(
    last && flows.includes(last.flow) ? last.flow : (flows[0] ?? 'elements'),
  );
  const card = useRef<CardFormHandle>(null);
  const payment = usePayment(card);
  const summary = (
    <div className="space-y-6">
      <SummaryLines lines={order.lines} />
      <Totals of={order} />
    </div>
  );
  function submit(event: FormEvent) {
    event.preventDefault();
    payment.pay({
      flow,
      isFree: order.total.amount === 0,
      billing: billingOfOrder(order),
      getOrder: async () => order,
      onEnded: () => {
        throw new OrderTakenElsewhere(order.id);
      },
    });
  }
  return (
    <CheckoutFrame itemCount={order.itemCount} total={order.total} summary={summary}>
      <OrderHeading order={order} />
      <form noValidate onSubmit={submit} aria-label="Checkout" className="space-y-10">
        <section aria-labelledby="contact">
          <h2 id="contact" className="mb-2 font-semibold text-xl">
            1. Contact
          </h2>
          <p className="wrap-anywhere">{order.contact.email}</p>
        </section>
        <section aria-labelledby="delivery">
          <h2 id="delivery" className="mb-2 font-semibold text-xl">
            2. Delivery
          </h2>
          <AddressLines order={order} />
        </section>
        <PaymentSection
          payment={payment}
          card={card}
          flow={flow}
          onFlow={setFlow}
          total={order.total}
          updating={false}
        />
      </form>
    </CheckoutFrame>
  );
}

/** Which order it is, how long its items are kept, and why the last try failed. */
function OrderHeading({ order }: { order: Order }) {
  const failure = order.payments.at(-1)?.failure;
  return (
    <>
      <h1 className="font-semibold text-3xl md:text-4xl">Pay for your order</h1>
      <p className="mt-2 mb-8 text-muted">
        Order <span className="font-mono">{order.number}</span>
        {order.expiresAt && (
          <>
            {' '}
            · Items reserved until <LocalTime at={order.expiresAt} as="time" />
          </>
        )}
      </p>
      {failure && (
        <Notice tone="warning" className="mb-8">
          {failure.message}
        </Notice>
      )}
    </>
  );
}
