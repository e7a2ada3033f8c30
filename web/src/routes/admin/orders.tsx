import type { OrderList } from '@paydesk/contract/admin/orders';
import type { ShopConfig } from '@paydesk/contract/config';
import Download from 'lucide-react/icons/download';
import { Link } from 'react-router';
import { NewOrdersBar } from '../../admin/orders/new-orders.tsx';
import { OrderFilterForm } from '../../admin/orders/order-filter-form.tsx';
import { type OrderFiltering, readFiltering } from '../../admin/orders/order-filters.ts';
import { OrderTable } from '../../admin/orders/order-table.tsx';
import { UnderstoodLine } from '../../admin/orders/understood-line.tsx';
import { ViewTabs, viewLabel } from '../../admin/orders/view-tabs.tsx';
import { AdminPage } from '../../admin/parts/admin-page.tsx';
import { Ago } from '../../admin/parts/ago.tsx';
import { Empty } from '../../admin/parts/empty.tsx';
import { NewerOlder } from '../../admin/parts/newer-older.tsx';
import { load } from '../../api/load.ts';
import { ButtonLink } from '../../parts/button.tsx';
import { Notice } from '../../parts/notice.tsx';
import { pageTitle } from '../../shop-config.ts';
import type { Route } from './+types/orders.ts';

type Data = { list: OrderList; filters: string; currency: ShopConfig['currency'] };

export async function loader({ context, request }: Route.LoaderArgs): Promise<Data> {
  const params = new URL(request.url).searchParams;
  const { currency } = await load<ShopConfig>(context, '/api/config');
  const { query } = readFiltering(params, currency);
  const whole = new URLSearchParams(query);
  for (const name of ['after', 'before']) {
    const place = params.get(name)?.slice(0, 100);
    if (place) whole.set(name, place);
  }
  const list = await load<OrderList>(context, `/api/admin/orders?${whole}`);
  return { list, filters: params.toString(), currency };
}

export function meta({ matches }: Route.MetaArgs) {
  return [{ title: pageTitle(matches, 'Orders') }];
}

export default function OrdersPage({ loaderData: { list, filters, currency } }: Route.ComponentProps) {
  const filtering = readFiltering(new URLSearchParams(filters), currency);
  const { view, query, problems } = filtering;
  const isFirst = list.newer === null;
  return (
    <AdminPage title="Orders" actions={<Export query={query} />}>
      <ViewTabs current={view} />
      <OrderFilterForm {...filtering} />
      {problems.length > 0 && (
        <Notice tone="warning" role="status" className="mb-3">
          {problems.join(' ')}
        </Notice>
      )}
      {list.understood && <UnderstoodLine understood={list.understood} />}
      {isFirst && <NewOrdersBar query={query.toString()} top={list.top} />}
      {list.orders.length > 0 ? (
        <OrderTable orders={list.orders} />
      ) : (
        <Nothing list={list} filtering={filtering} />
      )}
      {list.searchedTo !== null && (
        <p className="mt-3 text-muted">
          Few orders fit, so the search has stopped for now at those of <Ago at={list.searchedTo} />.{' '}
          {goOn(list)} goes on.
        </p>
      )}
      <NewerOlder newer={list.newer} older={list.older} />
    </AdminPage>
  );
}

function goOn({ older }: OrderList): string {
  return older === null ? 'Newer' : 'Older';
}

function Export({ query }: { query: URLSearchParams }) {
  return (
    <ButtonLink
      to={`/api/admin/orders.csv?${query}`}
      reloadDocument
      download
      variant="secondary"
      size="small"
      className="max-lg:min-h-11"
    >
      <Download aria-hidden="true" size={16} strokeWidth={1.75} />
      Export CSV
    </ButtonLink>
  );
}

function Nothing({ list, filtering }: { list: OrderList; filtering: OrderFiltering }) {
  const { view, chips, query } = filtering;
  if (list.searchedTo !== null) return <Empty title="None so far" />;
  if (query.has('q') && list.understood === null)
    return (
      <Empty title="Nothing to go by">
        Search by an order’s number, a whole e-mail address, or the id of a payment, refund, dispute or event.
      </Empty>
    );
  if (chips.length > 0)
    return (
      <Empty title="No orders fit">
        <Link
          to={view === 'all' ? '?' : `?view=${view}`}
          className="text-accent underline underline-offset-4"
        >
          Clear filters
        </Link>
      </Empty>
    );
  if (view !== 'all')
    return (
      <Empty title={`${viewLabel(view)}: none`}>
        Orders appear here when they belong here, and leave by themselves.
      </Empty>
    );
  return <Empty title="No orders yet">They appear here as soon as somebody places one.</Empty>;
}
