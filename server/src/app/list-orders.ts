import {
  type NewOrders,
  type NewOrdersQuery,
  type OrderList,
  type OrderListRow,
  type OrdersQuery,
  orderPageSize,
} from '@paydesk/contract/admin/orders';
import type { Contact } from '@paydesk/contract/orders';
import { findListed, type ListedOrder } from '../db/order-rows.ts';
import {
  areFewOfAmount,
  type Direction,
  isExact,
  type OrderConditions,
  type Passed,
  type Place,
  passOrders,
} from '../db/order-walk.ts';
import { iso } from './iso.ts';
import type { App } from './ports.ts';
import { readSearch } from './read-search.ts';

/**
 * How many orders a request looks at whose conditions no index meets: as many as take some tens of milliseconds. Who wants
 * more goes on from there.
 */
const mostPassed = 20_000;
/**
 * Fewer orders than this that are of a wanted amount are put in order, in a few milliseconds. Where there are more, going through all
 * orders finds a page of them soon.
 */
const few = 2_000;
const usual = { most: mostPassed, few };
/** The first look is short, because mostly it is enough. */
const looks = [250, 1_000, 4_000] as const;

/** `end`: where looking stopped; null where there are no more. */
type Found = { places: Place[]; end: Place | null };

/**
 * Orders that meet what is asked for, newest first, fifty at a time. Takes as long among a million as among a hundred.
 *
 * @param limits how many orders are looked at before the search stops for now, and up to how many are put in order
 * @throws AppError invalid_request
 */
export async function listOrders(app: App, query: OrdersQuery, limits = usual): Promise<OrderList> {
  const { after, before, ...filters } = query;
  const { conditions, understood } = await readSearch(app, filters);
  const upwards = readPlace(before);
  if (upwards !== null) {
    const found = await findPlaces(app, conditions, { start: upwards, direction: 'newer', ...limits });
    // Fewer than a page, and none beyond: that is the first page, and it is shown whole.
    if (found.end !== null || found.places.length > orderPageSize)
      return await present(app, newerPage(found), understood);
  }
  const start = upwards === null ? readPlace(after) : null;
  const found = await findPlaces(app, conditions, { start, direction: 'older', ...limits });
  return await present(app, olderPage(found, start), understood);
}

/** How many orders have come since a list was read, of those that it lists. */
export async function countNewOrders(app: App, { than, ...filters }: NewOrdersQuery): Promise<NewOrders> {
  const { conditions } = await readSearch(app, filters);
  const direction = than === undefined ? 'older' : 'newer';
  const search = { start: readPlace(than), direction, ...usual } as const;
  const { places, end } = await findPlaces(app, conditions, search);
  return {
    count: Math.min(places.length, orderPageSize),
    more: places.length > orderPageSize || end !== null,
  };
}

/** One more than a page where there are so many, so that it is known whether there is another. */
async function findPlaces(
  app: App,
  conditions: OrderConditions,
  { start, most, ...how }: { start: Place | null; direction: Direction; most: number; few: number },
): Promise<Found> {
  const wanted = orderPageSize + 1;
  const places: Place[] = [];
  let passed = 0;
  for await (const page of walkOrders(app, conditions, start, { ...how, first: wanted })) {
    passed += page.passed;
    places.push(...page.places);
    if (places.length >= wanted) return { places: places.slice(0, wanted), end: null };
    if (passed >= most && page.end !== null) return { places, end: page.end };
  }
  return { places, end: null };
}

/**
 * All orders that meet the conditions, some at a time, for as long as the caller asks for more. Others get their turn in
 * between.
 *
 * @property first how many are wanted first, where none is passed in vain
 */
export async function* walkOrders(
  app: App,
  conditions: OrderConditions,
  start: Place | null,
  { direction, first, few: mostSorted = few }: { direction: Direction; first: number; few?: number },
): AsyncGenerator<Passed> {
  const fewOfAmount = await areFewOfAmount(app.database.read, conditions, mostSorted);
  const asked = { ...conditions, fewOfAmount };
  const exact = isExact(asked);
  let from = start;
  for (let turn = 0; ; turn += 1) {
    const limit = exact ? first : looks[Math.min(turn, looks.length - 1)]!;
    const passed = await passOrders(app.database.read, asked, { start: from, direction, limit });
    yield passed;
    if (passed.end === null) return;
    from = passed.end;
    await new Promise(setImmediate);
  }
}

type Page = { ids: string[]; newer: Place | null; older: Place | null; searchedTo: number | null };

function olderPage({ places, end }: Found, start: Place | null): Page {
  const rows = places.slice(0, orderPageSize);
  return {
    ids: rows.map(({ id }) => id),
    newer: start === null ? null : (rows[0] ?? start),
    older: end ?? (places.length > orderPageSize ? rows.at(-1)! : null),
    searchedTo: end?.placedAt ?? null,
  };
}

function newerPage({ places, end }: Found): Page {
  const rows = places.slice(0, orderPageSize).reverse();
  return {
    ids: rows.map(({ id }) => id),
    newer: end ?? rows[0]!,
    older: rows.at(-1) ?? end,
    searchedTo: end?.placedAt ?? null,
  };
}

async function present(app: App, page: Page, understood: OrderList['understood']): Promise<OrderList> {
  const rows = await findListed(app.database.read, page.ids);
  const [top] = rows;
  return {
    orders: rows.map(presentRow),
    newer: page.newer && writePlace(page.newer),
    older: page.older && writePlace(page.older),
    top: top ? writePlace({ placedAt: top.placed_at, id: top.id }) : null,
    searchedTo: iso(page.searchedTo),
    understood,
  };
}

function presentRow(row: ListedOrder): OrderListRow {
  const money = (amount: number) => ({ amount, currency: row.currency });
  const { payment } = row;
  return {
    id: row.id,
    number: row.number,
    placedAt: iso(row.placed_at),
    customer: customerOf(row),
    email: row.email,
    status: row.status,
    fulfilment: row.fulfilment,
    itemCount: row.item_count,
    total: money(row.total),
    received: money(row.received),
    refunded: money(row.refunded),
    payment: payment && { provider: payment.provider, flow: payment.flow, status: payment.status },
    hasDispute: row.hasDispute,
    hasBreak: row.hasBreak,
  };
}

/** First and last name, as they were given. */
export function customerOf(row: Pick<ListedOrder, 'contact_json'>): string {
  const { firstName = '', lastName = '' } = JSON.parse(row.contact_json) as Partial<Contact>;
  return `${firstName} ${lastName}`.trim();
}

function writePlace({ placedAt, id }: Place): string {
  return `${placedAt}.${id}`;
}

function readPlace(text: string | undefined): Place | null {
  const parts = /^(\d{1,15})\.(\w{1,64})$/.exec(text ?? '');
  return parts ? { placedAt: Number(parts[1]), id: parts[2]! } : null;
}
