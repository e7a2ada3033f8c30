import type { Key, Looked, Reach } from '../db/keyset.ts';

/** As many rows as a person looks through before asking for more. */
const pageSize = 50;

/** What a caller asks for: the page after one place in a list, or the one before it. */
export type Paging = { after?: string | undefined; before?: string | undefined };

export type Page<Row> = {
  rows: Row[];
  older: string | null;
  newer: string | null;
  /** Epoch milliseconds, where a rare filter stopped looking before the page was full. */
  lookedThrough: number | null;
};

/** Reads one page, and whether the list goes on to either side of it. One row more than a page is read for that. */
export async function readPage<Row>(
  { after, before }: Paging,
  read: (reach: Reach) => Promise<Looked<Row>>,
  keyOf: (row: Row) => Key,
): Promise<Page<Row>> {
  const from = readCursor(before ?? after);
  const direction = before !== undefined && from !== null ? 'newer' : 'older';
  const { rows: found, stoppedAt } = await read({ from, direction, limit: pageSize + 1 });
  const page = found.slice(0, pageSize);
  if (direction === 'newer') page.reverse();
  const goesOn = found.length > pageSize ? keyOf(found[pageSize - 1]!) : stoppedAt;
  const [first, last] = [page[0], page.at(-1)];
  const lookedThrough = stoppedAt?.at ?? null;
  if (direction === 'newer')
    return { rows: page, newer: cursor(goesOn), older: cursor(last ? keyOf(last) : from), lookedThrough };
  return {
    rows: page,
    older: cursor(goesOn),
    newer: from === null ? null : cursor(first ? keyOf(first) : from),
    lookedThrough,
  };
}

function cursor(key: Key | null): string | null {
  return key === null ? null : Buffer.from(JSON.stringify([key.at, key.id])).toString('base64url');
}

/** Null for what is no cursor of ours: then a list begins at its first page. */
function readCursor(text: string | undefined): Key | null {
  if (text === undefined || text === '') return null;
  try {
    const [at, id] = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as [unknown, unknown];
    const isKey = Number.isSafeInteger(at) && typeof id === 'string' && !/[\p{Cc}\p{Cs}]/u.test(id);
    return isKey ? { at: at as number, id } : null;
  } catch {
    return null;
  }
}
