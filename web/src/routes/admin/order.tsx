import type { AdminOrder } from '@paydesk/contract/admin';
import type { Approval, Approvals } from '@paydesk/contract/admin/approvals';
import { OrderDesk } from '../../admin/order/order-desk.tsx';
import { load } from '../../api/load.ts';
import { pageTitle } from '../../shop-config.ts';
import type { Route } from './+types/order.ts';

export async function loader({ params, context }: Route.LoaderArgs): Promise<OrderData> {
  const id = encodeURIComponent(params.id);
  const [desk, { approvals }] = await Promise.all([
    load<AdminOrder>(context, `/api/admin/orders/${id}`),
    load<Approvals>(context, `/api/admin/approvals?order=${id}`),
  ]);
  return { desk, approvals };
}

export function meta({ loaderData, matches }: Route.MetaArgs) {
  const data = loaderData as OrderData | undefined;
  return [{ title: pageTitle(matches, data ? `Order ${data.desk.order.number}` : 'Order') }];
}

export default function OrderPage({ loaderData: { desk, approvals } }: Route.ComponentProps) {
  return <OrderDesk key={desk.order.id} desk={desk} approvals={approvals} />;
}

type OrderData = { desk: AdminOrder; approvals: Approval[] };
