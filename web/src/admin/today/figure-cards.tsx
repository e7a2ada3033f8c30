import type { FigurePoint, Figures } from '@paydesk/contract/admin/figures';
import { formatMoney } from '@paydesk/contract/money';
import { BarList } from './bar-list.tsx';
import { Chart, ChartFrame } from './chart-frame.tsx';
import type { Range } from './ranges.ts';
import { queryOf } from './ranges.ts';
import {
  codeWords,
  countWords,
  delayWords,
  largest,
  longPointWords,
  money,
  percent,
  pointWords,
  salesSummary,
  shortMoney,
  whenWords,
} from './words.ts';

type CardProps = { figures: Figures; range: Range; className?: string };

const first: Record<Figures['period'], string> = { hour: 'Hour', day: 'Day', week: 'Week of' };
const each: Record<Figures['period'], string> = { hour: 'by hour', day: 'by day', week: 'by week' };

function csvOf(chart: string, range: Range): string {
  return `/api/admin/figures.csv?chart=${chart}&${queryOf(range)}`;
}

function pointsOf<Numbers extends Record<string, number | null>>(
  { points, period }: Figures,
  numbers: (point: FigurePoint) => Numbers,
) {
  return points.map((point) => ({
    at: point.label,
    below: pointWords(point.label, period),
    title: longPointWords(point.label, period),
    ...numbers(point),
  }));
}

function rowsOf({ points, period }: Figures, cells: (point: FigurePoint) => (string | number)[]) {
  return points.map((point) => [pointWords(point.label, period), ...cells(point)]);
}

/** What came in, and what of it went back. */
export function RevenueCard({ figures, range, className }: CardProps) {
  const { currency, period } = figures;
  return (
    <ChartFrame
      title={`Money ${each[period]}`}
      summary={salesSummary(figures, range.during)}
      columns={[first[period], 'Received', 'Refunded', 'Kept']}
      rows={rowsOf(figures, ({ received, refunded, net }) =>
        [received, -refunded, net].map((amount) => money(amount, currency)),
      )}
      csv={csvOf('sales', range)}
      className={className ?? ''}
    >
      <Chart
        points={pointsOf(figures, ({ net, refunded }) => ({ kept: Math.max(0, net), refunded }))}
        series={[
          { key: 'kept', label: 'Kept', as: 'bar', color: 1 },
          { key: 'refunded', label: 'Refunded', as: 'bar', color: 3 },
        ]}
        short={(value) => shortMoney(value, currency)}
        full={(value) => money(value, currency)}
      />
      {figures.elsewhere.map((other) => (
        <p key={other.currency} className="mt-2 text-muted">
          Besides {formatMoney({ amount: other.received, currency: other.currency })} received and{' '}
          {formatMoney({ amount: other.refunded, currency: other.currency })} refunded in{' '}
          {other.currency.toUpperCase()}.
        </p>
      ))}
    </ChartFrame>
  );
}

/** How many orders were placed and paid. */
export function OrdersCard({ figures, range, className }: CardProps) {
  const { total, points, period } = figures;
  const most = largest(points, ({ placed }) => placed);
  const peak = most && most.placed > 0 ? ` Most ${whenWords(most, period)}: ${countWords(most.placed)}.` : '';
  return (
    <ChartFrame
      title={`Orders ${each[period]}`}
      summary={`${countWords(total.placed)} placed and ${countWords(total.paid)} paid ${range.during}.${peak}`}
      columns={[first[period], 'Placed', 'Paid']}
      rows={rowsOf(figures, ({ placed, paid }) => [placed, paid])}
      csv={csvOf('sales', range)}
      className={className ?? ''}
    >
      <Chart
        points={withoutEnd(
          figures,
          pointsOf(figures, ({ placed, paid }) => ({ placed, paid })),
        )}
        series={[
          { key: 'placed', label: 'Placed', as: 'dashed', color: 2 },
          { key: 'paid', label: 'Paid', as: 'line', color: 1 },
        ]}
        short={String}
        full={String}
      />
    </ChartFrame>
  );
}

/** A line that falls because the last day is not over yet would only frighten: it ends with the day before. */
function withoutEnd<Point>({ period }: Figures, points: Point[]): Point[] {
  return period === 'hour' || points.length < 3 ? points : points.slice(0, -1);
}

/** What became of attempts to pay and of what was paid. */
export function OutcomesCard({ figures, range, className }: CardProps) {
  const { total, period } = figures;
  const tries = total.receipts + total.failed;
  return (
    <ChartFrame
      title={`Payments ${each[period]}`}
      summary={`${countWords(total.receipts)} of ${countWords(tries)} attempts succeeded (${percent(total.receipts, tries)}), ${countWords(total.failed)} failed. ${countWords(total.refunds)} refunds, ${countWords(total.disputed)} disputes.`}
      columns={[first[period], 'Succeeded', 'Failed', 'Refunds', 'Disputes']}
      rows={rowsOf(figures, (point) => [point.receipts, point.failed, point.refunds, point.disputed])}
      csv={csvOf('outcomes', range)}
      className={className ?? ''}
    >
      <Chart
        points={pointsOf(figures, ({ receipts, failed, refunds, disputed }) => ({
          receipts,
          failed,
          refunds,
          disputed,
        }))}
        series={[
          { key: 'receipts', label: 'Succeeded', as: 'bar', color: 1 },
          { key: 'failed', label: 'Failed', as: 'bar', color: 4 },
          { key: 'refunds', label: 'Refunds', as: 'bar', color: 3 },
          { key: 'disputed', label: 'Disputes', as: 'bar', color: 2 },
        ]}
        short={String}
        full={String}
      />
    </ChartFrame>
  );
}

