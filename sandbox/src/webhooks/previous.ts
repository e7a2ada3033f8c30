/** `previous_attributes` of events: what changed, as it was. */

/**
 * Leaves of each hash the keys that changed; one that is new was null. Arrays are told whole. Source: recorded events
 * (`product.updated` with `metadata: {tier: null}`, `invoice.updated` with a part of `status_transitions`).
 */
export function onlyChanged(before: Record<string, unknown>, after: object): Record<string, unknown> {
  const now = after as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(before).map(([name, value]) => [name, changedPart(value, now[name])]),
  );
}

function changedPart(before: unknown, after: unknown): unknown {
  if (!isHash(before) || !isHash(after)) return before;
  const names = Object.keys({ ...before, ...after });
  const changed = names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
  return Object.fromEntries(changed.map((name) => [name, changedPart(before[name], after[name]) ?? null]));
}

function isHash(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
