import type { OrderListRow } from '@paydesk/contract/admin/orders';
import { Ago } from '../parts/ago.tsx';
import { Amount } from '../parts/amount.tsx';
import { type Column, DataTable } from '../parts/data-table.tsx';
import { OrderPill } from '../parts/order-pill.tsx';
import { Pill } from '../parts/pill.tsx';

const ways: Record<string, string> = {
  elements: 'card form',
  hosted: 'payment page',
  transfer: 'bank transfer',
};

const columns: readonly Column<OrderListRow>[] = [
  { label: 'Order', cell: (row) => <Name row={row} /> },
  { label: 'Created', minor: true, cell: ({ placedAt }) => <Ago at={placedAt} /> },
  { label: 'Customer', minor: true, cell: (row) => <Customer row={row} /> },
  { label: 'Payment', cell: (row) => <Payment row={row} /> },
  { label: 'Fulfilment', minor: true, cell: (row) => <Fulfilment row={row} /> },
  { label: 'Items', align: 'right', minor: true, cell: ({ itemCount }) => itemCount },
  { label: 'Total', align: 'right', cell: (row) => <Total row={row} /> },
];

export function OrderTable({ orders }: { orders: readonly OrderListRow[] }) {
  return (
    <DataTable
      label="Orders"
      columns={columns}
      rows={orders}
      keyOf={({ id }) => id}
      hrefOf={({ id }) => `/admin/orders/${id}`}
    />
  );
}

/** On a phone also who and when, which have no column there. */
function Name({ row }: { row: OrderListRow }) {
  return (
    <>
      <span className="whitespace-nowrap font-mono text-[13px]">{row.number}</span>
      <span className="block font-normal text-muted md:hidden">
        {row.customer}
        <br />
        <Ago at={row.placedAt} />
      </span>
    </>
  );
}

function Customer({ row: { customer, email } }: { row: OrderListRow }) {
  return (
    <span className="block max-w-64">
      <span className="block truncate">{customer}</span>
      <span className="block truncate text-muted text-xs">{email}</span>
    </span>
  );
}

function Payment({ row }: { row: OrderListRow }) {
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2 gap-y-1">
      <OrderPill status={row.status} />
      {row.hasDispute && <Pill tone="danger">Disputed</Pill>}
      {row.hasBreak && <Pill tone="warning">Break</Pill>}
      {row.payment && (
        <span className="whitespace-nowrap text-muted max-lg:hidden">{ways[row.payment.flow]}</span>
      )}
    </span>
  );
}

/** Only what was paid for is sent. */
function Fulfilment({ row: { fulfilment, status } }: { row: OrderListRow }) {
  if (fulfilment === 'fulfilled') return <Pill tone="success">Sent</Pill>;
  const waits = status === 'paid' || status === 'partially_refunded';
  return waits ? <Pill tone="warning">To send</Pill> : <span className="text-muted">None</span>;
}

function Total({ row: { total, refunded, received, status } }: { row: OrderListRow }) {
  return (
    <>
      <Amount money={total} />
      {refunded.amount > 0 && (
        <span className="block text-muted text-xs">
          <Amount money={{ ...refunded, amount: -refunded.amount }} /> refunded
        </span>
      )}
      {status === 'partially_paid' && (
        <span className="block text-muted text-xs">
          <Amount money={received} /> paid
        </span>
      )}
    </>
  );
}
