/**
 * Lists that are read page by page from where the page before ended. Everywhere newest first, and told apart by an id where
 * several rows are of one moment.
 */
export type Key = { at: number; id: string };

/** `older`: what comes after `from` in the list; `newer`: what comes before it. Without `from`, the newest. */
export type Reach = { from: Key | null; direction: 'older' | 'newer'; limit: number };

/** Rows that a filter without an index of its own may look through for one page, and how many are read at a time. */
const mostLooked = 5_000;
const atOnce = 500;

/** @property stoppedAt where looking ended before enough was found, because it had looked through so much */
export type Looked<Row> = { rows: Row[]; stoppedAt: Key | null };

/**
 * Reads rows in the direction of `reach` and keeps those that are wanted, until there are enough of them. However rare they
 * are, it looks through a bounded number of rows and says where it stopped.
 *
 * @param keep null where every row is wanted
 */
export async function lookThrough<Row>(
  reach: Reach,
  read: (reach: Reach) => Promise<Row[]>,
  keyOf: (row: Row) => Key,
  keep: ((row: Row) => boolean) | null,
): Promise<Looked<Row>> {
  if (keep === null) return { rows: await read(reach), stoppedAt: null };
  const rows: Row[] = [];
  let { from } = reach;
  for (let looked = 0; looked < mostLooked; looked += atOnce) {
    const chunk = await read({ ...reach, from, limit: atOnce });
    rows.push(...chunk.filter(keep));
    if (rows.length >= reach.limit) return { rows: rows.slice(0, reach.limit), stoppedAt: null };
    if (chunk.length < atOnce) return { rows, stoppedAt: null };
    from = keyOf(chunk.at(-1)!);
  }
  return { rows, stoppedAt: from };
}
