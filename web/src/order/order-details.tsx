import { formatMoney } from '@paydesk/contract/money';
import type { Order, TimelineEntry } from '@paydesk/contract/orders';
import type { Payment } from '@paydesk/contract/payments';
import type { ReactNode } from 'react';
import { Totals } from '../cart/totals.tsx';
import { LocalTime, useHydrated } from '../parts/local-time.tsx';
import { Thumbnail } from '../parts/product-picture.tsx';
import { useShopConfig } from '../shop-config.ts';
import { AddressLines } from './address-lines.tsx';
import { decisivePayment, type OrderState } from './order-state.ts';
import { PaymentReference, paymentStatusText } from './payment-reference.tsx';

/** Everything an order says besides its state: what, how much, where to, how paid, what happened. */
export function OrderDetails({ order, state }: { order: Order; state: OrderState }) {
  const payment = decisivePayment(order);
  const { shopName, sandbox } = useShopConfig();
  const hydrated = useHydrated();
  return (
    <div className="mt-10 grid items-start gap-6 md:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <div className="space-y-6">
        <Card title="Items">
          <ul className="divide-y divide-border">
            {order.lines.map((line) => (
              <li key={line.productId} className="flex items-start gap-4 py-4 first:pt-0">
                <Thumbnail image={line.image} size="medium" />
                <div className="min-w-0 flex-1">
                  <p className="font-medium">{line.name}</p>
                  <p className="text-muted text-sm">{line.attribute}</p>
                  <p className="text-muted text-sm tabular-nums">
                    {line.quantity} × {formatMoney(line.unitPrice)}
                  </p>
                </div>
                <p className="tabular-nums">{formatMoney(line.subtotal)}</p>
              </li>
            ))}
          </ul>
          <div className="border-border border-t pt-4">
            <Totals of={order} />
          </div>
        </Card>
        <div className="print-hidden">
          <Card title="What happened">
            <Timeline entries={order.timeline} />
          </Card>
        </div>
      </div>
      <div className="space-y-6">
        <Card title="Payment">
          {payment ? (
            <PaymentFacts payment={payment} isConfirming={state === 'confirming'} />
          ) : (
            <p>No payment has been started.</p>
          )}
        </Card>
        <Card title="Delivery and contact">
          <AddressLines order={order} />
          <p className="mt-3 wrap-anywhere text-muted text-sm">{order.contact.email}</p>
        </Card>
      </div>
      <p className="print-only">
        {shopName}, order {order.number}, placed <LocalTime at={order.placedAt} as="date" />
        {hydrated && ` · ${window.location.origin}/orders/${order.id}`}
        {sandbox && ' · SANDBOX – not a tax document'}
      </p>
    </div>
  );
}

function Card({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="keep-together rounded-card border border-border bg-surface p-5">
      <h2 className="mb-4 font-semibold">{title}</h2>
      {children}
    </section>
  );
}

function PaymentFacts({ payment, isConfirming }: { payment: Payment; isConfirming: boolean }) {
  return (
    <dl className="space-y-3">
      <div>
        <dt className="text-muted text-sm">Status</dt>
        <dd>{isConfirming ? 'Being confirmed' : paymentStatusText[payment.status]}</dd>
      </div>
      {payment.card && (
        <div>
          <dt className="text-muted text-sm">Method</dt>
          <dd>{cardText(payment.card)}</dd>
        </div>
      )}
      {payment.reference && (
        <PaymentReference reference={payment.reference} dashboardUrl={payment.dashboardUrl} />
      )}
    </dl>
  );
}

function Timeline({ entries }: { entries: readonly TimelineEntry[] }) {
  return (
    <ol className="space-y-3">
      {entries.map((entry, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: entries are only ever added at the end, and have no id.
        <li key={index} className="border-border border-l-2 pl-3">
          <p className="text-sm">{entry.message}</p>
          <p className="text-muted text-xs">
            <LocalTime at={entry.at} as="moment" />
          </p>
        </li>
      ))}
    </ol>
  );
}

const brandNames: Record<string, string> = {
  amex: 'American Express',
  diners: 'Diners Club',
  jcb: 'JCB',
  unionpay: 'UnionPay',
};

function cardText({ brand, last4 }: { brand: string; last4: string }): string {
  return `${brandNames[brand] ?? brand.charAt(0).toUpperCase() + brand.slice(1)} ending ${last4}`;
}
