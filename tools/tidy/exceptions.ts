/** A rule that one file, or one folder (ending in `/`), does not keep, and why that is better. */
export type Exception = { rule: string; file: string; reason: string };

export const exceptions: Exception[] = [
  // Time inside the databases' own machinery: no business time passes through these.
  {
    rule: 'clock',
    file: 'server/src/db/dialect-postgres.ts',
    reason: 'It spaces its retries and gathers notices.',
  },
  {
    rule: 'clock',
    file: 'server/src/db/dialect-postgres-notices.ts',
    reason: 'It gathers notices and waits to reconnect.',
  },
  {
    rule: 'clock',
    file: 'server/src/db/dialect-sqlite.ts',
    reason: 'It looks for changes of other processes at intervals.',
  },

  {
    rule: 'clock',
    file: 'server/src/identity.ts',
    reason: 'It is where the ports for time and ids are implemented.',
  },
  { rule: 'clock', file: 'server/src/jobs/loop.ts', reason: 'It waits between two rounds of a job.' },
  {
    rule: 'clock',
    file: 'server/src/http/routes/live.ts',
    reason: 'Its timers keep connections open; no business time.',
  },
  {
    rule: 'clock',
    file: 'server/src/http/routes/admin/live.ts',
    reason: 'It keeps a quiet connection open and spaces its notices.',
  },

  { rule: 'clock', file: 'server/src/main.ts', reason: 'It writes the log out ten times a second.' },

  // Group commit is a part of the SQLite dialect that has earned a file of its own.
  {
    rule: 'packages',
    file: 'server/src/db/group-commit.ts',
    reason: 'It drives the one SQLite connection that writes.',
  },
  {
    rule: 'dialect',
    file: 'server/src/db/group-commit.ts',
    reason: 'It sends that connection BEGIN IMMEDIATE and COMMIT.',
  },

  {
    rule: 'size',
    file: 'server/src/db/migrations/',
    reason: 'A list of tables reads best from top to bottom.',
  },

  {
    rule: 'environment',
    file: 'sandbox/tools/parity.ts',
    reason: 'A command of its own: the key comes from whoever runs it.',
  },

  { rule: 'unfinished', file: 'tools/tidy/shape.ts', reason: 'It has to spell the words it looks for.' },
  { rule: 'unfinished', file: 'tools/test/tidy.test.ts', reason: 'It plants them.' },
];
