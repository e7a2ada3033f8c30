import { type Kysely, sql } from 'kysely';
import { type DayFigure, type Figure, type FigureName, figureNames, type Sum } from '../domain/figures.ts';
import type { Schema, Tx } from './schema.ts';

type Db = Kysely<Schema>;
/** From the first on, up to the second, which is not in it. */
export type Range = { from: number; to: number };

/** As many as leave the number of a statement's parameters far below what both databases take. */
const rowsAtOnce = 500;

// The keys begin with the name, so each of them is named where all are meant.

/** Puts sums in the place of all that were there for these hours, so that doing it again changes nothing. */
export async function replaceFigures(tx: Tx, { from, to }: Range, figures: readonly Figure[]): Promise<void> {
  await tx
    .deleteFrom('figures')
    .where('name', 'in', [...figureNames])
    .where('hour', '>=', from)
    .where('hour', '<', to)
    .execute();
  for (let start = 0; start < figures.length; start += rowsAtOnce)
    await tx
      .insertInto('figures')
      .values(figures.slice(start, start + rowsAtOnce))
      .execute();
}

/** A day is what its hours sum to. */
export async function sumDay(tx: Tx, day: number, hours: Range): Promise<void> {
  await tx
    .deleteFrom('figure_days')
    .where('name', 'in', [...figureNames])
    .where('day', '=', day)
    .execute();
  await tx
    .insertInto('figure_days')
    .columns(['name', 'day', 'key', 'currency', 'count', 'amount'])
    .expression(
      tx
        .selectFrom('figures')
        .select((e) => [
          'name',
          sql.lit(day).as('day'),
          'key',
          'currency',
          e.fn.sum<number>('count').as('count'),
          e.fn.sum<number>('amount').as('amount'),
        ])
        .where('name', 'in', [...figureNames])
        .where('hour', '>=', hours.from)
        .where('hour', '<', hours.to)
        .groupBy(['name', 'key', 'currency']),
    )
    .execute();
}

/** Forgets all of them. */
export async function deleteFigures(tx: Tx): Promise<void> {
  await tx.deleteFrom('figures').execute();
  await tx.deleteFrom('figure_days').execute();
}

/** Hour by hour, by when the hours began. */
export async function readHours(db: Db, names: readonly FigureName[], range: Range): Promise<Figure[]> {
  return await db
    .selectFrom('figures')
    .selectAll()
    .where('name', 'in', [...names])
    .where('hour', '>=', range.from)
    .where('hour', '<', range.to)
    .execute();
}

/** Day by day. */
export async function readDays(db: Db, names: readonly FigureName[], days: Range): Promise<DayFigure[]> {
  return await db
    .selectFrom('figure_days')
    .selectAll()
    .where('name', 'in', [...names])
    .where('day', '>=', days.from)
    .where('day', '<', days.to)
    .execute();
}

/** What the days sum to, by what `key` and `currency` tell apart. */
export async function sumDays(db: Db, name: FigureName, days: Range): Promise<Sum[]> {
  return await db
    .selectFrom('figure_days')
    .select((e) => [
      'name',
      'key',
      'currency',
      e.fn.sum<number>('count').as('count'),
      e.fn.sum<number>('amount').as('amount'),
    ])
    .where('name', '=', name)
    .where('day', '>=', days.from)
    .where('day', '<', days.to)
    .groupBy(['name', 'key', 'currency'])
    .execute();
}
