import { orderStatuses } from '@paydesk/contract/orders';
import type { Samples } from './samples.ts';

/** One thing that operators do, with the addresses that are called for it, in turn. */
export type Case = { group: string; name: string; paths: string[] };

const list = (query: Record<string, string> = {}) => `/orders?${new URLSearchParams(query)}`;
const some = (group: string, name: string, paths: string[]): Case => ({ group, name, paths });

/** Everything that has to be quick however many orders there are. */
export function casesOf(samples: Samples): Case[] {
  return [...lists(samples), ...filters(samples), ...searches(samples), ...orderPages(samples)].filter(
    ({ paths }) => paths.length > 0,
  );
}

/** The same list from each of these places on. */
function from(
  { places }: Samples,
  query: Record<string, string>,
  name: 'after' | 'before' = 'after',
): string[] {
  return places.map((place) => list({ ...query, [name]: place }));
}

function lists(samples: Samples): Case[] {
  const first = (query: Record<string, string>) => [list(query), ...from(samples, query)];
  const news = samples.places.map((than) => `/orders/new?${new URLSearchParams({ than })}`);
  return [
    some('list', 'first page', [list()]),
    some('list', 'pages from all of its time', from(samples, {})),
    some('list', 'the same, newer', from(samples, {}, 'before')),
    some('list', 'how many are new', news),
    ...orderStatuses.map((status) => some('status', status, first({ status }))),
    some('status', 'three at once', first({ status: 'expired,canceled,refunded' })),
    ...['needs-action', 'unpaid', 'disputed'].map((view) => some('view', view, first({ view }))),
  ];
}

function filters(samples: Samples): Case[] {
  const { days, emails } = samples;
  const narrow = (to: string) => list({ status: 'refunded', to, min: '20000' });
  return [
    some(
      'filter',
      'a day',
      days.map((day) => list({ from: day, to: day })),
    ),
    some(
      'filter',
      'e-mail',
      emails.map((email) => list({ email })),
    ),
    some(
      'filter',
      'e-mail and status',
      emails.map((email) => list({ email, status: 'paid' })),
    ),
    some('filter', 'usual amounts', from(samples, { min: '5000', max: '10000' })),
    some('filter', 'amounts that nobody paid', from(samples, { min: '90000000' })),
    some('filter', 'a status, days and amounts', days.map(narrow)),
    some('filter', 'a view and amounts', from(samples, { view: 'needs-action', min: '20000' })),
  ];
}

function searches(samples: Samples): Case[] {
  const unknown = samples.intents.map((id) => `${id}x`);
  const {
    numbers,
    emails,
    orderIds,
    payments,
    intents,
    charges,
    sessions,
    refunds,
    disputes,
    events,
    movements,
  } = samples;
  const named = {
    'order number': numbers,
    'e-mail': emails,
    'order id': orderIds,
    'payment id': payments,
    pi_: intents,
    ch_: charges,
    cs_: sessions,
    re_: refunds,
    du_: disputes,
    evt_: events,
    txn_: movements,
    'an id that is not there': unknown,
  };
  return Object.entries(named).map(([name, names]) =>
    some(
      'search',
      name,
      names.map((q) => list({ q })),
    ),
  );
}

function orderPages({ orderIds, refundedOrders, disputedOrders }: Samples): Case[] {
  const named = { paid: orderIds, refunded: refundedOrders, disputed: disputedOrders };
  return Object.entries(named).map(([name, ids]) =>
    some(
      'order page',
      name,
      ids.map((id) => `/orders/${id}`),
    ),
  );
}
