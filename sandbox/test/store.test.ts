import { describe, expect, it } from 'vitest';
import { systemClock } from '../src/clock.ts';
import { createIds } from '../src/ids.ts';
import { Journal } from '../src/journal.ts';
import { Collection } from '../src/store/collection.ts';

interface Item {
  id: string;
  owner: string | null;
  isNeeded: boolean;
}
const item = (id: string, owner: string | null = null, isNeeded = false): Item => ({ id, owner, isNeeded });
const ids = (items: Iterable<Item>): string[] => [...items].map(({ id }) => id);
const collection = (most?: number) =>
  new Collection<Item>('items', () => {}, {
    index: ({ owner }) => owner,
    mayForget: ({ isNeeded }) => !isNeeded,
    ...(most !== undefined && { most }),
  });

describe('a collection', () => {
  it('keeps the order of making, also after changes and deletions', () => {
    const items = collection();
    for (const id of ['a', 'b', 'c', 'd']) items.put(item(id));
    items.put(item('a', 'x'));
    items.delete('b');
    expect(ids(items.newestFirst())).toEqual(['d', 'c', 'a']);
    expect(ids(items.newestFirst(items.sequenceOf('d')))).toEqual(['c', 'a']);
    expect(ids(items.oldestFirst(items.sequenceOf('a')))).toEqual(['c', 'd']);
    expect(items.size).toBe(3);
  });

  it('finds records by their index, which follows changes', () => {
    const items = collection();
    items.put(item('a', 'x'));
    items.put(item('b', 'x'));
    items.put(item('a', 'y'));
    expect(ids(items.withIndex('x'))).toEqual(['b']);
    expect(ids(items.withIndex('y'))).toEqual(['a']);
    items.delete('b');
    expect(items.withIndex('x')).toEqual([]);
  });

  it('forgets the oldest beyond its bound, and never what is still needed', () => {
    const items = collection(100);
    for (let count = 0; count < 1_000; count++) items.put(item(`${count}`));
    expect(items.size).toBeLessThanOrEqual(110);
    expect(ids(items.newestFirst())[0]).toBe('999');
    const busy = collection(100);
    for (let count = 0; count < 1_000; count++) busy.put(item(`${count}`, null, count === 500));
    expect(busy.get('500')).toBeDefined();
    expect(busy.get('400')).toBeUndefined();
  });
});

describe('the journal', () => {
  it('is read page by page, and says what it forgot', () => {
    const journal = new Journal(null);
    for (let count = 0; count < 60_000; count++) {
      journal.append({ at: 0, source: 'api', effects: [], events: [] });
    }
    const page = JSON.parse(journal.page(0, 2));
    expect(page.last_seq).toBe(60_000);
    expect(page.first_seq).toBeGreaterThan(1);
    expect(page.entries.map((entry: { seq: number }) => entry.seq)).toEqual([
      page.first_seq,
      page.first_seq + 1,
    ]);
    expect(JSON.parse(journal.page(59_999, 10))).toMatchObject({
      has_more: false,
      entries: [{ seq: 60_000 }],
    });
  });
});

describe('the clock', () => {
  it('rings in the order of the moments, also for those in the past', async () => {
    const clock = systemClock();
    const rung: number[] = [];
    await new Promise<void>((resolve) => {
      const now = clock.now();
      for (const delay of [30, -5, 10, 20, 0]) clock.at(now + delay, () => rung.push(delay));
      clock.at(now + 40, resolve);
    });
    clock.stop();
    expect(rung).toEqual([-5, 0, 10, 20, 30]);
  });
});

describe('a clock that is caught up with', () => {
  it('runs what is due at once, in order, and nothing else', () => {
    const clock = systemClock();
    const rung: number[] = [];
    const now = clock.now();
    for (const delay of [0, -5, 60_000]) clock.at(now + delay, () => rung.push(delay));
    clock.catchUp();
    expect(rung).toEqual([-5, 0]);
    clock.catchUp();
    expect(rung).toEqual([-5, 0]);
    clock.stop();
  });
});

describe('ids', () => {
  it('have the shapes of Stripe and never repeat', () => {
    const made = createIds();
    const intent = made.paymentIntent();
    expect(intent).toMatch(/^pi_3\w{23}$/);
    expect(made.sibling('ch', intent).slice(3, 19)).toBe(intent.slice(3, 19));
    expect(made.short('cus')).toMatch(/^cus_\w{14}$/);
    expect(made.object('pm')).toMatch(/^pm_1\w{23}$/);
    expect(new Set(Array.from({ length: 10_000 }, () => made.paymentIntent())).size).toBe(10_000);
  });

  it.each([
    ['1Pgafm', 1_721_948_530],
    ['1Pgc74', 1_721_954_066],
  ])("tell the second of creation as Stripe's do: %s", (start, created) => {
    expect(createIds({ now: () => created * 1_000 }).object('price')).toMatch(new RegExp(`^price_${start}`));
  });
});
