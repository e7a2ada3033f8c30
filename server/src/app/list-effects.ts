import type { Effect } from '@paydesk/contract/admin/effects';
import type { Key } from '../db/keyset.ts';
import { findNumbers } from '../db/order-numbers.ts';
import { type EffectKind, effectKinds, type OutboxRow } from '../db/outbox.ts';
import { type EffectState, effectKey, findEffectsOfOrder, listEffects } from '../db/outbox-list.ts';
import { type Page, type Paging, readPage } from './paging.ts';
import type { App } from './ports.ts';
import { presentEffect } from './present-effect.ts';

export type WantedEffects = {
  state?: EffectState | undefined;
  kind?: string | undefined;
  orderId?: string | undefined;
};

/** A page of the outbox: what waits where nothing is named. Of one order, all there is. */
export async function pageOfEffects(app: App, wanted: WantedEffects, paging: Paging): Promise<Page<Effect>> {
  const { read } = app.database;
  const page = await readEffects(app, wanted, paging);
  const numbers = await findNumbers(
    read,
    page.rows.map((row) => row.order_id),
  );
  return { ...page, rows: page.rows.map((row) => presentEffect(row, numbers)) };
}

export async function presentOne(app: App, row: OutboxRow): Promise<Effect> {
  return presentEffect(row, await findNumbers(app.database.read, [row.order_id]));
}

async function readEffects(app: App, wanted: WantedEffects, paging: Paging): Promise<Page<OutboxRow>> {
  const { read } = app.database;
  const { state, kind, orderId } = wanted;
  const nothing = { rows: [], older: null, newer: null, lookedThrough: null };
  if (kind !== undefined && !isKind(kind)) return nothing;
  if (orderId !== undefined) {
    const all = await findEffectsOfOrder(read, orderId);
    const rows = all.filter((row) => (kind === undefined || row.kind === kind) && isIn(row, state));
    return { ...nothing, rows };
  }
  const filter = { state: state ?? 'waiting', kind };
  const keyOf: (row: OutboxRow) => Key = effectKey(filter.state);
  return await readPage(paging, (reach) => listEffects(read, filter, reach), keyOf);
}

function isKind(kind: string): kind is EffectKind {
  return (effectKinds as readonly string[]).includes(kind);
}

function isIn(row: OutboxRow, state: EffectState | undefined): boolean {
  if (state === undefined) return true;
  if (row.dead_at !== null) return state === 'gave-up';
  if (row.done_at !== null) return state === 'done';
  return state === (row.last_error === null ? 'waiting' : 'failing');
}
