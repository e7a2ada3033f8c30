import { formatMoney } from '@paydesk/contract/money';
import { adviceOn } from '../domain/break-advice.ts';
import type { Comparison, Difference } from './comparison.ts';
import type { ProviderReport, Reconciliation } from './reconcile.ts';

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
    `    ${adviceOn(kind).do}`,
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
