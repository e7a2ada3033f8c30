import { formatMoney } from '@paydesk/contract/money';
import type { Order } from '@paydesk/contract/orders';
import type { Payment } from '@paydesk/contract/payments';
import type { ReactNode } from 'react';
import { methodText } from './method-text.ts';
import { type OrderState, shownPayments } from './order-state.ts';
import { PaymentReference, paymentStatusText } from './payment-reference.tsx';

/** How the order was paid: each payment that took money or may yet, and what that comes to. */
export function PaymentList({ order, state }: { order: Order; state: OrderState }) {
  const payments = shownPayments(order);
  if (payments.length === 0) return <p>No payment has been started.</p>;
  return (
    <>
      <ul className="divide-y divide-border">
        {payments.map((payment, index) => (
          <li key={payment.id} className="py-4 first:pt-0 last:pb-0">
            <PaymentFacts
              payment={payment}
              isConfirming={state === 'confirming' && index === payments.length - 1}
            />
          </li>
        ))}
      </ul>
      <Sums order={order} />
    </>
  );
}

function PaymentFacts({ payment, isConfirming }: { payment: Payment; isConfirming: boolean }) {
  const method = methodText(payment);
  const { received, refunded, amount } = payment;
  // A transfer is found by the order's number, which stands above; its own name says nothing to anybody outside.
  const reference = payment.flow === 'transfer' ? null : payment.reference;
  return (
    <dl className="space-y-2">
      {method && <Fact term="Method">{method}</Fact>}
      <Fact term="Status">{isConfirming ? 'Being confirmed' : paymentStatusText[payment.status]}</Fact>
      <Fact term="Amount">{formatMoney(received.amount > 0 ? received : amount)}</Fact>
      {refunded.amount > 0 && <Fact term="Sent back">{formatMoney(refunded)}</Fact>}
      {reference && <PaymentReference reference={reference} dashboardUrl={payment.dashboardUrl} />}
    </dl>
  );
}

function Fact({ term, children, isMain = false }: { term: string; children: ReactNode; isMain?: boolean }) {
  return (
    <div className={`flex flex-wrap justify-between gap-x-4 ${isMain ? 'font-semibold' : ''}`}>
      <dt className={isMain ? '' : 'text-muted'}>{term}</dt>
      <dd className="text-right tabular-nums">{children}</dd>
    </div>
  );
}

/** Only where they say more than the total does. */
function Sums({ order }: { order: Order }) {
  const { received, refunded, due } = order;
  const isPartly = received.amount > 0 && due.amount > 0;
  if (!isPartly && refunded.amount === 0) return null;
  return (
    <dl className="mt-4 space-y-2 border-border border-t pt-4">
      <Fact term="Received">{formatMoney(received)}</Fact>
      {refunded.amount > 0 && (
        <Fact term="Refunded">{formatMoney({ ...refunded, amount: -refunded.amount })}</Fact>
      )}
      {isPartly && order.payable && (
        <Fact term="Still due" isMain>
          {formatMoney(due)}
        </Fact>
      )}
    </dl>
  );
}
