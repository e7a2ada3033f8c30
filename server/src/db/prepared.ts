import type { CompiledQuery, Kysely, QueryResult } from 'kysely';
import type { Schema } from './schema.ts';

/**
 * Statements that a purchase runs are compiled once. Compiling one takes about as long as SQLite needs to run it, and a
 * text that is the same string each time is found at once among the prepared statements of either database.
 */

/** Stands for a value while a statement is compiled. */
class Placeholder {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/** Gives each name its placeholder, under the type that the value will have. */
type Parameters<Values> = { readonly [Name in keyof Values]: Values[Name] };

type Compilable = { compile(): CompiledQuery };

export type Prepared<Values, Row> = (db: Kysely<Schema>, values: Values) => Promise<QueryResult<Row>>;

/**
 * A statement with named parameters, compiled at its first use per database.
 *
 * @param build writes the statement with `parameters.name` where a value belongs; it must not look at them
 */
export function prepared<Values extends object, Row = unknown>(
  build: (db: Kysely<Schema>, parameters: Parameters<Values>) => Compilable,
): Prepared<Values, Row> {
  const compiled = new WeakMap<object, CompiledQuery>();
  return (db, values) => {
    // The adapter lives as long as its database and is shared by all transactions on it.
    const owner = db.getExecutor().adapter;
    let query = compiled.get(owner);
    if (!query) {
      query = build(db, placeholders<Values>()).compile();
      compiled.set(owner, query);
    }
    const parameters = query.parameters.map((parameter) =>
      parameter instanceof Placeholder ? (values as Record<string, unknown>)[parameter.name] : parameter,
    );
    return db.executeQuery<Row>({ ...query, parameters } as CompiledQuery<Row>);
  };
}

function placeholders<Values extends object>(): Parameters<Values> {
  return new Proxy({}, { get: (_target, name) => new Placeholder(String(name)) }) as Parameters<Values>;
}

/** One prepared statement per shape, such as the number of lines or the columns that change. The shapes must be few. */
export function perShape<Shape extends string | number, Statement>(
  make: (shape: Shape) => Statement,
): (shape: Shape) => Statement {
  const made = new Map<Shape, Statement>();
  return (shape) => {
    let statement = made.get(shape);
    if (statement === undefined) {
      statement = make(shape);
      made.set(shape, statement);
    }
    return statement;
  };
}

type Table = keyof Schema & string;
type Columns = Record<string, unknown>;

/** Inserts rows that have all their columns. With `ignore`, a row whose key exists is left out and not counted. */
export function preparedInsert<T extends Table>(
  table: T,
  ignore: readonly string[] = [],
): (db: Kysely<Schema>, rows: readonly Schema[T][]) => Promise<number> {
  const statement = perShape((shape: string) => {
    const [count, ...columns] = shape.split(' ');
    return prepared<Columns>((db, parameters) => {
      const row = (index: number) =>
        Object.fromEntries(columns.map((column) => [column, parameters[`${index}.${column}`]]));
      const rows = Array.from({ length: Number(count) }, (_, index) => row(index));
      const insert = db.insertInto(table).values(rows as never);
      return ignore.length === 0
        ? insert
        : insert.onConflict((conflict) => conflict.columns(ignore as never).doNothing());
    });
  });
  return async (db, rows) => {
    const [first] = rows;
    if (!first) return 0;
    const columns = Object.keys(first);
    const values: Columns = {};
    rows.forEach((row, index) => {
      for (const column of columns) values[`${index}.${column}`] = (row as Columns)[column];
    });
    const result = await statement([rows.length, ...columns].join(' '))(db, values);
    return Number(result.numAffectedRows ?? 0);
  };
}

/** Changes the columns that are given, in the row that has these key values. Returns how many rows that were. */
export function preparedUpdate<T extends Table, Key extends keyof Schema[T] & string>(
  table: T,
  keys: readonly Key[],
): (db: Kysely<Schema>, key: Pick<Schema[T], Key>, changes: Partial<Schema[T]>) => Promise<number> {
  const statement = perShape((shape: string) =>
    prepared<Columns>((db, parameters) => {
      const changes = Object.fromEntries(
        shape.split(' ').map((column) => [column, parameters[`new.${column}`]]),
      );
      let update = db.updateTable(table as never).set(changes as never);
      for (const key of keys) update = update.where(key as never, '=', parameters[key] as never);
      return update as unknown as Compilable;
    }),
  );
  return async (db, key, changes) => {
    const columns = Object.keys(changes);
    if (columns.length === 0) return 0;
    const values: Columns = { ...key };
    for (const column of columns) values[`new.${column}`] = (changes as Columns)[column];
    const result = await statement(columns.join(' '))(db, values);
    return Number(result.numAffectedRows ?? 0);
  };
}
