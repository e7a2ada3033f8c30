import type { Database } from '../db/database.ts';

type Listener = () => void;

/**
 * Who wants to know when an order changes, in this process. Changes come from our own commits and, through the database,
 * from other processes. A listener is told that something changed and reads what for itself, so nothing can arrive stale.
 */
export class LiveOrders {
  readonly #database: Database;
  readonly #listeners = new Map<string, Set<Listener>>();
  readonly #ofAll = new Set<Listener>();
  #stop: (() => Promise<void>) | null = null;

  constructor(database: Database) {
    this.#database = database;
  }

  async start(): Promise<void> {
    this.#stop = await this.#database.watch((orderIds) => this.#tell(orderIds));
  }

  async stop(): Promise<void> {
    await this.#stop?.();
    this.#stop = null;
  }

  /** To be called after the commit that changed the orders, never before. */
  changed(...orderIds: string[]): void {
    this.#tell(orderIds);
    this.#database.announce(orderIds);
  }

  subscribe(orderId: string, listener: Listener): () => void {
    const listeners = this.#listeners.get(orderId) ?? new Set();
    listeners.add(listener);
    this.#listeners.set(orderId, listeners);
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.#listeners.delete(orderId);
    };
  }

  /** Tells of a change of any order, once for those that changed together. */
  subscribeAll(listener: Listener): () => void {
    this.#ofAll.add(listener);
    return () => this.#ofAll.delete(listener);
  }

  get watchers(): number {
    let count = this.#ofAll.size;
    for (const listeners of this.#listeners.values()) count += listeners.size;
    return count;
  }

  #tell(orderIds: string[]): void {
    for (const id of orderIds) for (const listener of this.#listeners.get(id) ?? []) listener();
    for (const listener of this.#ofAll) listener();
  }
}
