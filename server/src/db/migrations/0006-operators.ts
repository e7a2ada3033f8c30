/** Operators as people: links that make somebody one, what each of them did, and refunds that wait for a second person. */
export function operatorTables(int: string, strict: string): string[] {
  return [
    // Only the hash of a link's secret is kept, because with it anybody becomes an operator.
    `CREATE TABLE operator_invitations (
      token_hash TEXT PRIMARY KEY NOT NULL, email TEXT NOT NULL, role TEXT NOT NULL, invited_by TEXT NOT NULL,
      created_at ${int} NOT NULL, expires_at ${int} NOT NULL, used_at ${int})${strict}`,
    `CREATE TABLE operator_actions (
      id TEXT PRIMARY KEY NOT NULL, at ${int} NOT NULL, operator_id TEXT, operator TEXT NOT NULL, role TEXT NOT NULL,
      action TEXT NOT NULL, object_id TEXT NOT NULL, order_id TEXT, reason TEXT, request_json TEXT NOT NULL)${strict}`,
    `CREATE INDEX operator_actions_by_time ON operator_actions (at, id)`,
    `CREATE INDEX operator_actions_by_order ON operator_actions (order_id, at) WHERE order_id IS NOT NULL`,
    // What became of it: a row of its own, because what was written down once is never changed.
    `CREATE TABLE operator_outcomes (
      action_id TEXT PRIMARY KEY NOT NULL, at ${int} NOT NULL, status ${int} NOT NULL, code TEXT)${strict}`,
    `CREATE TABLE approvals (
      id TEXT PRIMARY KEY NOT NULL, order_id TEXT NOT NULL REFERENCES orders (id), amount ${int} NOT NULL, currency TEXT NOT NULL,
      given ${int} NOT NULL, reason TEXT NOT NULL, request_json TEXT NOT NULL, asked_by_id TEXT, asked_by TEXT NOT NULL,
      asked_at ${int} NOT NULL, state TEXT NOT NULL, decided_by TEXT, decided_at ${int}, decision TEXT,
      CHECK (state IN ('waiting', 'approved', 'rejected')), CHECK (amount > 0))${strict}`,
    `CREATE UNIQUE INDEX approvals_one_waiting ON approvals (order_id) WHERE state = 'waiting'`,
    `CREATE INDEX approvals_by_order ON approvals (order_id, asked_at)`,
    `CREATE INDEX people_operators ON people (role) WHERE role <> 'customer'`,
  ];
}

export const appendOnlyTables = ['operator_actions', 'operator_outcomes'];
