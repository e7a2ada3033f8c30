import type { Order } from '@paydesk/contract/orders';
import { loadOptional } from '../api/load.ts';
import { OrderStatus } from '../order/order-status.tsx';
import { PaymentResult } from '../order/payment-result.tsx';
import { pageTitle } from '../shop-config.ts';
import type { Route } from './+types/payment-success.ts';

/** Where Stripe's page returns to after paying. It proves nothing: the order is asked. */
export async function loader({ request, context }: Route.LoaderArgs): Promise<{ order: Order | null }> {
  const id = new URL(request.url).searchParams.get('order');
  if (!id) return { order: null };
  const found = await loadOptional<{ order: Order }>(context, `/api/orders/${encodeURIComponent(id)}`);
  return { order: found?.order ?? null };
}

export function headers() {
  return { 'Cache-Control': 'private, no-store', 'Referrer-Policy': 'no-referrer' };
}

export function meta({ matches }: Route.MetaArgs) {
  return [{ title: pageTitle(matches, 'Your order') }, { name: 'robots', content: 'noindex' }];
}

export default function PaymentSuccess({ loaderData }: Route.ComponentProps) {
  const { order } = loaderData;
  if (!order) return <PaymentResult payment={null} isLooking={false} />;
  return <OrderStatus key={order.id} order={order} hint="confirming" />;
}
