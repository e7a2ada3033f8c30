import type { Order } from '@paydesk/contract/orders';
import { Totals } from '../../cart/totals.tsx';
import { Thumbnail } from '../../parts/product-picture.tsx';
import { Amount } from '../parts/amount.tsx';
import { Card } from '../parts/card.tsx';
import { useDesk } from './desk-context.ts';

/** What was ordered, what became of each unit, and how the total came about. */
export function ItemsCard() {
  const { order } = useDesk().desk;
  return (
    <Card title={`Items (${order.itemCount})`}>
      <ul className="divide-y divide-border">
        {order.lines.map((line) => (
          <li key={line.productId} className="flex items-start gap-3 py-3 first:pt-0">
            <Thumbnail image={line.image} size="small" />
            <div className="min-w-0 flex-1">
              <p className="font-medium">{line.name}</p>
              <p className="text-muted">{line.attribute}</p>
              <UnitsLeft line={line} />
            </div>
            <p className="shrink-0 text-right">
              <Amount money={line.subtotal} />
              <span className="block text-muted">
                {line.quantity} × <Amount money={line.unitPrice} />
              </span>
            </p>
          </li>
        ))}
      </ul>
      <div className="border-border border-t pt-3">
        <Totals of={order} />
      </div>
    </Card>
  );
}

/** Only where something came back or was refunded. */
function UnitsLeft({ line }: { line: Order['lines'][number] }) {
  const { refundable, returned } = useDesk().desk;
  const refunded = refundable.before
    .filter(({ productId }) => productId === line.productId)
    .reduce((sum, { quantity }) => sum + quantity, 0);
  const back = returned.find(({ productId }) => productId === line.productId)?.quantity ?? 0;
  const said = [refunded > 0 && `${refunded} refunded`, back > 0 && `${back} back in stock`].filter(Boolean);
  if (said.length === 0) return null;
  return <p className="text-info">{said.join(', ')}</p>;
}
