import type { OrderFilters } from '@paydesk/contract/admin/orders';
import { csvRow, csvStart, decimalAmount } from '../csv/csv-row.ts';
import { findListed, type ListedOrder } from '../db/order-rows.ts';
import type { OrderConditions } from '../db/order-walk.ts';
import { iso } from './iso.ts';
import { customerOf, walkOrders } from './list-orders.ts';
import type { App } from './ports.ts';
import { readSearch } from './read-search.ts';

/** Orders that are read, and so kept in memory, at once. */
const atOnce = 100;

type Cell = string | number | null;

const columns: readonly (readonly [string, (row: ListedOrder) => Cell])[] = [
  ['order', ({ number }) => number],
  ['placed at', ({ placed_at }) => iso(placed_at)],
  ['status', ({ status }) => status],
  ['fulfilment', ({ fulfilment }) => fulfilment],
  ['customer', customerOf],
  ['e-mail', ({ email }) => email],
  ['country', ({ country }) => country],
  ['items', ({ item_count }) => item_count],
  ['currency', ({ currency }) => currency.toUpperCase()],
  ['subtotal', (row) => decimalAmount(row.subtotal, row.currency)],
  ['discount', (row) => decimalAmount(row.discount, row.currency)],
  ['shipping', (row) => decimalAmount(row.shipping, row.currency)],
  ['tax', (row) => decimalAmount(row.tax, row.currency)],
  ['total', (row) => decimalAmount(row.total, row.currency)],
  ['received', (row) => decimalAmount(row.received, row.currency)],
  ['refunded', (row) => decimalAmount(row.refunded, row.currency)],
  ['discount code', ({ discount_code }) => discount_code],
  ['payment', ({ payment }) => payment && `${payment.provider} ${payment.flow}`],
  ['payment status', ({ payment }) => payment?.status ?? null],
  ['disputed', ({ hasDispute }) => (hasDispute ? 'yes' : 'no')],
  ['open break', ({ hasBreak }) => (hasBreak ? 'yes' : 'no')],
  ['id', ({ id }) => id],
];

/**
 * The lines of a CSV file with all orders that meet what is asked for, newest first. Read page by page as fast as they are
 * taken, so that a million orders need no more memory than a hundred.
 *
 * @throws AppError invalid_request, before the first line
 */
export async function exportOrders(app: App, filters: OrderFilters): Promise<AsyncGenerator<string>> {
  const { conditions } = await readSearch(app, filters);
  return linesOf(app, conditions);
}

async function* linesOf(app: App, conditions: OrderConditions): AsyncGenerator<string> {
  yield csvStart + csvRow(columns.map(([name]) => name));
  // So that the line leaves before the first orders are read.
  await new Promise(setImmediate);
  for await (const { places } of walkOrders(app, conditions, null, { direction: 'older', first: atOnce })) {
    for (let at = 0; at < places.length; at += atOnce) {
      const ids = places.slice(at, at + atOnce).map(({ id }) => id);
      const rows = await findListed(app.database.read, ids);
      yield rows.map((row) => csvRow(columns.map(([, cell]) => cell(row)))).join('');
    }
  }
}
