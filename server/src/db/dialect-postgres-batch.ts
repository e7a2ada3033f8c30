import type pg from 'pg';

/** What came of one statement. `command` is PostgreSQL's own word for what it did, such as COMMIT or ROLLBACK. */
export type Answer = { rows: unknown[]; command: string; rowCount: number };

type Column = { name: string; parse: (text: string) => unknown };

/**
 * A statement as one connection knows it. Prepared under its name, it is neither parsed again nor described again: what its
 * columns are is remembered here. `unsure` after a failure in the middle, when it may or may not have been parsed.
 */
type Statement = {
  name: string;
  text: string;
  state: 'new' | 'unsure' | 'prepared';
  columns: Column[] | null;
};

type Waiting = {
  statement: Statement;
  values: (string | null)[];
  rows: unknown[];
  resolve: (answer: Answer) => void;
  reject: (error: unknown) => void;
};

/** The part of pg's connection that writes the protocol's messages. */
type Wire = {
  stream: { cork(): void; uncork(): void };
  parse(message: { name: string; text: string }): void;
  bind(message: { statement: string; values: (string | null)[] }): void;
  describe(message: { type: 'P'; name: '' }): void;
  execute(message: { portal: '' }): void;
  close(message: { type: 'S'; name: string }): void;
  sync(): void;
};

type Field = { name: string; dataTypeID: number };

/**
 * Statements that are started in the same turn travel together and are answered together: one write, one answer, and one
 * Sync for all of them, after which PostgreSQL sends what it has. If one fails, those behind it are not run.
 *
 * It is a query of pg's own kind, as cursors are: pg calls `submit` when the connection is free and then the handlers.
 *
 * Source: PostgreSQL, frontend/backend protocol, "Extended Query" and "Pipelining".
 */
class Batch implements pg.Submittable {
  readonly #waiting: Waiting[] = [];
  readonly #onEnd: () => void;
  #next = 0;

  constructor(onEnd: () => void) {
    this.#onEnd = onEnd;
  }

  add(waiting: Waiting): void {
    this.#waiting.push(waiting);
  }

  submit(connection: unknown): void {
    const wire = connection as Wire;
    wire.stream.cork();
    for (const { statement, values } of this.#waiting) {
      if (statement.state === 'unsure') wire.close({ type: 'S', name: statement.name });
      if (statement.state !== 'prepared') wire.parse(statement);
      statement.state = 'prepared';
      wire.bind({ statement: statement.name, values });
      if (statement.columns === null) wire.describe({ type: 'P', name: '' });
      wire.execute({ portal: '' });
    }
    wire.sync();
    wire.stream.uncork();
  }

  handleRowDescription({ fields }: { fields: Field[] }): void {
    const { statement } = this.#current();
    statement.columns = fields.map(({ name, dataTypeID }) => ({ name, parse: parserOf(dataTypeID) }));
  }

  handleDataRow({ fields }: { fields: (string | null)[] }): void {
    const { statement, rows } = this.#current();
    const row: Record<string, unknown> = {};
    for (const [index, { name, parse }] of (statement.columns ?? []).entries()) {
      const text = fields[index] ?? null;
      row[name] = text === null ? null : parse(text);
    }
    rows.push(row);
  }

  handleCommandComplete({ text }: { text: string }): void {
    const { statement, rows, resolve } = this.#current();
    // One that returns nothing is told so by silence, once; then it need not be described again.
    statement.columns ??= [];
    this.#next += 1;
    const count = /\d+$/.exec(text);
    resolve({ rows, command: text.split(' ', 1)[0]!, rowCount: count ? Number(count[0]) : 0 });
  }

  handleReadyForQuery(): void {
    this.#onEnd();
  }

  /** A statement failed, and PostgreSQL skipped the rest of the batch; or the connection broke. */
  handleError(error: unknown): void {
    for (const { statement, reject } of this.#waiting.slice(this.#next)) {
      // Perhaps it was not parsed, perhaps its table has other columns by now: it is prepared again next time.
      Object.assign(statement, { state: 'unsure', columns: null });
      reject(error);
    }
    this.#onEnd();
  }

  #current(): Waiting {
    return this.#waiting[this.#next]!;
  }
}

/** The statements of one connection, in the order in which they are started. */
export class Pipeline {
  readonly #client: pg.PoolClient;
  readonly #statements = new Map<string, Statement>();
  #gathering: Batch | null = null;
  #isBusy = false;
  #isScheduled = false;

  constructor(client: pg.PoolClient) {
    this.#client = client;
  }

  send(text: string, parameters: readonly unknown[] = []): Promise<Answer> {
    const statement = this.#statement(text);
    const values = parameters.map(toText);
    return new Promise((resolve, reject) => {
      this.#gathering ??= new Batch(() => this.#ended());
      this.#gathering.add({ statement, values, rows: [], resolve, reject });
      this.#schedule();
    });
  }

  #schedule(): void {
    if (this.#isBusy || this.#isScheduled) return;
    this.#isScheduled = true;
    // After all promises that are ready now, so that everything they start is in it.
    process.nextTick(() => this.#submit());
  }

  #submit(): void {
    this.#isScheduled = false;
    const batch = this.#gathering;
    if (batch === null) return;
    this.#gathering = null;
    this.#isBusy = true;
    this.#client.query(batch);
  }

  #ended(): void {
    this.#isBusy = false;
    if (this.#gathering !== null) this.#schedule();
  }

  #statement(text: string): Statement {
    let statement = this.#statements.get(text);
    if (statement === undefined) {
      // BEGIN, COMMIT and ROLLBACK are their own names, so that whoever watches the line sees where transactions end.
      const name = /^[A-Z]+$/.test(text) ? text : `s${this.#statements.size}`;
      statement = { name, text, state: 'new', columns: null };
      this.#statements.set(text, statement);
    }
    return statement;
  }
}

function toText(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (value instanceof Uint8Array) return `\\x${Buffer.from(value).toString('hex')}`;
  if (typeof value === 'object') throw new TypeError('a statement takes text, numbers, bytes and null only');
  return String(value);
}

/** Whole numbers come as text because they may pass 2^53; ours are minor units and milliseconds, which do not. */
const numberTypes = new Set([20, 21, 23, 700, 701, 1700]);
const booleanType = 16;
const bytesType = 17;

function parserOf(type: number): (text: string) => unknown {
  if (numberTypes.has(type)) return Number;
  if (type === bytesType) return (text) => Buffer.from(text.slice(2), 'hex');
  return type === booleanType ? (text) => text === 't' : (text) => text;
}
