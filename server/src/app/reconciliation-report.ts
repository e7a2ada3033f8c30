import { formatMoney } from '@paydesk/contract/money';
import type { ComparedKind, Comparison, Difference } from './comparison.ts';
import type { ProviderReport, Reconciliation } from './reconcile.ts';

/** What a person can do about a difference that is left. */
export const advice: Record<ComparedKind, string> = {
  charge_not_booked:
    'Run again with --repair. If it stays, the database does not know the order (an old backup?): refund the payment at the provider, or restore the order.',
  charge_not_at_provider:
    'Do not ship. The books say paid and the provider never was: look for a change made by hand, or for keys of another account.',
  charge_differs: 'Compare the payment at the provider with the order, and refund or ask for the difference.',
  refund_not_booked:
    'Run again with --repair. If it stays, the refund is of money that belongs to no order here.',
  refund_not_found: 'Look at the payment at the provider. If the money did not go back, refund it there.',
  refund_status_differs:
    'Run again with --repair. If it stays, the provider changed a refund that was over here.',
  refund_differs: 'Compare both amounts, correct the order’s refunds, and close the break.',
  dispute_not_booked:
    'Run again with --repair. Answer the dispute at the provider before its evidence is due.',
  dispute_not_found:
    'Look at the payment at the provider; check that the keys are those of the right account.',
  dispute_differs: 'Run again with --repair.',
};

/** A reconciliation as a person reads it, in lines that end with a line break. */
export function describeReconciliation(reconciliation: Reconciliation): string {
  const { since, at, providers } = reconciliation;
  if (providers.length === 0) return 'No provider of this shop keeps records to compare with.\n';
  return providers.map((report) => describeProvider(report, since, at)).join('\n');
}

function describeProvider(report: ProviderReport, since: number, at: number): string {
  const { provider, comparisons, eventsFetched, orphansClosed, repaired } = report;
  const rows = comparisons.map(({ what, compared, differences, foreign }: Comparison) =>
    [what, compared, compared - differences.length, differences.length, foreign].map(String),
  );
  const lines = [
    `Compared with ${provider}, from ${moment(since)} to ${moment(at)}, without the last two minutes`,
    '',
    ...columns([['', 'compared', 'agree', 'differ', 'not ours'], ...rows]),
    '',
  ];
  if (eventsFetched !== null)
    lines.push(
      `Events fetched: ${eventsFetched}. Orphans ended: ${orphansClosed}. Differences repaired: ${repaired.length}.`,
    );
  for (const { difference, outcome } of repaired)
    lines.push(`  ${difference.kind} ${difference.objectId}: ${outcome}`);
  const left = comparisons.flatMap(({ differences }) => differences);
  lines.push(left.length === 0 ? 'No differences.' : `Differences: ${left.length}`);
  for (const difference of left) lines.push(...describeDifference(difference, at));
  return `${lines.join('\n')}\n`;
}

function describeDifference(difference: Difference, at: number): string[] {
  const { kind, objectId, orderId, amount, currency, detail } = difference;
  return [
    '',
    `  ${kind}  ${objectId}  ${formatMoney({ amount, currency })}  ${age(at - difference.at)} old`,
    `    ${orderId === null ? '' : `Order ${orderId}: `}${detail}`,
    `    ${advice[kind]}`,
  ];
}

/** Text in columns: the first to the left, numbers to the right. */
function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) =>
    `  ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!))).join('  ')}`.trimEnd(),
  );
}

function moment(time: number): string {
  return `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function age(milliseconds: number): string {
  const minutes = Math.max(0, Math.floor(milliseconds / 60_000));
  if (minutes < 120) return `${minutes} min`;
  return minutes < 2 * 24 * 60 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 60 / 24)} days`;
}
