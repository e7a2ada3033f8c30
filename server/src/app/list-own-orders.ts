import type { Account, AccountOrder, AccountOrders, SavedAddress } from '@paydesk/contract/account';
import type { OrderRow } from '../db/orders.ts';
import { listOrdersOf } from '../db/people.ts';
import { isPayable } from '../domain/order.ts';
import type { Person } from '../domain/person.ts';
import { iso } from './iso.ts';
import type { App } from './ports.ts';

const pageSize = 20;

/**
 * The orders of an account, newest first.
 *
 * @param before where the page before ended; one that is not understood begins at the newest
 */
export async function listOwnOrders(
  app: App,
  personId: string,
  before: string | undefined,
): Promise<AccountOrders> {
  const rows = await listOrdersOf(app.database.read, personId, {
    before: readCursor(before),
    limit: pageSize + 1,
  });
  const page = rows.slice(0, pageSize);
  const last = page.at(-1);
  return {
    orders: page.map(present),
    next: rows.length > pageSize && last ? `${last.placed_at}.${last.id}` : null,
  };
}

/** Where the next order of an account goes: to its standard address, the first of `addresses`, or where the newest order went. */
export async function deliveryOf(
  app: App,
  person: Pick<Person, 'id' | 'email'>,
  [standard]: readonly SavedAddress[],
): Promise<Account['delivery']> {
  if (standard) {
    const { id: _, address, isStandard: __, ...recipient } = standard;
    return { contact: { email: person.email, ...recipient }, shippingAddress: address };
  }
  const [newest] = await listOrdersOf(app.database.read, person.id, { before: null, limit: 1 });
  if (!newest) return null;
  return { contact: JSON.parse(newest.contact_json), shippingAddress: JSON.parse(newest.address_json) };
}

function readCursor(text: string | undefined): { placedAt: number; id: string } | null {
  const parts = /^(\d{1,15})\.(\w{1,64})$/.exec(text ?? '');
  return parts ? { placedAt: Number(parts[1]), id: parts[2]! } : null;
}

function present(order: OrderRow): AccountOrder {
  const money = (amount: number) => ({ amount, currency: order.currency });
  return {
    id: order.id,
    number: order.number,
    status: order.status,
    placedAt: iso(order.placed_at),
    itemCount: order.item_count,
    total: money(order.total),
    received: money(order.received),
    refunded: money(order.refunded),
    payable: order.closing === null && isPayable(order.status),
    invoiceUrl: order.paid_at === null ? null : `/api/orders/${order.id}/invoice.pdf`,
  };
}
