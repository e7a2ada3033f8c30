/** Where people want their orders delivered, kept in their accounts. */
export function addressTables(int: string, strict: string): string[] {
  return [
    `CREATE TABLE addresses (
      id TEXT PRIMARY KEY NOT NULL, person_id TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
      recipient_json TEXT NOT NULL, address_json TEXT NOT NULL, is_standard ${int} NOT NULL, created_at ${int} NOT NULL)${strict}`,
    `CREATE INDEX addresses_by_person ON addresses (person_id, created_at)`,
    `CREATE UNIQUE INDEX addresses_one_standard ON addresses (person_id) WHERE is_standard = 1`,
  ];
}
