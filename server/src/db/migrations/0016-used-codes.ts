/** One-time codes of authenticators that were used, while they could still be used once more. */
export function usedCodes(int: string, strict: string): string[] {
  return [
    `CREATE TABLE used_codes (
      person_id TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE, code TEXT NOT NULL, used_at ${int} NOT NULL,
      PRIMARY KEY (person_id, code))${strict}`,
  ];
}
