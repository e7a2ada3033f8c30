/**
 * The sandbox's own record of every call and what it did, append-only: the other side of a shop's books.
 * Entries are kept as text; memory holds the newest, a file behind the store holds them all.
 */
import type { FileStorage } from './store/file-storage.ts';

/** About 400 bytes each. */
const MOST_IN_MEMORY = 50_000;

export interface Effect {
  object: string;
  id: string;
  change: 'created' | 'updated' | 'deleted';
  status?: string;
  amount?: number;
  currency?: string;
  /** For a charge: its payment intent. */
  payment_intent?: string;
}

export interface JournalEntry {
  seq: number;
  /** Milliseconds since 1970. */
  at: number;
  /** What caused it: a call, a timer of the sandbox, the customer's bank, the command line, or a fault rule. */
  source: 'api' | 'timer' | 'bank' | 'start' | 'fault';
  method?: string;
  path?: string;
  request_id?: string;
  idempotency_key?: string;
  replayed?: boolean;
  status?: number;
  error?: string;
  /** For a fault: its kind and the rule that made it, and which delivery went wrong when it was no call. */
  fault?: string;
  rule?: string;
  event?: string;
  endpoint?: string;
  effects: Effect[];
  /** `id type` of each event, in order. */
  events: string[];
}

export class Journal {
  private readonly file: FileStorage | null;
  private entries: string[] = [];
  private last: number;

  constructor(file: FileStorage | null) {
    this.file = file;
    this.last = file?.lastJournalSequence() ?? 0;
  }

  append(entry: Omit<JournalEntry, 'seq'>): void {
    this.last++;
    const json = JSON.stringify({ seq: this.last, ...entry });
    this.file?.writeJournal(this.last, json);
    this.entries.push(json);
    if (this.entries.length > MOST_IN_MEMORY * 1.1) this.entries = this.entries.slice(-MOST_IN_MEMORY);
  }

  /** Entries after a sequence number, oldest first, as one JSON body. `first_seq` shows what memory forgot. */
  page(after: number, limit: number): string {
    const firstInMemory = this.last - this.entries.length + 1;
    const fromFile = this.file !== null && after + 1 < firstInMemory;
    const start = Math.max(after + 1 - firstInMemory, 0);
    const entries = fromFile
      ? this.file!.readJournal(after, limit)
      : this.entries.slice(start, start + limit);
    const first = this.file === null ? firstInMemory : 1;
    const hasMore = Math.max(after, first - 1) + entries.length < this.last;
    return `{"object":"journal","first_seq":${first},"last_seq":${this.last},"has_more":${hasMore},"entries":[${entries.join(',')}]}`;
  }
}
