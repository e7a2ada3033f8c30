import type { Order } from '@paydesk/contract/orders';
import { useEffect, useRef } from 'react';
import { forgetPlacedOrder, readPlacedOrder } from '../cart/placed-order.ts';
import { useShopCart } from '../cart/shop-cart.tsx';
import { ButtonLink } from '../parts/button.tsx';
import { CopyButton } from '../parts/copy-button.tsx';
import { Notice } from '../parts/notice.tsx';
import { DisputeNotices } from './dispute-notices.tsx';
import { headlineDetail, headlineNotes, headlineText } from './headline-text.ts';
import { OrderActions } from './order-actions.tsx';
import { OrderDetails } from './order-details.tsx';
import { OrderProgress } from './order-progress.tsx';
import {
  awaitedTransfer,
  endsCart,
  type Hint,
  type OrderState,
  orderState,
  outdatesHint,
} from './order-state.ts';
import { ReservedUntil } from './reserved-until.tsx';
import { StateIcon } from './state-icon.tsx';
import { TransferInstructions } from './transfer-instructions.tsx';
import { useLiveOrder } from './use-live-order.ts';

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
  const state = orderState(order, outdatesHint(order, loaded) ? null : hint);
  const transfer = awaitedTransfer(order);
  useEndOfCart(order);
  return (
    <div className="mx-auto max-w-4xl" data-order-state={state}>
      <div className="flex flex-col items-start gap-4">
        <Headline order={order} state={state} />
        {remark && state === 'unpaid' && <p className="max-w-[68ch] text-muted">{remark}</p>}
        <p className="flex items-center gap-1">
          <span className="text-muted">Order</span>
          <span className="ml-1 font-medium font-mono">{order.number}</span>
          <CopyButton text={order.number} label="Copy the order number" />
        </p>
        {order.payable && state !== 'confirming' && order.expiresAt && (
          <p className="text-muted">
            Items reserved until <ReservedUntil expiresAt={order.expiresAt} placedAt={order.placedAt} />
          </p>
        )}
        {!transfer && <OrderActions live={live} state={state} />}
        {live.stopped && <Stopped onCheck={live.check} />}
      </div>
      {transfer && (
        // What the bank needs comes first here, and what else one can do after it.
        <>
          <TransferInstructions payment={transfer} />
          <div className="mt-6 flex flex-col items-start gap-4">
            <OrderActions live={live} state={state} />
          </div>
        </>
      )}
      <OrderProgress state={state} />
      <OrderDetails order={order} state={state} />
      {!order.inAccount && endsCart(order) && <SaveDetails order={order} />}
    </div>
  );
}

/** The state in words: what it is, what it means, and what else a buyer should hear now. */
function Headline({ order, state }: { order: Order; state: OrderState }) {
  const headline = headlineText(order, state);
  const notes = headlineNotes(order, state);
  return (
    <>
      <StateIcon state={state} />
      <h1 className="wrap-anywhere font-semibold text-3xl md:text-4xl">{headline}</h1>
      <p className="max-w-[68ch] text-lg text-muted">{headlineDetail(order, state)}</p>
      {notes.map((note) => (
        <Notice key={note} tone="info" className="max-w-[68ch]">
          {note}
        </Notice>
      ))}
      <DisputeNotices disputes={order.disputes} />
      <Announcement text={[headline, ...notes].join('. ')} />
    </>
  );
}

/** An account is offered after the order, never before. */
function SaveDetails({ order }: { order: Order }) {
  const { email, firstName, lastName } = order.contact;
  return (
    <section aria-labelledby="save" className="print-hidden rounded-card border border-border bg-surface p-5">
      <h2 id="save" className="font-semibold">
        Save your details
      </h2>
      <p className="mt-1 mb-3 text-muted">
        Set a password, and this order is in your account, with your address for the next one.
      </p>
      <ButtonLink to="/sign-up" state={{ email, name: `${firstName} ${lastName}` }} variant="secondary">
        Create an account
      </ButtonLink>
    </section>
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
