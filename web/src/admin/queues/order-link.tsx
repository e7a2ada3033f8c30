import { Link } from 'react-router';

type OrderLinkProps = { order: { orderId: string | null; orderNumber: string | null } };

/** The order that something is about, by its number; above a row that can be pressed as a whole. */
export function OrderLink({ order: { orderId, orderNumber } }: OrderLinkProps) {
  if (orderId === null || orderNumber === null) return <span className="text-muted">none</span>;
  return (
    <Link
      to={`/admin/orders/${orderNumber}`}
      className="relative z-1 inline-flex min-h-11 items-center whitespace-nowrap text-accent underline underline-offset-4 lg:min-h-7"
    >
      {orderNumber}
    </Link>
  );
}
