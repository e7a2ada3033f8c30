/** Search results (docs.stripe.com/search): those records that a query lets through, newest first, page by page. */
import type { Collection } from '../store/collection.ts';
import { expand } from './common-parameters.ts';
import { invalidRequest } from './errors.ts';
import { integer, required, text } from './schema.ts';
import { type Clause, parseQuery } from './search-query.ts';

const DEFAULT_LIMIT = 10;
/** Substrings shorter than this are not indexed by Stripe. */
const SHORTEST_SUBSTRING = 3;
const MOST_COUNTED = 10_000;

/** Numbers can be compared, tokens only be equal, and strings contain another one. */
export type FieldKind = 'numeric' | 'token' | 'string';
export interface SearchField<T> {
  kind: FieldKind;
  read(record: T): string | number | boolean | null | undefined;
}
export type SearchFields<T> = Readonly<Record<string, SearchField<T>>>;

export interface SearchResult<T> {
  object: 'search_result';
  data: T[];
  has_more: boolean;
  next_page: string | null;
  url: string;
  /** Only when it is asked for by `expand`. */
  total_count?: number;
}

export const searchParameters = {
  expand,
  limit: integer(1, 100),
  page: text(),
  query: required(text()),
};
interface Search {
  query: string;
  limit?: number;
  page?: string;
  expand?: string[];
}

/**
 * What the query finds. Stripe takes up to a minute until a change can be found; here it is at once.
 * @param noun the resource's plural name, for errors
 * @throws ApiError 400 for a query that is none, or names a field that cannot be searched
 */
export function searchPage<T extends { id: string; metadata: Record<string, string> | null }>(
  collection: Collection<T>,
  noun: string,
  search: Search,
  fields: SearchFields<T>,
): SearchResult<T> {
  const { clauses, isAny } = parseQuery(search.query);
  const tests = clauses.map((clause) => testOf(clause, fields, noun));
  const matches = (record: T): boolean =>
    isAny ? tests.some((test) => test(record)) : tests.every((test) => test(record));
  const limit = search.limit ?? DEFAULT_LIMIT;
  const data: T[] = [];
  const url = `/v1/${noun}/search`;
  const wantsCount = search.expand?.includes('total_count') ?? false;
  const count = wantsCount && { total_count: countOf(collection, matches) };
  for (const record of collection.newestFirst(startOf(search.page))) {
    if (!matches(record)) continue;
    if (data.length === limit) {
      const next_page = pageToken(collection.sequenceOf(data.at(-1)!.id)!);
      return { object: 'search_result', data, has_more: true, next_page, url, ...count };
    }
    data.push(record);
  }
  return { object: 'search_result', data, has_more: false, next_page: null, url, ...count };
}

function countOf<T extends { id: string }>(
  collection: Collection<T>,
  matches: (record: T) => boolean,
): number {
  let count = 0;
  for (const record of collection.newestFirst()) {
    if (matches(record)) count++;
    if (count === MOST_COUNTED) break;
  }
  return count;
}

/** The place of the last record of a page, which stays even when that record is deleted. */
function pageToken(sequence: number): string {
  return Buffer.from(`page:${sequence}`).toString('base64url');
}

function startOf(page: string | undefined): number | undefined {
  if (page === undefined) return undefined;
  const sequence = /^page:(\d{1,15})$/.exec(Buffer.from(page, 'base64url').toString())?.[1];
  if (sequence === undefined) throw invalidRequest('Invalid page token.', undefined, 'page');
  return Number(sequence);
}

type Test<T> = (record: T) => boolean;

function testOf<T extends { metadata: Record<string, string> | null }>(
  clause: Clause,
  fields: SearchFields<T>,
  noun: string,
): Test<T> {
  const { key } = clause;
  const field: SearchField<T> | undefined =
    key === null
      ? Object.hasOwn(fields, clause.field)
        ? fields[clause.field]
        : undefined
      : { kind: 'token', read: (record) => record.metadata?.[key] };
  if (field === undefined) throw unsupportedField(clause.field, noun);
  checkOperator(clause, field.kind);
  const holds = comparison(clause, field);
  return clause.isNegated ? (record) => !holds(record) : holds;
}

function comparison<T>({ operator, value }: Clause, { kind, read }: SearchField<T>): Test<T> {
  if (value === null) return (record) => (read(record) ?? null) === null;
  if (kind === 'numeric') {
    const bound = Number(value);
    return (record) => {
      const number = read(record);
      return typeof number === 'number' && compare(number, operator, bound);
    };
  }
  const wanted = value.toLowerCase();
  return (record) => {
    const found = String(read(record) ?? '').toLowerCase();
    return operator === '~' ? found.includes(wanted) : found === wanted && (read(record) ?? null) !== null;
  };
}

function compare(number: number, operator: Clause['operator'], bound: number): boolean {
  switch (operator) {
    case '>':
      return number > bound;
    case '>=':
      return number >= bound;
    case '<':
      return number < bound;
    case '<=':
      return number <= bound;
    default:
      return number === bound;
  }
}

/** The sentences are not verified. */
function checkOperator({ operator, value, field }: Clause, kind: FieldKind): void {
  const isOrder = operator.startsWith('<') || operator.startsWith('>');
  if (kind === 'numeric') {
    if (operator === '~') throw wrongOperator(operator, field);
    if (value !== null && !/^-?\d+(\.\d+)?$/.test(value)) {
      throw invalidRequest(`The field ${field} is numeric and cannot be ${value}.`, undefined, 'query');
    }
    return;
  }
  if (isOrder || (operator === '~' && kind === 'token')) throw wrongOperator(operator, field);
  if (operator === '~' && (value ?? '').length < SHORTEST_SUBSTRING) {
    throw invalidRequest(
      `Substrings need at least ${SHORTEST_SUBSTRING} characters (${field}).`,
      undefined,
      'query',
    );
  }
}

function wrongOperator(operator: string, field: string): Error {
  return invalidRequest(`The operator ${operator} does not work on the field ${field}.`, undefined, 'query');
}

function unsupportedField(field: string, noun: string): Error {
  return invalidRequest(
    `Field \`${field}\` is an unsupported search field for resource \`${noun}\`. See ` +
      `https://stripe.com/docs/search#query-fields-for-${noun.replaceAll('_', '')} for a list of supported fields.`,
    undefined,
    'query',
  );
}
