import { type CompiledQuery, type DatabaseConnection, Kysely, type QueryResult } from 'kysely';
import type { Database } from './database.ts';

type AnyTables = Kysely<Record<string, Record<string, unknown>>>;

/**
 * Our database for a library that writes its own statements to its own tables; each of them is a transaction, durable like all
 * others. It is told that it has SQLite before it, so that it writes moments as texts and yes as 1 on both databases.
 */
export function libraryDatabase(database: Database): { db: AnyTables; type: 'sqlite'; transaction: false } {
  return { db: anyStatements(database), type: 'sqlite', transaction: false };
}

function anyStatements(database: Database): AnyTables {
  const executor = database.read.getExecutor();
  const connection = new OneStatement(database);
  return new Kysely({
    dialect: {
      createAdapter: () => executor.adapter,
      createQueryCompiler: () => ({ compileQuery: (node, id) => executor.compileQuery(node, id) }),
      createDriver: () => ({
        init: async () => {},
        acquireConnection: async () => connection,
        releaseConnection: async () => {},
        beginTransaction: refuseTransaction,
        commitTransaction: refuseTransaction,
        rollbackTransaction: refuseTransaction,
        destroy: async () => {},
      }),
      createIntrospector: () => {
        throw new Error('the tables are made by the migrations');
      },
    },
  });
}

class OneStatement implements DatabaseConnection {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (query.query.kind === 'SelectQueryNode')
      return await this.#database.read.executeQuery<R>(query as CompiledQuery<R>);
    return await this.#database.transaction((tx) => tx.executeQuery<R>(query as CompiledQuery<R>));
  }

  // biome-ignore lint/correctness/useYield: nothing is ever streamed
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('nothing is streamed here');
  }
}

async function refuseTransaction(): Promise<void> {
  throw new Error('statements of a library are transactions of their own');
}
