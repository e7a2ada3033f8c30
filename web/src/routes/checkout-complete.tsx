import type { Order } from '@paydesk/contract/orders';
import { useSearchParams } from 'react-router';
import { loadOptional } from '../api/load.ts';
import type { Hint } from '../order/order-state.ts';
import { OrderStatus } from '../order/order-status.tsx';
import { PaymentResult } from '../order/payment-result.tsx';
import { useReturnedPayment } from '../order/use-returned-payment.ts';
import { pageTitle } from '../shop-config.ts';
import type { Route } from './+types/checkout-complete.ts';

/** Where the Payment Element returns to. Stripe adds its parameters to ours; only `order` is known to the shop. */
export async function loader({ request, context }: Route.LoaderArgs): Promise<{ order: Order | null }> {
  const id = new URL(request.url).searchParams.get('order');
  if (!id) return { order: null };
  const found = await loadOptional<{ order: Order }>(context, `/api/orders/${encodeURIComponent(id)}`);
  return { order: found?.order ?? null };
}

export function headers() {
  // The address carries the payment's client secret, which no other site may learn.
  return { 'Cache-Control': 'private, no-store', 'Referrer-Policy': 'no-referrer' };
}

export function meta({ matches }: Route.MetaArgs) {
  return [{ title: pageTitle(matches, 'Your order') }, { name: 'robots', content: 'noindex' }];
}

export default function CheckoutComplete({ loaderData }: Route.ComponentProps) {
  const [params] = useSearchParams();
  const clientSecret = params.get('payment_intent_client_secret');
  const { payment, isLooking } = useReturnedPayment(clientSecret);
  const { order } = loaderData;
  if (!order) return <PaymentResult payment={payment} isLooking={isLooking} />;
  return (
    <OrderStatus key={order.id} order={order} hint={hintOf(payment?.status, params.get('redirect_status'))} />
  );
}

/** What Stripe says about the payment, and until it has answered what it wrote into the address. */
function hintOf(status: string | undefined, redirected: string | null): Hint {
  if (status === 'succeeded' || status === 'processing' || status === 'requires_capture') return 'confirming';
  if (status === 'requires_payment_method' || status === 'canceled') return 'failed';
  if (status === undefined && redirected === 'failed') return 'failed';
  return status === undefined && redirected === null ? null : 'confirming';
}
