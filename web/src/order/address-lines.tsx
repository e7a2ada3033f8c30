import type { Order } from '@paydesk/contract/orders';
import { useShopConfig } from '../shop-config.ts';

type Delivery = {
  contact: Pick<Order['contact'], 'firstName' | 'lastName'>;
  shippingAddress: Order['shippingAddress'];
};

/** Name and address as they go on the parcel. */
export function AddressLines({ order }: { order: Delivery }) {
  const { countries } = useShopConfig();
  const { line1, line2, city, state, postalCode, country } = order.shippingAddress;
  const lines = [
    `${order.contact.firstName} ${order.contact.lastName}`,
    line1,
    line2,
    [city, state, postalCode].filter(Boolean).join(', '),
    countries.find(({ code }) => code === country)?.name ?? country,
  ].filter(Boolean);
  return (
    <address className="wrap-anywhere not-italic">
      {lines.map((line) => (
        <span key={line} className="block">
          {line}
        </span>
      ))}
    </address>
  );
}
