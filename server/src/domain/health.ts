/** What a doctor says of one thing that can go wrong. `skipped`: it could not, or need not, be looked at. */
export type Verdict = 'ok' | 'warn' | 'fail' | 'skipped';

/** `found` and `todo` are sentences for a person; nothing is to be done about what is ok or was skipped for a good reason. */
export type Finding = { name: string; verdict: Verdict; found: string; todo: string | null };

/** Whose keys these are, as the provider knows them. */
export type AccountRecord = {
  id: string;
  name: string | null;
  /** Whether it may take payments. */
  takesPayments: boolean;
  /** The version of the API in which it answered, where it says so. */
  version: string | null;
};

/** Where the provider sends its notifications. */
export type EndpointRecord = {
  id: string;
  url: string;
  isEnabled: boolean;
  /** Types of events; `*` is every one. */
  events: string[];
  /** The version of the API in which its events are written; null where it is the account's own. */
  version: string | null;
};

/**
 * A provider's answer to a question about itself. `wrong_key`: it does not know the key. `forbidden`: the key may not ask
 * this. `silent`: no usable answer came. `clock` is the provider's time at the answer in epoch milliseconds, exact to
 * half a second, where it was told.
 */
export type ProviderSays<T> = { clock: number | null } & (
  | { says: 'answer'; value: T }
  | { says: 'wrong_key' | 'forbidden' | 'silent'; why: string }
);

/** How full the database is, in bytes. `free`: what is left on its volume; null where that is another machine's. */
export type Storage = { used: number; free: number | null };

/** How a database stands to this version: what it lacks, and what only a newer version knows. */
export type MigrationState = { pending: string[]; unknown: string[] };

export function ok(name: string, found: string): Finding {
  return { name, verdict: 'ok', found, todo: null };
}

export function warn(name: string, found: string, todo: string): Finding {
  return { name, verdict: 'warn', found, todo };
}

export function fail(name: string, found: string, todo: string): Finding {
  return { name, verdict: 'fail', found, todo };
}

export function skipped(name: string, found: string): Finding {
  return { name, verdict: 'skipped', found, todo: null };
}

/** The worst of these, where what was skipped counts as ok. */
export function worstOf(findings: readonly Finding[]): Exclude<Verdict, 'skipped'> {
  if (findings.some(({ verdict }) => verdict === 'fail')) return 'fail';
  return findings.some(({ verdict }) => verdict === 'warn') ? 'warn' : 'ok';
}