/** From placed to paid. */
export function FunnelCard({ figures, range, className }: CardProps) {
  const { placed, paid, canceled, expired } = figures.total;
  const steps = [
    { label: 'Placed', value: placed, color: 2 as const },
    { label: 'Paid', value: paid, color: 1 as const },
    { label: 'Expired unpaid', value: expired, color: 3 as const },
    { label: 'Cancelled', value: canceled, color: 5 as const },
  ];
  return (
    <ChartFrame
      title="From placed to paid"
      summary={
        placed === 0
          ? `No order was placed ${range.during}.`
          : `${percent(paid, placed)} as many orders were paid as were placed. Each counts when it happened.`
      }
      columns={['Step', 'Orders', 'Of those placed']}
      rows={steps.map(({ label, value }) => [label, value, percent(value, placed)])}
      csv={csvOf('outcomes', range)}
      className={className ?? ''}
    >
      <BarList
        whole={placed}
        bars={steps.map((step) => ({
          ...step,
          says: `${countWords(step.value)} · ${percent(step.value, placed)}`,
        }))}
      />
    </ChartFrame>
  );
}

/** As many bars as are read; the rest becomes one. */
const mostReasons = 8;

export function FailuresCard({ figures, range, className }: CardProps) {
  const { failures, total } = figures;
  const rest = failures.slice(mostReasons).reduce((sum, { count }) => sum + count, 0);
  const shown = failures
    .slice(0, mostReasons)
    .map(({ code, count }) => ({ label: codeWords(code), value: count }));
  const bars = rest > 0 ? [...shown, { label: 'Others', value: rest }] : shown;
  const [top] = failures;
  return (
    <ChartFrame
      title="Why payments fail"
      summary={
        top
          ? `${countWords(total.failed)} attempts failed, ${percent(top.count, total.failed)} of them for: ${codeWords(top.code).toLowerCase()}.`
          : 'No attempt failed.'
      }
      columns={['Reason', 'Attempts', 'Share']}
      rows={failures.map(({ code, count }) => [codeWords(code), count, percent(count, total.failed)])}
      csv={csvOf('failures', range)}
      className={className ?? ''}
    >
      <BarList
        bars={bars.map((bar) => ({
          ...bar,
          says: `${countWords(bar.value)} · ${percent(bar.value, total.failed)}`,
          color: 4 as const,
        }))}
      />
    </ChartFrame>
  );
}

export function ProductsCard({ figures, range, className }: CardProps) {
  const { products, currency } = figures;
  const [best] = products;
  return (
    <ChartFrame
      title="Top products"
      summary={
        best
          ? `${best.name} brought most: ${money(best.amount, currency)} before tax, ${countWords(best.units)} sold.`
          : `Nothing was sold ${range.during}.`
      }
      columns={['Product', 'Units', 'Before tax']}
      rows={products.map(({ name, units, amount }) => [name, units, money(amount, currency)])}
      csv={csvOf('products', range)}
      className={className ?? ''}
    >
      <BarList
        bars={products.map(({ name, units, amount }) => ({
          label: name,
          value: amount,
          says: `${countWords(units)} for ${money(amount, currency)}`,
        }))}
      />
    </ChartFrame>
  );
}

/** Past this the shop is behind: by then events have been fetched where they were not delivered. In milliseconds. */
const lagLimit = 60_000;

/** Are we behind? */
export function LagCard({ figures, range, className }: CardProps) {
  const { points, period } = figures;
  const known = points.filter(({ lag }) => lag.events > 0);
  const worst = largest(known, ({ lag }) => lag.most ?? 0);
  const isLate = (worst?.lag.most ?? 0) > lagLimit;
  return (
    <ChartFrame
      title="Are we behind?"
      summary={
        worst
          ? `${isLate ? 'At times' : 'No'}. At the worst, 95 % of the provider’s events reached us within ${delayWords(worst.lag.most)}.`
          : `No event came ${range.during}.`
      }
      columns={[first[period], 'Half within', '95 % within', 'Events looked at']}
      rows={rowsOf(figures, ({ lag }) => [delayWords(lag.half), delayWords(lag.most), lag.events])}
      csv={csvOf('lag', range)}
      className={className ?? ''}
    >
      <Chart
        points={pointsOf(figures, ({ lag }) => ({ half: inSeconds(lag.half), most: inSeconds(lag.most) }))}
        series={[
          { key: 'half', label: 'Half within', as: 'dashed', color: 2 },
          { key: 'most', label: '95 % within', as: 'line', color: 1 },
        ]}
        short={(value) => `${value} s`}
        full={(value) => delayWords(value * 1_000)}
        limit={{ value: lagLimit / 1_000, label: 'a minute' }}
      />
    </ChartFrame>
  );
}

function inSeconds(milliseconds: number | null): number | null {
  return milliseconds === null ? null : milliseconds / 1_000;
}
