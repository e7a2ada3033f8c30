import type { Order } from '@paydesk/contract/orders';
import { useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { ApiError, callApi } from '../api/call.ts';
import { forgetPlacedOrder, readPlacedOrder } from '../cart/placed-order.ts';
import { useShopCart } from '../cart/shop-cart.tsx';
import { Button, ButtonLink } from '../parts/button.tsx';
import { CopyButton } from '../parts/copy-button.tsx';
import { LocalTime } from '../parts/local-time.tsx';
import { Notice } from '../parts/notice.tsx';
import { headlineDetail, headlineText, StateIcon } from './headline.tsx';
import { OrderDetails } from './order-details.tsx';
import { OrderProgress } from './order-progress.tsx';
import { endsCart, type Hint, type OrderState, orderState } from './order-state.ts';
import { type LiveOrder, useLiveOrder } from './use-live-order.ts';

type OrderStatusProps = {
  order: Order;
  hint?: Hint;
  /** Said below the headline while it is true of the state, such as "You left Stripe's page." */
  remark?: string;
};

/** An order as its buyer sees it, always up to date. All pages that show an order after the checkout share it. */
export function OrderStatus({ order: loaded, hint = null, remark }: OrderStatusProps) {
  const live = useLiveOrder(loaded);
  const { order } = live;
  // A failure that came in after the hint knows more than the hint.
  const outdated = order.status === 'failed' && order.version !== loaded.version;
  const state = orderState(order, outdated ? null : hint);
  useEndOfCart(order);
  return (
    <div className="mx-auto max-w-4xl" data-order-state={state}>
      <div className="flex flex-col items-start gap-4">
        <StateIcon state={state} />
        <h1 className="wrap-anywhere font-semibold text-3xl md:text-4xl">{headlineText(order, state)}</h1>
        <p className="max-w-[68ch] text-lg text-muted">{headlineDetail(order, state)}</p>
        {remark && state === 'unpaid' && <p className="max-w-[68ch] text-muted">{remark}</p>}
        <Announcement text={headlineText(order, state)} />
        <p className="flex items-center gap-1">
          <span className="text-muted">Order</span>
          <span className="ml-1 font-medium font-mono">{order.number}</span>
          <CopyButton text={order.number} label="Copy the order number" />
        </p>
        {order.payable && state !== 'confirming' && order.expiresAt && (
          <p className="text-muted">
            Items reserved until <LocalTime at={order.expiresAt} as="time" />
          </p>
        )}
        <Actions live={live} state={state} />
        {live.stopped && <Stopped onCheck={live.check} />}
      </div>
      <OrderProgress state={state} />
      <OrderDetails order={order} state={state} />
    </div>
  );
}

function Actions({ live, state }: { live: LiveOrder; state: OrderState }) {
  const { order } = live;
  const [problem, setProblem] = useState<string | null>(null);
  async function cancel() {
    setProblem(null);
    try {
      const answer = await callApi<{ order: Order }>('POST', `/api/orders/${order.id}/cancel`, { body: {} });
      live.put(answer.order);
    } catch (error) {
      setProblem(error instanceof ApiError ? error.message : 'The order could not be cancelled. Try again.');
      live.check();
    }
  }
  const canPay = order.payable && state !== 'confirming';
  return (
    <>
      <div className="print-hidden flex flex-wrap gap-3">
        {canPay && (
          <ButtonLink to={`/checkout?order=${order.id}`} size="large">
            {state === 'failed' ? 'Try again' : 'Pay now'}
          </ButtonLink>
        )}
        {(state === 'canceled' || state === 'expired') && <BuyAgain order={order} />}
        <ButtonLink to="/" variant="secondary" size="large">
          Continue shopping
        </ButtonLink>
        {order.received.amount > 0 && (
          <Button variant="secondary" size="large" onClick={() => window.print()}>
            Print
          </Button>
        )}
        {order.cancelable && state !== 'confirming' && (
          <Button variant="quiet" size="large" className="px-2" onClick={cancel}>
            Cancel order
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

function Stopped({ onCheck }: { onCheck: () => void }) {
  return (
    <Notice tone="info" role="status">
      We have not heard from the payment yet.{' '}
      <button type="button" className="underline underline-offset-4" onClick={onCheck}>
        Check again
      </button>
    </Notice>
  );
}

/** Speaks when the state changes, not when the page is opened. */
function Announcement({ text }: { text: string }) {
  const first = useRef(text);
  return (
    <p role="status" className="sr-only">
      {text === first.current ? '' : text}
    </p>
  );
}

/** Empties the cart once its order is paid or on its way, and forgets an order that has ended. */
function useEndOfCart(order: Order) {
  const cart = useShopCart();
  const ended = endsCart(order);
  const over = order.status === 'canceled' || order.status === 'expired';
  // biome-ignore lint/correctness/useExhaustiveDependencies: only these facts may empty the cart.
  useEffect(() => {
    if (!cart.ready || !(ended || over) || readPlacedOrder()?.orderId !== order.id) return;
    if (ended) cart.empty();
    if (over) cart.orderKey.renew();
    forgetPlacedOrder(order.id);
  }, [cart.ready, order.id, ended, over]);
}
