/** Stripe's lists: newest first, cursors by id, at most 100 at once (docs.stripe.com/api/pagination). */
import type { Collection } from '../store/collection.ts';
import type { TimeRange } from './common-parameters.ts';
import { missingResource } from './errors.ts';

const DEFAULT_LIMIT = 10;

interface Page {
  limit?: number;
  starting_after?: string;
  ending_before?: string;
}

export interface List<T> {
  object: 'list';
  data: T[];
  has_more: boolean;
  url: string;
}

/** One page of those records that the filter lets through. @throws ApiError 400 for an unknown cursor */
export function listPage<T extends { id: string }>(
  collection: Collection<T>,
  url: string,
  page: Page,
  filter: (record: T) => boolean = () => true,
): List<T> {
  const limit = page.limit ?? DEFAULT_LIMIT;
  if (page.ending_before !== undefined) {
    const newer = collection.oldestFirst(cursor(collection, page.ending_before, 'ending_before'));
    const { data, has_more } = take(newer, limit, filter);
    return { object: 'list', data: data.reverse(), has_more, url };
  }
  const before =
    page.starting_after === undefined ? undefined : cursor(collection, page.starting_after, 'starting_after');
  return { object: 'list', ...take(collection.newestFirst(before), limit, filter), url };
}

/** The same for the records of one owner, found by the collection's index instead of by looking at all. */
export function listOfOwner<T extends { id: string }>(
  collection: Collection<T>,
  owner: string,
  url: string,
  page: Page,
  filter: (record: T) => boolean = () => true,
): List<T> {
  const newestFirst = collection.withIndex(owner).reverse().filter(filter);
  for (const param of ['starting_after', 'ending_before'] as const) {
    if (page[param] !== undefined) cursor(collection, page[param], param);
  }
  return listOf(newestFirst, url, page);
}

/** The same for a list that is at hand as a whole, in the order in which it is to be shown. */
export function listOf<T extends { id: string }>(records: T[], url: string, page: Page = {}): List<T> {
  const limit = page.limit ?? DEFAULT_LIMIT;
  const at = (id: string | undefined): number => records.findIndex((record) => record.id === id);
  if (page.ending_before !== undefined) {
    const end = Math.max(at(page.ending_before), 0);
    const start = Math.max(end - limit, 0);
    return { object: 'list', data: records.slice(start, end), has_more: start > 0, url };
  }
  const start = page.starting_after === undefined ? 0 : at(page.starting_after) + 1;
  const end = start + limit;
  return { object: 'list', data: records.slice(start, end), has_more: records.length > end, url };
}

export function isWithin(range: TimeRange | undefined, moment: number): boolean {
  if (range === undefined) return true;
  const { gt = -Infinity, gte = -Infinity, lt = Infinity, lte = Infinity } = range;
  return moment > gt && moment >= gte && moment < lt && moment <= lte;
}

function cursor<T extends { id: string }>(collection: Collection<T>, id: string, param: string): number {
  const sequence = collection.sequenceOf(id);
  if (sequence === undefined) throw missingResource(collection.name.replace(/s$/, ''), id, param);
  return sequence;
}

function take<T>(
  records: Iterable<T>,
  limit: number,
  filter: (record: T) => boolean,
): { data: T[]; has_more: boolean } {
  const data: T[] = [];
  for (const record of records) {
    if (!filter(record)) continue;
    if (data.length === limit) return { data, has_more: true };
    data.push(record);
  }
  return { data, has_more: false };
}
