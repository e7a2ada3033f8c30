import type { Order } from '@paydesk/contract/orders';
import { useEffect, useState } from 'react';
import { isRouteErrorResponse, useSearchParams } from 'react-router';
import { load } from '../api/load.ts';
import { ErrorPage } from '../layout/error-page.tsx';
import { OrderFromMail } from '../order/order-from-mail.tsx';
import { removeLinkToken } from '../order/order-link.ts';
import type { Hint } from '../order/order-state.ts';
import { OrderStatus } from '../order/order-status.tsx';
import { pageTitle } from '../shop-config.ts';
import type { Route } from './+types/order.ts';

export async function loader({ params, context }: Route.LoaderArgs): Promise<{ order: Order }> {
  return load(context, `/api/orders/${encodeURIComponent(params.id)}`);
}

export function headers() {
  return { 'Cache-Control': 'private, no-store', 'Referrer-Policy': 'no-referrer' };
}

export function meta({ loaderData, matches }: Route.MetaArgs) {
  const order = loaderData?.order as Order | undefined;
  return [
    { title: pageTitle(matches, order ? `Order ${order.number}` : 'Order') },
    { name: 'robots', content: 'noindex' },
  ];
}

export default function OrderPage({ loaderData }: Route.ComponentProps) {
  const hint = usePassingHint();
  const { order } = loaderData;
  useEffect(removeLinkToken, []);
  return <OrderStatus key={order.id} order={order} hint={hint} />;
}

export function ErrorBoundary({ error }: Route.ErrorBoundaryProps) {
  const page = <ErrorPage error={error} />;
  return isRouteErrorResponse(error) && error.status === 404 ? <OrderFromMail refusal={page} /> : page;
}

/** Milliseconds for which we believe that a payment without an answer is under way. */
const believed = 90_000;

/**
 * The checkout comes here with `?confirming` when it got no answer. If nothing is heard for long, the payment never
 * reached Stripe; paying again is safe then, because the order's payment is the same one.
 */
function usePassingHint(): Hint {
  const [params] = useSearchParams();
  const [believing, setBelieving] = useState(true);
  useEffect(() => {
    const timer = setTimeout(() => setBelieving(false), believed);
    return () => clearTimeout(timer);
  }, []);
  return believing && params.has('confirming') ? 'confirming' : null;
}
