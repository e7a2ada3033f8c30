/** Changing an object of the catalogue as Stripe does: saved, and told with the values as they were before. */
import type { Collection } from '../store/collection.ts';
import { emit } from '../webhooks/events.ts';
import { invalidRequest, missingResource } from '../wire/errors.ts';
import { save, type Turn } from '../world.ts';

interface ApiObject {
  id: string;
  object: string;
}

/**
 * Nothing is told when nothing changed.
 * @param event the event's type, or null where Stripe has none
 */
export function change<T extends ApiObject>(
  turn: Turn,
  collection: Collection<T>,
  record: T,
  changes: Partial<T>,
  event: string | null,
): T {
  const previous = previousValues(record, changes);
  Object.assign(record, changes);
  if ('updated' in record && Object.keys(previous).length > 0) {
    Object.assign(previous, { updated: record.updated });
    record.updated = turn.now;
  }
  save(turn, collection, record, 'updated');
  if (event !== null && Object.keys(previous).length > 0) emit(turn, event, record, previous);
  return record;
}

/** The record of an id in the path. @throws ApiError 404 */
export function found<T extends ApiObject>(collection: Collection<T>, noun: string, id: string): T {
  const record = collection.get(id);
  if (record === undefined) throw missingResource(noun, id);
  return record;
}

/** An id that the caller chose. @throws ApiError 400 when it is taken or could not stand in a path */
export function checkOwnId<T extends ApiObject>(
  collection: Collection<T>,
  noun: string,
  id: string | undefined,
): void {
  if (id === undefined) return;
  if (!/^[\w.-]{1,200}$/.test(id)) throw invalidRequest(`Invalid id: ${id.slice(0, 40)}`, undefined, 'id');
  if (collection.get(id) === undefined) return;
  throw invalidRequest(`${noun} already exists.`, 'resource_already_exists', 'id');
}

function previousValues<T extends object>(record: T, changes: Partial<T>): Record<string, unknown> {
  const changed = (Object.keys(changes) as (keyof T & string)[]).filter(
    (key) => JSON.stringify(record[key]) !== JSON.stringify(changes[key]),
  );
  return Object.fromEntries(changed.map((key) => [key, record[key] ?? null]));
}
