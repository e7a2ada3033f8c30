/**
 * Accounts of customers and operators, in the tables of the library that keeps them: moments are ISO texts and yes or no
 * is 1 or 0 on both databases, because that is how it is told to write.
 */
export function peopleTables(int: string, strict: string): string[] {
  const moments = 'created_at TEXT NOT NULL, updated_at TEXT NOT NULL';
  const person = 'person_id TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE';
  return [
    `CREATE TABLE people (
      id TEXT PRIMARY KEY NOT NULL, name TEXT NOT NULL, email TEXT NOT NULL UNIQUE, email_verified ${int} NOT NULL, image TEXT,
      role TEXT NOT NULL DEFAULT 'customer', two_factor_enabled ${int}, ${moments})${strict}`,
    `CREATE TABLE sessions (
      id TEXT PRIMARY KEY NOT NULL, ${person}, token TEXT NOT NULL UNIQUE, expires_at TEXT NOT NULL, ip_address TEXT,
      user_agent TEXT, ${moments})${strict}`,
    `CREATE INDEX sessions_by_person ON sessions (person_id)`,
    `CREATE TABLE credentials (
      id TEXT PRIMARY KEY NOT NULL, ${person}, account_id TEXT NOT NULL, provider_id TEXT NOT NULL, password TEXT,
      access_token TEXT, refresh_token TEXT, id_token TEXT, access_token_expires_at TEXT, refresh_token_expires_at TEXT, scope TEXT,
      ${moments})${strict}`,
    `CREATE INDEX credentials_by_person ON credentials (person_id)`,
    `CREATE TABLE verifications (
      id TEXT PRIMARY KEY NOT NULL, identifier TEXT NOT NULL, value TEXT NOT NULL, expires_at TEXT NOT NULL, ${moments})${strict}`,
    `CREATE INDEX verifications_by_identifier ON verifications (identifier)`,
    `CREATE TABLE two_factors (
      id TEXT PRIMARY KEY NOT NULL, ${person}, secret TEXT NOT NULL, backup_codes TEXT NOT NULL, verified ${int},
      failed_verification_count ${int}, locked_until TEXT)${strict}`,
    `CREATE INDEX two_factors_by_person ON two_factors (person_id)`,
    `CREATE TABLE rate_limits (
      id TEXT PRIMARY KEY NOT NULL, key TEXT NOT NULL UNIQUE, count ${int} NOT NULL, last_request ${int} NOT NULL)${strict}`,
    // Wrong passwords by address and account, for a delay that grows.
    `CREATE TABLE sign_in_failures (
      key TEXT PRIMARY KEY NOT NULL, failures ${int} NOT NULL, blocked_until ${int} NOT NULL, failed_at ${int} NOT NULL)${strict}`,
    // Mails about accounts, until they are sent: they hold secrets.
    `CREATE TABLE notices (
      id TEXT PRIMARY KEY NOT NULL, recipient TEXT NOT NULL, subject TEXT NOT NULL, html TEXT NOT NULL, text TEXT NOT NULL,
      expires_at ${int} NOT NULL)${strict}`,
    `ALTER TABLE orders ADD COLUMN person_id TEXT`,
    `CREATE INDEX orders_by_person ON orders (person_id, placed_at) WHERE person_id IS NOT NULL`,
  ];
}
