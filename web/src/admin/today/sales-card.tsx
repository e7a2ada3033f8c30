import type { Today } from '@paydesk/contract/admin/today';
import { formatMoney } from '@paydesk/contract/money';
import { Chart, ChartFrame } from './chart-frame.tsx';
import { PartMissing } from './part-missing.tsx';
import { change, money, shortMoney, weekdayWords } from './words.ts';

/** Sales today against the same weekday last week. */
export function SalesCard({ today, className }: { today: Today; className?: string }) {
  const { sales, currency, date } = today;
  const title = 'Sales today';
  if (!sales) return <PartMissing title={title} className={className ?? ''} />;
  const then = `last ${weekdayWords(date)}`;
  const points = sales.hours.map(({ label, net, netLastWeek }) => ({
    at: label,
    below: label,
    title: `${label} to ${nextHour(label)}`,
    net,
    before: netLastWeek,
  }));
  const rows = sales.hours.map(({ label, net, netLastWeek }) => [
    label,
    net === null ? '–' : money(net, currency),
    money(netLastWeek, currency),
  ]);
  return (
    <ChartFrame
      title={title}
      summary={summaryOf(today, then)}
      columns={['Until the end of the hour', 'Today', capital(then)]}
      rows={rows}
      csv="/api/admin/figures.csv?chart=sales&period=hour"
      className={className ?? ''}
    >
      <p className="mb-2 font-semibold text-3xl tabular-nums" data-figure="net">
        {money(sales.today.net, currency)}
      </p>
      {sales.elsewhere.map((other) => (
        <p key={other.currency} className="mb-2 text-muted">
          And {formatMoney({ amount: other.received - other.refunded, currency: other.currency })} in{' '}
          {other.currency.toUpperCase()}
        </p>
      ))}
      <Chart
        points={points}
        series={[
          { key: 'before', label: capital(then), as: 'dashed', color: 5 },
          { key: 'net', label: 'Today', as: 'line', color: 1 },
        ]}
        short={(value) => shortMoney(value, currency)}
        full={(value) => money(value, currency)}
      />
    </ChartFrame>
  );
}

function summaryOf({ sales, currency }: Today, then: string): string {
  const { today, lastWeek } = sales!;
  const made = `${money(today.received, currency)} received, ${money(today.refunded, currency)} refunded.`;
  const compared = change(today.net, lastWeek.net);
  if (compared === null) return `${made} Nothing by this time ${then}.`;
  return `${made} By this time ${then}: ${money(lastWeek.net, currency)} (${compared}).`;
}

function nextHour(label: string): string {
  return `${String((Number(label.slice(0, 2)) + 1) % 24).padStart(2, '0')}${label.slice(2)}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
