import { formatMoney } from '@paydesk/contract/money';
import type { Order } from '@paydesk/contract/orders';
import { Totals } from '../cart/totals.tsx';
import { LocalTime, useHydrated } from '../parts/local-time.tsx';
import { Thumbnail } from '../parts/product-picture.tsx';
import { useShopConfig } from '../shop-config.ts';
import { AddressLines } from './address-lines.tsx';
import { Card } from './card.tsx';
import { DisputeList } from './dispute-notices.tsx';
import { isOpenDispute } from './dispute-text.ts';
import type { OrderState } from './order-state.ts';
import { Parcel } from './parcel.tsx';
import { PaymentList } from './payment-list.tsx';
import { RefundList } from './refund-list.tsx';
import { Timeline } from './timeline.tsx';

/** Everything an order says besides its state: what, how much, where to, how paid, what went back, what happened. */
export function OrderDetails({ order, state }: { order: Order; state: OrderState }) {
  const answered = order.disputes.filter((dispute) => !isOpenDispute(dispute));
  return (
    <div className="mt-10 grid items-start gap-6 md:grid-cols-[minmax(0,3fr)_minmax(0,2fr)] md:grid-rows-[auto_1fr]">
      <Card title="Items">
        <Lines order={order} />
        <div className="border-border border-t pt-4">
          <Totals of={order} />
        </div>
      </Card>
      {/* On a phone all that concerns the money comes before the story. */}
      <div className="space-y-6 md:col-start-2 md:row-span-2 md:row-start-1">
        <Card title={order.payments.length > 1 ? 'Payments' : 'Payment'}>
          <PaymentList order={order} state={state} />
        </Card>
        {order.refunds.length > 0 && (
          <Card title={order.refunds.length > 1 ? 'Refunds' : 'Refund'}>
            <RefundList order={order} />
          </Card>
        )}
        {answered.length > 0 && (
          <Card title="Your bank’s question">
            <DisputeList disputes={answered} />
          </Card>
        )}
        <Card title="Delivery and contact">
          {order.fulfilments.map((parcel) => (
            <Parcel key={parcel.shippedAt} parcel={parcel} />
          ))}
          <AddressLines order={order} />
          <p className="mt-3 wrap-anywhere text-muted text-sm">{order.contact.email}</p>
        </Card>
      </div>
      <div className="print-hidden">
        <Card title="What happened">
          <Timeline entries={order.timeline} />
        </Card>
      </div>
      <PrintedFoot order={order} />
    </div>
  );
}

function Lines({ order }: { order: Order }) {
  return (
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
  );
}

function PrintedFoot({ order }: { order: Order }) {
  const { shopName, sandbox } = useShopConfig();
  const hydrated = useHydrated();
  return (
    <p className="print-only wrap-anywhere md:col-span-2">
      {shopName}, order {order.number}, placed <LocalTime at={order.placedAt} as="date" />
      {hydrated && ` · ${window.location.origin}/orders/${order.id}`}
      {sandbox && ' · SANDBOX – not a tax document'}
    </p>
  );
}
