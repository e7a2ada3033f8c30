import type { Order } from '@paydesk/contract/orders';
import { loadOptional } from '../api/load.ts';
import { OrderStatus } from '../order/order-status.tsx';
import { ButtonLink } from '../parts/button.tsx';
import { pageTitle } from '../shop-config.ts';
import type { Route } from './+types/payment-cancel.ts';

/** Where Stripe's page returns to without paying. The order stays payable and the cart full. */
export async function loader({ request, context }: Route.LoaderArgs): Promise<{ order: Order | null }> {
  const id = new URL(request.url).searchParams.get('order');
  if (!id) return { order: null };
  const found = await loadOptional<{ order: Order }>(context, `/api/orders/${encodeURIComponent(id)}`);
  return { order: found?.order ?? null };
}

export function headers() {
  return { 'Cache-Control': 'private, no-store' };
}

export function meta({ matches }: Route.MetaArgs) {
  return [{ title: pageTitle(matches, 'Payment not finished') }, { name: 'robots', content: 'noindex' }];
}

const remark =
  'You came back from Stripe’s page without paying. Your cart is as you left it: pay this order now, choose another way to pay, or go on shopping.';

export default function PaymentCancel({ loaderData }: Route.ComponentProps) {
  const { order } = loaderData;
  if (order) return <OrderStatus key={order.id} order={order} remark={remark} />;
  return (
    <div className="mx-auto max-w-xl py-10">
      <h1 className="font-semibold text-3xl">You have not paid</h1>
      <p className="mt-4 text-muted">Nothing was charged and your cart is as you left it.</p>
      <div className="mt-8 flex flex-wrap gap-3">
        <ButtonLink to="/checkout">Retry</ButtonLink>
        <ButtonLink to="/" variant="secondary">
          Continue shopping
        </ButtonLink>
      </div>
    </div>
  );
}
