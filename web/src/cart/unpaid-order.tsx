import { useEffect, useState } from 'react';
import { Link } from 'react-router';
import { LocalTime } from '../parts/local-time.tsx';
import { Notice } from '../parts/notice.tsx';
import { readPlacedOrder } from './placed-order.ts';

/** Reminds of an order that this browser placed and has not paid, while its items are still reserved. */
export function UnpaidOrder() {
  const [order, setOrder] = useState<{ id: string; until: string } | null>(null);
  useEffect(() => {
    const placed = readPlacedOrder();
    if (!placed?.orderId || !placed.heldUntil || Date.parse(placed.heldUntil) < Date.now()) return;
    setOrder({ id: placed.orderId, until: placed.heldUntil });
  }, []);
  if (!order) return null;
  return (
    <Notice tone="info" className="mt-6">
      You have an order that is not paid yet. Its items are reserved until{' '}
      <LocalTime at={order.until} as="time" />.{' '}
      <Link to={`/orders/${order.id}`} className="underline underline-offset-4">
        See the order
      </Link>
    </Notice>
  );
}
