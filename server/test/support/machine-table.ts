/**
 * Reads a state machine written as text: one row per fact, one column per state, `·` where the state stays as it is.
 * Throws when a row does not have exactly one entry per column.
 */
export function readMachine(text: string): { facts: string[]; states: string[]; cells: MachineCell[] } {
  const [head = '', ...rows] = text.trim().split('\n');
  const [, ...states] = words(head);
  const facts: string[] = [];
  const cells: MachineCell[] = [];
  for (const row of rows) {
    const [fact = '', ...next] = words(row);
    if (next.length !== states.length)
      throw new Error(`${fact} has ${next.length} of ${states.length} entries`);
    facts.push(fact);
    for (const [column, state] of states.entries()) {
      cells.push({ fact, state, next: next[column] === '·' ? state : next[column]! });
    }
  }
  return { facts, states, cells };
}

export type MachineCell = { fact: string; state: string; next: string };

function words(row: string): string[] {
  return row.trim().split(/\s+/);
}
