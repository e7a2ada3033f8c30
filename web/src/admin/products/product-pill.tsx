import { lowStock } from '@paydesk/contract/admin/product-limits';
import type { AdminProduct } from '@paydesk/contract/admin/products';
import { Pill } from '../parts/pill.tsx';

type Sold = Pick<AdminProduct, 'active' | 'archivedAt' | 'stock'>;

/** Whether customers can buy it, and if not, why. */
export function ProductPill({ product: { active, archivedAt, stock } }: { product: Sold }) {
  if (archivedAt !== null) return <Pill tone="neutral">Archived</Pill>;
  if (!active) return <Pill tone="neutral">Hidden</Pill>;
  if (stock.available <= 0) return <Pill tone="danger">Sold out</Pill>;
  if (stock.available <= lowStock) return <Pill tone="warning">Low</Pill>;
  return <Pill tone="success">For sale</Pill>;
}
