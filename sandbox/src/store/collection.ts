/** A set of records by id, in the order they were made, with one optional index and an optional bound. */
interface Entry<T> {
  record: T;
  sequence: number;
  indexed: string | null;
}

export interface CollectionTraits<T> {
  /** Records are found quickly by this property; null is not indexed. */
  index?: (record: T) => string | null;
  /** The oldest records beyond this count are forgotten, unless `mayForget` objects. */
  most?: number;
  mayForget?: (record: T) => boolean;
}

export type Write = (collection: string, sequence: number, record: object | null) => void;

export class Collection<T extends { id: string }> {
  readonly name: string;
  private readonly traits: CollectionTraits<T>;
  private readonly write: Write;
  private readonly entries = new Map<string, Entry<T>>();
  private readonly byIndex = new Map<string, string[]>();
  /** Ids by sequence number; null where one was deleted. Position 0 holds the sequence number `forgotten`. */
  private order: (string | null)[] = [];
  private forgotten = 0;

  constructor(name: string, write: Write, traits: CollectionTraits<T> = {}) {
    this.name = name;
    this.write = write;
    this.traits = traits;
  }

  get size(): number {
    return this.entries.size;
  }

  get(id: string): T | undefined {
    return this.entries.get(id)?.record;
  }

  /** Adds the record or, when its id is known, notes that it has changed. */
  put(record: T): void {
    const known = this.entries.get(record.id);
    const entry = known ?? this.append(record);
    entry.record = record;
    this.reindex(entry);
    this.write(this.name, entry.sequence, record);
    if (known === undefined) this.forgetOldest();
  }

  delete(id: string): void {
    const entry = this.entries.get(id);
    if (entry === undefined) return;
    this.unindex(entry);
    this.entries.delete(id);
    this.order[entry.sequence - this.forgotten] = null;
    this.write(this.name, entry.sequence, null);
  }

  /** Takes a record back from a file, in the order of its sequence numbers. */
  restore(record: T, sequence: number): void {
    if (this.order.length === 0) this.forgotten = sequence;
    while (this.forgotten + this.order.length < sequence) this.order.push(null);
    this.reindex(this.append(record));
  }

  *newestFirst(before = Number.POSITIVE_INFINITY): Generator<T> {
    for (let at = Math.min(this.order.length, before - this.forgotten) - 1; at >= 0; at--) {
      const id = this.order[at];
      if (typeof id === 'string') yield this.entries.get(id)!.record;
    }
  }

  *oldestFirst(after = -1): Generator<T> {
    for (let at = Math.max(after + 1 - this.forgotten, 0); at < this.order.length; at++) {
      const id = this.order[at];
      if (typeof id === 'string') yield this.entries.get(id)!.record;
    }
  }

  /** The record's place in the order of making; undefined when there is no such record. */
  sequenceOf(id: string): number | undefined {
    return this.entries.get(id)?.sequence;
  }

  /** The records whose indexed property has this value, oldest first. */
  withIndex(value: string): T[] {
    return (this.byIndex.get(value) ?? []).map((id) => this.entries.get(id)!.record);
  }

  private append(record: T): Entry<T> {
    const entry: Entry<T> = { record, sequence: this.forgotten + this.order.length, indexed: null };
    this.order.push(record.id);
    this.entries.set(record.id, entry);
    return entry;
  }

  private reindex(entry: Entry<T>): void {
    if (this.traits.index === undefined) return;
    const value = this.traits.index(entry.record);
    if (value === entry.indexed) return;
    this.unindex(entry);
    entry.indexed = value;
    if (value === null) return;
    const ids = this.byIndex.get(value);
    if (ids === undefined) this.byIndex.set(value, [entry.record.id]);
    else ids.push(entry.record.id);
  }

  private unindex(entry: Entry<T>): void {
    if (entry.indexed === null) return;
    const left = this.byIndex.get(entry.indexed)!.filter((id) => id !== entry.record.id);
    if (left.length === 0) this.byIndex.delete(entry.indexed);
    else this.byIndex.set(entry.indexed, left);
    entry.indexed = null;
  }

  /** Works in strides of a tenth of the bound, so that the order array is not copied for every record. */
  private forgetOldest(): void {
    const { most, mayForget } = this.traits;
    if (most === undefined || this.entries.size <= most * 1.1) return;
    let at = 0;
    for (; at < this.order.length && this.entries.size > most; at++) {
      const id = this.order[at];
      if (typeof id !== 'string') continue;
      if (mayForget?.(this.entries.get(id)!.record) === false) break;
      this.delete(id);
    }
    this.order = this.order.slice(at);
    this.forgotten += at;
  }
}
