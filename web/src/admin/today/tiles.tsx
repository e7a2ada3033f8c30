import type { Today } from '@paydesk/contract/admin/today';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { Ago } from '../parts/ago.tsx';
import { delayWords, money, percent } from './words.ts';

/** The day in numbers, each beside what it was a week ago, each leading to what it counts. */
export function Tiles({ today }: { today: Today }) {
  const { sales, holds, lag, currency, failures } = today;
  const now = sales?.today;
  const then = sales?.lastWeek;
  const ago = (value: number | undefined) => (value === undefined ? null : `${value} a week ago`);
  const mostFrequent = failures?.today[0];
  return (
    <ul className="grid grid-cols-2 gap-3 sm:grid-cols-3 xl:grid-cols-6">
      <Tile
        label="Orders placed"
        to={`/admin/orders?from=${today.date}`}
        name="placed"
        value={now?.placed}
        more={ago(then?.placed)}
      />
      <Tile
        label="Paid"
        to={`/admin/orders?status=paid,partially_refunded,refunded&from=${today.date}`}
        name="paid"
        value={now?.paid}
        more={now && `${percent(now.paid, now.placed)} of those placed`}
      />
      <Tile
        label="Failed attempts"
        to="/admin/orders?status=failed"
        name="failed"
        value={now?.failed}
        more={mostFrequent ? `${mostFrequent.count} × ${mostFrequent.code}` : ago(then?.failed)}
      />
      <Tile
        label="Refunded"
        to="/admin/orders?status=partially_refunded,refunded"
        name="refunded"
        value={now && money(now.refunded, currency)}
        more={now && `${now.refunds} ${now.refunds === 1 ? 'refund' : 'refunds'}`}
      />
      <Tile
        label="Stock on hold"
        to="/admin/orders?view=unpaid"
        name="holds"
        value={holds?.units}
        more={holds && <Holds {...holds} />}
      />
      <Tile
        label="Webhook lag"
        to="/admin/events"
        name="lag"
        value={lag ? delayWords(lag.lastDay.most) : undefined}
        more={lag && (lag.lastDay.events === 0 ? 'none in a day' : '95 % came within this')}
      />
    </ul>
  );
}

function Holds({ orders, nextEndsAt }: { orders: number; nextEndsAt: string | null }) {
  if (orders === 0) return 'no unpaid order';
  return (
    <>
      {orders} {orders === 1 ? 'order' : 'orders'}
      {nextEndsAt && (
        <>
          , next ends <Ago at={nextEndsAt} />
        </>
      )}
    </>
  );
}

type TileProps = {
  label: string;
  to: string;
  name: string;
  /** Undefined where it could not be read. */
  value: number | string | undefined;
  more?: ReactNode;
};

function Tile({ label, to, name, value, more }: TileProps) {
  return (
    <li className="relative rounded-card border border-border bg-surface p-3 focus-within:bg-hover hover:bg-hover">
      <Link to={to} className="text-muted after:absolute after:inset-0 after:rounded-card">
        {label}
      </Link>
      <p className="mt-1 font-semibold text-2xl tabular-nums" data-figure={name}>
        {value ?? <span className="font-normal text-base text-muted">not known</span>}
      </p>
      <p className="mt-0.5 min-h-4 text-muted text-xs">{more}</p>
    </li>
  );
}
