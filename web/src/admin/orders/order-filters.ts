import { type OrderView, orderViews } from '@paydesk/contract/admin/orders';
import type { ShopConfig } from '@paydesk/contract/config';
import { formatMoney, type Money } from '@paydesk/contract/money';
import { type OrderStatus, orderStatuses } from '@paydesk/contract/orders';
import { parseAmount } from '../../checkout/parse-amount.ts';
import { orderStatusWord } from '../parts/order-pill.tsx';

type Chip = { label: string; name: string; value?: string };

/** What the list is narrowed by, as its address says it. */
export type OrderFiltering = {
  view: OrderView;
  /** For the API, without where in the list we are. */
  query: URLSearchParams;
  chips: Chip[];
  /** What somebody has typed that cannot be filtered by, as sentences. */
  problems: string[];
};

const isStatus = (text: string): text is OrderStatus => orderStatuses.includes(text as OrderStatus);
const isView = (text: string | null): text is OrderView => orderViews.includes(text as OrderView);

/** Reads the address of the page. Whatever is wrong in it is left out and said, never an error page. */
export function readFiltering(params: URLSearchParams, currency: ShopConfig['currency']): OrderFiltering {
  const view = params.get('view');
  const filtering: OrderFiltering = {
    view: isView(view) ? view : 'all',
    query: new URLSearchParams(isView(view) ? { view } : {}),
    chips: [],
    problems: [],
  };
  for (const name of ['q', 'email'] as const) readText(filtering, params, name);
  readStatuses(filtering, params);
  for (const name of ['from', 'to'] as const) readDay(filtering, params, name);
  for (const name of ['min', 'max'] as const) readAmount(filtering, params, name, currency);
  return filtering;
}

function readText({ query, chips }: OrderFiltering, params: URLSearchParams, name: 'q' | 'email'): void {
  const text = (params.get(name) ?? '')
    .replaceAll(/\p{Cc}/gu, '')
    .trim()
    .slice(0, 254);
  if (text === '') return;
  query.set(name, text);
  chips.push({ label: name === 'q' ? `“${text}”` : text, name });
}

function readStatuses({ query, chips }: OrderFiltering, params: URLSearchParams): void {
  const named = [...new Set(params.getAll('status').flatMap((text) => text.split(',')))].filter(isStatus);
  if (named.length === 0) return;
  query.set('status', named.join(','));
  chips.push({ label: named.map(orderStatusWord).join(' or '), name: 'status' });
}

function readDay(
  { query, chips, problems }: OrderFiltering,
  params: URLSearchParams,
  name: 'from' | 'to',
): void {
  const text = params.get(name) ?? '';
  if (text === '') return;
  const at = Date.parse(`${text}T00:00:00Z`);
  if (
    !/^\d{4}-\d\d-\d\d$/.test(text) ||
    Number.isNaN(at) ||
    new Date(at).toISOString().slice(0, 10) !== text
  ) {
    problems.push(`“${text}” is no day.`);
    return;
  }
  query.set(name, text);
  const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' }).format(at);
  chips.push({ label: `${name === 'from' ? 'From' : 'Until'} ${day}`, name });
}

function readAmount(
  { query, chips, problems }: OrderFiltering,
  params: URLSearchParams,
  name: 'min' | 'max',
  currency: ShopConfig['currency'],
): void {
  const text = (params.get(name) ?? '').trim();
  if (text === '') return;
  const amount = parseAmount(text, currency);
  if (amount === null) {
    problems.push(`“${text}” is no amount.`);
    return;
  }
  query.set(name, String(amount));
  const money = formatMoney({ amount, currency } as Money);
  chips.push({ label: `${name === 'min' ? 'At least' : 'At most'} ${money}`, name });
}
