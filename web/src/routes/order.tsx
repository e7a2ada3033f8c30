import type { Order } from '@paydesk/contract/orders';
import { useSearchParams } from 'react-router';
import { load } from '../api/load.ts';
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
  const [params] = useSearchParams();
  const { order } = loaderData;
  return <OrderStatus key={order.id} order={order} hint={params.has('confirming') ? 'confirming' : null} />;
}
