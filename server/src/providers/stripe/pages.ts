import { asking } from './client.ts';

/** The most that Stripe lists at once. */
const pageSize = 100;

type Page = { limit: number; starting_after?: string };

export async function* pages<T extends { id: string }>(
  list: (page: Page) => Promise<{ data: T[]; has_more: boolean }>,
): AsyncGenerator<T[]> {
  for (let after: string | undefined; ; ) {
    const page: Page = { limit: pageSize, ...(after !== undefined && { starting_after: after }) };
    const { data, has_more: hasMore } = await asking(() => list(page));
    yield data;
    after = data.at(-1)?.id;
    if (!hasMore || after === undefined) return;
  }
}

export async function* each<T extends { id: string }>(
  list: (page: Page) => Promise<{ data: T[]; has_more: boolean }>,
): AsyncGenerator<T> {
  for await (const page of pages(list)) yield* page;
}

export function createdSince(since: number): { gte: number } {
  return { gte: seconds(since) };
}

export function seconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1_000);
}
