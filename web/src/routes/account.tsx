import type { Account, AccountOrders, AccountSession, AccountSessions } from '@paydesk/contract/account';
import { Link, redirect, useSearchParams } from 'react-router';
import { Addresses } from '../account/addresses.tsx';
import { Details } from '../account/details.tsx';
import { OrderList } from '../account/order-list.tsx';
import { load, loadIfSignedIn } from '../api/load.ts';
import { Notice } from '../parts/notice.tsx';
import { pageTitle } from '../shop-config.ts';
import type { Route } from './+types/account.ts';

type AccountData = {
  account: Account;
  orders: AccountOrders;
  sessions: AccountSession[];
};

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

export default function AccountPage({ loaderData }: Route.ComponentProps) {
  const { account, orders, sessions } = loaderData;
  return (
    <div className="py-6">
      <h1 className="font-semibold text-3xl">Hello, {account.name}</h1>
      <p className="mt-2 text-muted">{account.email}</p>
      <OperatorNotice account={account} />
      <h2 className="mt-8 mb-4 font-semibold text-xl">Orders</h2>
      <OrderList key={account.id} first={orders} />
      <h2 className="mt-10 mb-4 font-semibold text-xl">Addresses</h2>
      <Addresses addresses={account.addresses} />
      <h2 className="mt-10 mb-4 font-semibold text-xl">Your details</h2>
      <Details account={account} sessions={sessions} />
    </div>
  );
}

/** The way to the back office, for those who have one. */
function OperatorNotice({ account }: { account: Account }) {
  const [params] = useSearchParams();
  if (account.role === 'customer') return null;
  if (params.get('two-step') === 'required' && !account.hasTwoFactor)
    return (
      <Notice tone="warning" role="status" className="mt-4">
        Operators of this shop sign in with two steps. Switch them on below, then the back office opens.
      </Notice>
    );
  return (
    <p className="mt-2">
      <Link to="/admin" className="inline-block py-2 font-medium text-accent underline underline-offset-4">
        Open the back office
      </Link>
    </p>
  );
}
