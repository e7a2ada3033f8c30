import { formatMoney } from '@paydesk/contract/money';
import type { Order } from '@paydesk/contract/orders';
import type { PaymentFlow } from '@paydesk/contract/payments';
import { type FormEvent, useRef, useState } from 'react';
import { useRevalidator } from 'react-router';
import { Totals } from '../cart/totals.tsx';
import { AddressLines } from '../order/address-lines.tsx';
import { awaitedTransfer } from '../order/order-state.ts';
import { ReservedUntil } from '../order/reserved-until.tsx';
import { Notice } from '../parts/notice.tsx';
import { useShopConfig } from '../shop-config.ts';
import { billingOfOrder } from './billing-details.ts';
import type { CardFormHandle } from './card-form.tsx';
import { CheckoutFrame } from './checkout-frame.tsx';
import { PartAmountField } from './part-amount-field.tsx';
import { PaymentSection } from './payment-section.tsx';
import { OrderTakenElsewhere } from './place-order.ts';
import { SummaryLines } from './summary-lines.tsx';
import { type PartAmount, usePartAmount } from './use-part-amount.ts';
import { usePayment } from './use-payment.ts';

/** Pays an order that stands already, or a part of it: after a failure, after Stripe's page was left, from a bookmark. */
export function OrderCheckout({ order }: { order: Order }) {
  const { flow, setFlow, card, payment, part, submit } = useOrderCheckout(order);
  const isPartly = order.received.amount > 0;
  const now = { ...order.due, amount: part.amount ?? order.due.amount };
  return (
    <CheckoutFrame itemCount={order.itemCount} total={order.due} summary={<OrderSummary order={order} />}>
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
          total={now}
          totalLabel={part.amount === null ? null : isPartly || part.isOpen ? 'To pay now' : 'Total'}
          updating={false}
          amountField={<PartAmountField order={order} part={part} />}
          payLabel={payLabelOf(flow, part)}
        />
      </form>
    </CheckoutFrame>
  );
}

/** The state of the page, and what a press of Pay does with it. */
function useOrderCheckout(order: Order) {
  const { flows } = useShopConfig();
  const [flow, setFlow] = useState<PaymentFlow>(() => firstFlow(order, flows));
  const card = useRef<CardFormHandle>(null);
  const payment = usePayment(card);
  const part = usePartAmount(order, payment.phase !== 'ready');
  const { revalidate } = useRevalidator();
  function submit(event: FormEvent) {
    event.preventDefault();
    if (payment.phase !== 'ready' || !part.check()) return;
    payment.pay({
      flow,
      isFree: order.total.amount === 0,
      billing: billingOfOrder(order),
      // Named wherever there are parts, so that nobody pays an amount they have not seen.
      ...(part.isOpen || order.received.amount > 0 ? { amount: part.amount! } : {}),
      getOrder: async () => order,
      onEnded: () => {
        throw new OrderTakenElsewhere(order.id);
      },
      onAmountRefused: (error) => {
        if (part.isOpen) part.refuse(error);
        else payment.say(error.message);
        revalidate();
      },
    });
  }
  return { flow, setFlow, card, payment, part, submit };
}

/** The way that was tried last. Whoever comes here from a transfer that is awaited wants another. */
function firstFlow(order: Order, flows: readonly PaymentFlow[]): PaymentFlow {
  const last = order.payments.at(-1)?.flow;
  const first = flows[0] ?? 'elements';
  return last && last !== 'transfer' && flows.includes(last) ? last : first;
}

function payLabelOf(flow: PaymentFlow, part: PartAmount): string | undefined {
  if (part.amount === null) return 'Pay this amount';
  return flow === 'transfer' ? 'Get bank details' : undefined;
}

function OrderSummary({ order }: { order: Order }) {
  return (
    <div className="space-y-6">
      <SummaryLines lines={order.lines} />
      <Totals of={order} />
      {order.received.amount > 0 && (
        <dl className="space-y-2">
          <div className="flex justify-between gap-4">
            <dt className="text-muted">Received</dt>
            <dd className="tabular-nums">
              {formatMoney({ ...order.received, amount: -order.received.amount })}
            </dd>
          </div>
          <div className="flex justify-between gap-4 font-semibold">
            <dt>Still due</dt>
            <dd className="tabular-nums">{formatMoney(order.due)}</dd>
          </div>
        </dl>
      )}
    </div>
  );
}

/** Which order it is, how long its items are kept, and why the last try failed. */
function OrderHeading({ order }: { order: Order }) {
  const failure = order.payments.at(-1)?.failure;
  const transfer = awaitedTransfer(order);
  return (
    <>
      <h1 className="font-semibold text-3xl md:text-4xl">Pay for your order</h1>
      <p className="mt-2 mb-8 text-muted">
        Order <span className="font-mono">{order.number}</span>
        {order.expiresAt && (
          <>
            {' '}
            · Items reserved until <ReservedUntil expiresAt={order.expiresAt} placedAt={order.placedAt} />
          </>
        )}
      </p>
      {transfer && (
        <Notice tone="warning" className="mb-8">
          We are waiting for your bank transfer of {formatMoney(transfer.amount)}. If you have sent it
          already, do not pay again: wait until it arrives.
        </Notice>
      )}
      {failure && (
        <Notice tone="warning" className="mb-8">
          {failure.message}
        </Notice>
      )}
    </>
  );
}
