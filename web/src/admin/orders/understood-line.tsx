import type { OrderList } from '@paydesk/contract/admin/orders';

const nouns: Record<NonNullable<OrderList['understood']>['as'], string> = {
  order_number: 'the order with the number',
  email: 'all orders of',
  order: 'the order',
  payment: 'the payment',
  charge: 'the charge',
  session: 'the payment page',
  refund: 'the refund',
  dispute: 'the dispute',
  transaction: 'the movement of money',
  event: 'the event',
  break: 'the break',
  id: 'something that is called',
};

/** What was searched for, as it was understood. */
export function UnderstoodLine({ understood }: { understood: NonNullable<OrderList['understood']> }) {
  return (
    <p className="mb-3 text-muted">
      Looked for {nouns[understood.as]}{' '}
      <span className="break-all font-mono text-[13px] text-text">{understood.text}</span>
    </p>
  );
}
