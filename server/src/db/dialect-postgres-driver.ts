import {
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely';
import type pg from 'pg';
import { type Answer, Pipeline } from './dialect-postgres-batch.ts';
import { runOnConnection } from './prepared.ts';
import type { Schema } from './schema.ts';

// One for all: what is compiled once is found again on every connection.
const adapter = new PostgresAdapter();

/** Where a driver gets its connection from and gives it back to. */
type Source = { take(): Promise<pg.PoolClient>; give(client: pg.PoolClient): void };

/** Kysely on the whole pool: each statement takes any connection. */
export function kyselyOnPool(pool: pg.Pool): Kysely<Schema> {
  return kysely({ take: () => pool.connect(), give: (client) => client.release() });
}

export type Transactional = { kysely: Kysely<Schema>; connection: TransactionConnection };

/** Kysely on one connection, for the statements of one transaction after another. */
export function kyselyOnClient(client: pg.PoolClient): Transactional {
  const connection = new TransactionConnection(client);
  const onClient = kysely({ take: async () => client, give: () => {} }, connection);
  return { kysely: runOnConnection(onClient, connection), connection };
}

function kysely(source: Source, connection?: DatabaseConnection): Kysely<Schema> {
  return new Kysely<Schema>({
    dialect: {
      createDriver: () => new PostgresDriver(source, connection),
      createQueryCompiler: () => new PostgresQueryCompiler(),
      createAdapter: () => adapter,
      createIntrospector: (db) => new PostgresIntrospector(db),
    },
  });
}

class PostgresDriver implements Driver {
  readonly #source: Source;
  readonly #connection: DatabaseConnection | undefined;

  constructor(source: Source, connection?: DatabaseConnection) {
    this.#source = source;
    this.#connection = connection;
  }

  async init(): Promise<void> {}
  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#connection ?? new PostgresConnection(await this.#source.take());
  }
  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    this.#source.give((connection as PostgresConnection).client);
  }
  async beginTransaction(): Promise<void> {
    throw new Error('use Database.transaction');
  }
  async commitTransaction(): Promise<void> {}
  async rollbackTransaction(): Promise<void> {}
  async destroy(): Promise<void> {}
}

class PostgresConnection implements DatabaseConnection {
  readonly client: pg.PoolClient;

  constructor(client: pg.PoolClient) {
    this.client = client;
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    const { rows, rowCount } = await send(this.client, query.sql, query.parameters);
    return { rows: rows as Row[], numAffectedRows: BigInt(rowCount) };
  }

  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    yield* [];
    throw new Error('streaming is not supported');
  }
}

/** Takes statements only while its transaction is open: one that came after COMMIT would be committed by itself. */
class TransactionConnection extends PostgresConnection {
  #isOpen = false;

  open(): void {
    this.#isOpen = true;
  }

  close(): void {
    this.#isOpen = false;
  }

  override async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    if (!this.#isOpen) throw new Error('a statement was started after the end of its transaction');
    return await super.executeQuery<Row>(query);
  }
}

const pipelines = new WeakMap<pg.PoolClient, Pipeline>();

/** Sends a statement. All that are started before the event loop goes on travel together. */
export function send(
  client: pg.PoolClient,
  text: string,
  parameters: readonly unknown[] = [],
): Promise<Answer> {
  let pipeline = pipelines.get(client);
  if (pipeline === undefined) {
    pipeline = new Pipeline(client);
    pipelines.set(client, pipeline);
  }
  return pipeline.send(text, parameters);
}
