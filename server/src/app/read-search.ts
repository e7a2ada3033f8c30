import type { OrderFilters, OrderList } from '@paydesk/contract/admin/orders';
import { findNamed } from '../db/order-rows.ts';
import type { OrderConditions } from '../db/order-walk.ts';
import { findOrderByNumber } from '../db/orders.ts';
import { startOfDay } from '../domain/zone.ts';
import { readOrderNumber } from './name-order.ts';
import type { App } from './ports.ts';
import { normalizeEmail } from './quote.ts';
import { readDay } from './read-day.ts';

type Understood = OrderList['understood'];
export type Search = { conditions: OrderConditions; understood: Understood };

/** Ids of ours and of providers: ord_…, pi_…, cs_test_…. What a client secret has behind the id is left out. */
const anId = /^([a-z]{2,10}_[0-9A-Za-z_]{4,200}?)(_secret_\w*)?$/;
const unpaid = ['pending', 'processing', 'failed', 'partially_paid'] as const;

/**
 * What a list of orders was asked for, as what has to be true of an order; what was typed is looked up first.
 *
 * @throws AppError invalid_request for a day that the calendar does not have
 */
export async function readSearch(app: App, filters: OrderFilters): Promise<Search> {
  const { view = 'all', status, from, to, min = null, max = null, email } = filters;
  const named = status === undefined ? null : (status.split(',') as OrderConditions['statuses']);
  const { timezone } = app.shop;
  const conditions: OrderConditions = {
    ids: null,
    email: email === undefined ? null : normalizeEmail(email),
    view: view === 'needs-action' || view === 'disputed' ? view : null,
    statuses: view === 'unpaid' ? unpaid.filter((each) => named?.includes(each) ?? true) : named,
    from: from === undefined ? null : startOfDay(timezone, readDay(from)),
    until: to === undefined ? null : startOfDay(timezone, readDay(to) + 1),
    min,
    max,
  };
  const text = filters.q?.trim() ?? '';
  return text === '' ? { conditions, understood: null } : await lookUp(app, text, conditions);
}

async function lookUp(app: App, text: string, conditions: OrderConditions): Promise<Search> {
  const { read } = app.database;
  const only = (ids: readonly string[], understood: Understood): Search => ({
    conditions: { ...conditions, ids },
    understood,
  });
  if (text.includes('@')) {
    const email = normalizeEmail(text);
    const understood: Understood = { as: 'email', text: email };
    if (conditions.email !== null && conditions.email !== email) return only([], understood);
    return { conditions: { ...conditions, email }, understood };
  }
  const number = readOrderNumber(text);
  if (number !== null) {
    const order = await findOrderByNumber(read, number);
    return only(order ? [order.id] : [], { as: 'order_number', text: number });
  }
  const id = anId.exec(text)?.[1];
  if (id === undefined) return only([], null);
  const found = await findNamed(read, id);
  return only(found?.orderIds ?? [], { as: found?.kind ?? 'id', text: id });
}
