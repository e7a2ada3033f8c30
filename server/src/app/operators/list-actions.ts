import type { Action } from '@paydesk/contract/admin/actions';
import { type ActionFilter, actionKey, type ListedAction, listActions } from '../../db/action-list.ts';
import { listOperators } from '../../db/operators.ts';
import { findNumbers } from '../../db/order-numbers.ts';
import { iso } from '../iso.ts';
import { type Page, type Paging, readPage } from '../paging.ts';
import type { App } from '../ports.ts';
import { wordsFor } from './action-words.ts';

/** A page of what operators did, newest first. */
export async function pageOfActions(app: App, filter: ActionFilter, paging: Paging): Promise<Page<Action>> {
  const { read } = app.database;
  const page = await readPage(paging, (reach) => listActions(read, filter, reach), actionKey);
  const numbers = await findNumbers(
    read,
    page.rows.map((row) => row.order_id),
  );
  return { ...page, rows: page.rows.map((row) => present(row, numbers)) };
}

/** Whose actions can be asked for by name: those who run the shop now, and scripts. */
export async function namesOfOperators(app: App): Promise<string[]> {
  const operators = await listOperators(app.database.read);
  return [...new Set([...operators.map(({ name }) => name), 'operator'])];
}

function present(row: ListedAction, numbers: ReadonlyMap<string, string>): Action {
  return {
    id: row.id,
    at: iso(row.at),
    operatorId: row.operator_id,
    operator: row.operator,
    role: row.role,
    action: row.action,
    says: wordsFor(row.action),
    object: row.object_id === '' ? null : row.object_id,
    orderId: row.order_id,
    orderNumber: numbers.get(row.order_id ?? '') ?? null,
    reason: row.reason,
    request: JSON.parse(row.request_json),
    outcome: outcomeOf(row.status),
    status: row.status,
    code: row.code,
  };
}

function outcomeOf(status: number | null): Action['outcome'] {
  if (status === null) return 'unknown';
  if (status < 400) return 'done';
  return status < 500 ? 'refused' : 'failed';
}
