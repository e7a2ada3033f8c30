import type { Account } from '@paydesk/contract/account';
import type { Order } from '@paydesk/contract/orders';
import { useEffect } from 'react';
import { redirect, useRevalidator } from 'react-router';
import { load, loadIfSignedIn } from '../api/load.ts';
import { CartCheckout } from '../checkout/cart-checkout.tsx';
import { OrderCheckout } from '../checkout/order-checkout.tsx';
import { pageTitle } from '../shop-config.ts';
import type { Route } from './+types/checkout.ts';

type CheckoutData = { order: Order | null; account: Account | null };

/** With `?order=` it pays that order; one that cannot be paid any more has its own page to say so. */
export async function loader({ request, context }: Route.LoaderArgs): Promise<CheckoutData> {
  const id = new URL(request.url).searchParams.get('order');
  if (!id) return { order: null, account: await loadIfSignedIn<Account>(context, '/api/account') };
  const { order } = await load<{ order: Order }>(context, `/api/orders/${encodeURIComponent(id)}`);
  if (!order.payable) throw redirect(`/orders/${order.id}`);
  return { order, account: null };
}

export function headers() {
  return { 'Cache-Control': 'private, no-store' };
}

export function meta({ matches }: Route.MetaArgs) {
  return [{ title: pageTitle(matches, 'Checkout') }, { name: 'robots', content: 'noindex' }];
}

export default function Checkout({ loaderData }: Route.ComponentProps) {
  useFreshAfterBack();
  const { order, account } = loaderData;
  return order ? <OrderCheckout key={order.id} order={order} /> : <CartCheckout account={account} />;
}

/** A page out of the browser's memory may be hours old: ask again what still stands. */
function useFreshAfterBack() {
  const { revalidate } = useRevalidator();
  useEffect(() => {
    function returned(event: PageTransitionEvent) {
      if (event.persisted) revalidate();
    }
    window.addEventListener('pageshow', returned);
    return () => window.removeEventListener('pageshow', returned);
  }, [revalidate]);
}
