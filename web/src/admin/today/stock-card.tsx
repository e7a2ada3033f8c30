import type { StockLeft, Today } from '@paydesk/contract/admin/today';
import { Card } from '../parts/card.tsx';
import { type Column, DataTable } from '../parts/data-table.tsx';
import { Pill } from '../parts/pill.tsx';
import { PartMissing } from './part-missing.tsx';

const columns: Column<StockLeft>[] = [
  { label: 'Product', cell: ({ name }) => name },
  { label: 'Left', align: 'right', cell: ({ available }) => available },
  { label: 'Sold a week', align: 'right', minor: true, cell: ({ soldPerWeek }) => soldPerWeek },
  { label: 'Lasts', align: 'right', cell: (row) => <Lasts row={row} /> },
];

/** What will be sold out soon. */
export function StockCard({ stock, className }: { stock: Today['stock']; className?: string }) {
  const title = 'What runs out';
  if (!stock) return <PartMissing title={title} className={className ?? ''} />;
  return (
    <Card title={title} className={className ?? ''}>
      <p className="mb-3 text-muted">At the pace of the last fourteen days, within the next fourteen.</p>
      {stock.runsOut.length === 0 ? (
        <p>Nothing runs out.</p>
      ) : (
        <DataTable
          label={title}
          columns={columns}
          rows={stock.runsOut}
          keyOf={({ productId }) => productId}
          hrefOf={({ productId }) => `/admin/products/${productId}`}
        />
      )}
    </Card>
  );
}

function Lasts({ row: { available, daysLeft } }: { row: StockLeft }) {
  if (available <= 0) return <Pill tone="danger">sold out</Pill>;
  if (daysLeft === null) return '–';
  const days = daysLeft < 1 ? 'less than a day' : `${Math.floor(daysLeft)} ${daysLeft < 2 ? 'day' : 'days'}`;
  return <Pill tone={daysLeft < 3 ? 'danger' : 'warning'}>{days}</Pill>;
}
