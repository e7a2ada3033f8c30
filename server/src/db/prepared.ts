import type { CompiledQuery, DatabaseConnection, Kysely, QueryResult } from 'kysely';
import type { Schema } from './schema.ts';

/**
 * Statements that a purchase runs are compiled once. Compiling one takes about as long as SQLite needs to run it, and a
 * text that is the same string each time is found at once among the prepared statements of either database.
 */

/** Stands for a value while a statement is compiled, and then knows where to find it. */
class Placeholder {
  readonly read: (values: never) => unknown;

  constructor(read: (values: never) => unknown) {
    this.read = read;
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
  return compiledOnce((db) => build(db, placeholders<Values>()));
}

function placeholders<Values extends object>(): Parameters<Values> {
  const get = (_target: object, name: string | symbol) =>
    new Placeholder((values: Record<string | symbol, unknown>) => values[name]);
  return new Proxy({}, { get }) as Parameters<Values>;
}

function compiledOnce<Values, Row>(build: (db: Kysely<Schema>) => Compilable): Prepared<Values, Row> {
  const compiled = new WeakMap<object, CompiledQuery>();
  return (db, values) => {
    const executor = db.getExecutor();
    let query = compiled.get(executor.adapter);
    if (!query) {
      query = build(db).compile();
      compiled.set(executor.adapter, query);
    }
    const parameters = query.parameters.map((parameter) =>
      parameter instanceof Placeholder ? parameter.read(values as never) : parameter,
    );
    const bound = { ...query, parameters } as CompiledQuery<Row>;
    const connection = connections.get(executor);
    return connection ? connection.executeQuery<Row>(bound) : db.executeQuery<Row>(bound);
  };
}

const connections = new WeakMap<object, DatabaseConnection>();

/**
 * Tells that all statements of this Kysely run on one connection. Prepared ones then go there at once, in the order in which
 * they are called, instead of through the steps that find a connection for each.
 */
export function runOnConnection(db: Kysely<Schema>, connection: DatabaseConnection): Kysely<Schema> {
  connections.set(db.getExecutor(), connection);
  return db;
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
  let columns: string[] = [];
  const statement = perShape((count: number) =>
    compiledOnce<readonly Schema[T][], unknown>((db) => {
      const rows = Array.from({ length: count }, (_, index) => rowOfPlaceholders(columns, index));
      const insert = db.insertInto(table).values(rows as never);
      return ignore.length === 0
        ? insert
        : insert.onConflict((conflict) => conflict.columns(ignore as never).doNothing());
    }),
  );
  return async (db, rows) => {
    const [first] = rows;
    if (!first) return 0;
    // Every row has every column of its table, so the first one ever seen tells their names.
    if (columns.length === 0) columns = Object.keys(first);
    const result = await statement(rows.length)(db, rows);
    return Number(result.numAffectedRows ?? 0);
  };
}

function rowOfPlaceholders(columns: readonly string[], index: number): Columns {
  return Object.fromEntries(
    columns.map((column) => [column, new Placeholder((rows: Columns[]) => rows[index]?.[column])]),
  );
}

type Update<Key> = { key: Key; changes: Columns };

/** Changes the columns that are given, in the row that has these key values. Returns how many rows that were. */
export function preparedUpdate<T extends Table, Key extends keyof Schema[T] & string>(
  table: T,
  keys: readonly Key[],
): (db: Kysely<Schema>, key: Pick<Schema[T], Key>, changes: Partial<Schema[T]>) => Promise<number> {
  const statement = perShape((shape: string) =>
    compiledOnce<Update<Columns>, unknown>((db) => {
      const changed = (column: string) => new Placeholder(({ changes }: Update<Columns>) => changes[column]);
      const changes = Object.fromEntries(shape.split(' ').map((column) => [column, changed(column)]));
      let update = db.updateTable(table as never).set(changes as never);
      for (const name of keys) {
        const value = new Placeholder(({ key }: Update<Columns>) => key[name]);
        update = update.where(name as never, '=', value as never);
      }
      return update as unknown as Compilable;
    }),
  );
  return async (db, key, changes) => {
    const columns = Object.keys(changes);
    if (columns.length === 0) return 0;
    const result = await statement(columns.join(' '))(db, {
      key: key as Columns,
      changes: changes as Columns,
    });
    return Number(result.numAffectedRows ?? 0);
  };
}
