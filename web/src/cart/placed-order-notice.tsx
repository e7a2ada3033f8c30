import { Link } from 'react-router';
import { endsCart } from '../order/order-state.ts';
import { ReservedUntil } from '../order/reserved-until.tsx';
import { Notice } from '../parts/notice.tsx';
import { usePlacedOrder } from './use-placed-order.ts';

/** Reminds of the order that came from this cart: unpaid and still reserved, or paid behind a page that was closed. */
export function PlacedOrderNotice() {
  const order = usePlacedOrder();
  if (!order) return null;
  return (
    <Notice tone="info" role="status" className="mt-6">
      {endsCart(order) ? (
        <>
          Your order {order.number}{' '}
          {order.payable ? 'is placed and waits for your money. ' : 'has gone through. '}
        </>
      ) : (
        <>
          You have an order that is not paid yet.{' '}
          {order.expiresAt && (
            <>
              Its items are reserved until{' '}
              <ReservedUntil expiresAt={order.expiresAt} placedAt={order.placedAt} />.{' '}
            </>
          )}
        </>
      )}
      <Link to={`/orders/${order.id}`} className="underline underline-offset-4">
        See the order
      </Link>
    </Notice>
  );
}
