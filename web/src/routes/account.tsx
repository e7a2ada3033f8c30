import type { Account, AccountOrders, AccountSession, AccountSessions } from '@paydesk/contract/account';
import { redirect } from 'react-router';
import { Details } from '../account/details.tsx';
import { OrderList } from '../account/order-list.tsx';
import { load, loadIfSignedIn } from '../api/load.ts';
import { pageTitle } from '../shop-config.ts';
import type { Route } from './+types/account.ts';

type AccountData = { account: Account; orders: AccountOrders; sessions: AccountSession[] };

export async function loader({ context }: Route.LoaderArgs): Promise<AccountData> {
  const account = await loadIfSignedIn<Account>(context, '/api/account');
  if (!account) throw redirect('/sign-in?next=/account');
  const [orders, { sessions }] = await Promise.all([
    load<AccountOrders>(context, '/api/account/orders'),
    load<AccountSessions>(context, '/api/account/sessions'),
  ]);
  return { account, orders, sessions };
}

export function headers() {
  return { 'Cache-Control': 'private, no-store' };
}

export function meta({ matches }: Route.MetaArgs) {
  return [{ title: pageTitle(matches, 'Your account') }, { name: 'robots', content: 'noindex' }];
}

export default function AccountPage({ loaderData: { account, orders, sessions } }: Route.ComponentProps) {
  return (
    <div className="py-6">
      <h1 className="font-semibold text-3xl">Hello, {account.name}</h1>
      <p className="mt-2 text-muted">{account.email}</p>
      <h2 className="mt-8 mb-4 font-semibold text-xl">Orders</h2>
      <OrderList key={account.id} first={orders} />
      <h2 className="mt-10 mb-4 font-semibold text-xl">Your details</h2>
      <Details account={account} sessions={sessions} />
    </div>
  );
}
