import { formatMoney } from '@paydesk/contract/money';
import type { Order } from '@paydesk/contract/orders';
import FileText from 'lucide-react/icons/file-text';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { ApiError, callApi } from '../api/call.ts';
import { useShopCart } from '../cart/shop-cart.tsx';
import { Button, ButtonLink } from '../parts/button.tsx';
import { Notice } from '../parts/notice.tsx';
import type { OrderState } from './order-state.ts';
import type { LiveOrder } from './use-live-order.ts';

/** What a buyer can do with an order in its state, the likeliest first. */
export function OrderActions({ live, state }: { live: LiveOrder; state: OrderState }) {
  const { order } = live;
  const { cancel, problem } = useCancel(live);
  const isConfirming = state === 'confirming';
  const isPrintable = order.received.amount > 0 || state === 'awaiting_transfer';
  return (
    <>
      <div className="print-hidden flex flex-wrap gap-3">
        {order.payable && !isConfirming && <PayLink order={order} state={state} />}
        {(state === 'canceled' || state === 'expired') && <BuyAgain order={order} />}
        {order.invoiceUrl && (
          <ButtonLink to={order.invoiceUrl} reloadDocument variant="secondary" size="large">
            <FileText aria-hidden="true" size={20} strokeWidth={1.75} />
            Invoice (PDF)
          </ButtonLink>
        )}
        <ButtonLink to="/" variant="secondary" size="large">
          Continue shopping
        </ButtonLink>
        {isPrintable && (
          <Button variant="secondary" size="large" onClick={() => window.print()}>
            Print
          </Button>
        )}
        {order.cancelable && !isConfirming && (
          <Button variant="quiet" size="large" className="max-sm:-ml-6" onClick={cancel}>
            {order.received.amount > 0
              ? `Cancel order and get ${formatMoney(order.received)} back`
              : 'Cancel order'}
          </Button>
        )}
      </div>
      {problem && (
        <Notice tone="danger" role="alert">
          {problem}
        </Notice>
      )}
    </>
  );
}

function PayLink({ order, state }: { order: Order; state: OrderState }) {
  const path = `/checkout?order=${order.id}`;
  if (state === 'awaiting_transfer') {
    return (
      <ButtonLink to={path} variant="secondary" size="large">
        Pay by card instead
      </ButtonLink>
    );
  }
  return (
    <ButtonLink to={path} size="large">
      {payText(order, state)}
    </ButtonLink>
  );
}

function payText(order: Order, state: OrderState): string {
  if (state === 'failed') return 'Try again';
  return state === 'partially_paid' ? `Pay the rest · ${formatMoney(order.due)}` : 'Pay now';
}

function useCancel({ order, put, check }: LiveOrder) {
  const [problem, setProblem] = useState<string | null>(null);
  async function cancel() {
    setProblem(null);
    try {
      put((await callApi<{ order: Order }>('POST', `/api/orders/${order.id}/cancel`, { body: {} })).order);
    } catch (error) {
      setProblem(error instanceof ApiError ? error.message : 'The order could not be cancelled. Try again.');
      check();
    }
  }
  return { cancel, problem };
}

function BuyAgain({ order }: { order: Order }) {
  const cart = useShopCart();
  const navigate = useNavigate();
  function addAll() {
    for (const line of order.lines) {
      const inCart = cart.items.some((item) => item.id === line.productId);
      if (!inCart) cart.addLine(line);
    }
    navigate('/cart');
  }
  return (
    <Button size="large" onClick={addAll}>
      Add items to cart again
    </Button>
  );
}
