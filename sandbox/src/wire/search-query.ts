/**
 * Stripe's search query language (docs.stripe.com/search#search-query-language): text in, clauses out. What is an error
 * and what is allowed between clauses is as the documentation has it; that it is all Stripe takes is not verified.
 */
import { invalidRequest } from './errors.ts';

const MOST_CLAUSES = 10;

export interface Clause {
  field: string;
  /** For `metadata["key"]`. */
  key: string | null;
  operator: ':' | '~' | '>' | '>=' | '<' | '<=' | '=';
  /** null stands for "has no value". */
  value: string | null;
  isNegated: boolean;
}

export interface Query {
  clauses: Clause[];
  /** Joined by OR; otherwise all of them must hold. */
  isAny: boolean;
}

const CLAUSE =
  /(?<minus>-)?(?<field>[a-z][a-z0-9_.]*)(?:\[(?<key>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')\])?\s*(?<operator>>=|<=|[:~<>=])\s*(?<value>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|-?\d+(?:\.\d+)?|null|true|false)(?=\s|$)/iy;
const JOINER = /\s+(?:(AND|OR)\s+)?/iy;

/** @throws ApiError 400 for what is no query, or joins clauses by both AND and OR */
export function parseQuery(text: string): Query {
  const query = text.trim();
  const clauses: Clause[] = [];
  const joiners = new Set<string>();
  for (let at = 0; ; ) {
    CLAUSE.lastIndex = at;
    const found = CLAUSE.exec(query);
    if (found === null) throw unreadable();
    clauses.push(clauseOf(found.groups as unknown as Groups));
    at = CLAUSE.lastIndex;
    if (at === query.length) break;
    JOINER.lastIndex = at;
    const joiner = JOINER.exec(query);
    if (joiner === null) throw unreadable();
    joiners.add((joiner[1] ?? 'AND').toUpperCase());
    at = JOINER.lastIndex;
  }
  if (joiners.size > 1) {
    throw invalidRequest('A search query cannot use both AND and OR.', undefined, 'query');
  }
  if (clauses.length > MOST_CLAUSES) {
    throw invalidRequest(`A search query can have at most ${MOST_CLAUSES} clauses.`, undefined, 'query');
  }
  return { clauses, isAny: joiners.has('OR') };
}

interface Groups {
  minus?: string;
  field: string;
  key?: string;
  operator: Clause['operator'];
  value: string;
}

function clauseOf({ minus, field, key, operator, value }: Groups): Clause {
  if ((field === 'metadata') !== (key !== undefined)) throw unreadable();
  return {
    field,
    key: key === undefined ? null : unquoted(key),
    operator,
    value: value === 'null' ? null : unquoted(value),
    isNegated: minus !== undefined,
  };
}

function unquoted(text: string): string {
  return /^["']/.test(text) ? text.slice(1, -1).replaceAll(/\\(.)/g, '$1') : text;
}

function unreadable(): Error {
  return invalidRequest(
    'We were unable to parse your search query. Try using the format `metadata["key"]:"value"` to query for metadata ' +
      'or key:"value" to query for other fields.',
    undefined,
    'query',
  );
}
