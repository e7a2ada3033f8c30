import {
  Bar,
  CartesianGrid,
  ComposedChart,
  Legend,
  Line,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';

/** One row of numbers in a chart: where they are in each point, and how they are drawn. */
export type Series = {
  key: string;
  label: string;
  as: 'line' | 'dashed' | 'bar';
  /** One of the five colours of charts. */
  color: 1 | 2 | 3 | 4 | 5;
};

export type ChartProps = {
  /** `at` tells them apart, `below` is said under it, `title` to whoever points at it. */
  points: readonly ({ at: string; below: string; title: string } & Record<string, number | string | null>)[];
  series: readonly Series[];
  /** A number on the axis, and in full. */
  short(value: number): string;
  full(value: number): string;
  /** A line that should not be crossed. */
  limit?: { value: number; label: string };
};

const text = { fontSize: 12, fill: 'var(--muted)' };
const still = { isAnimationActive: false };

/** All charts of the back office: lines and stacked bars from zero, with few and quiet lines behind them. */
export function Charts(props: ChartProps) {
  const { points, series, limit } = props;
  const words = new Map(points.map((point) => [point.at, point]));
  return (
    <ResponsiveContainer width="100%" height="100%">
      <ComposedChart
        data={[...points]}
        margin={{ top: 8, right: 8, bottom: 0, left: 0 }}
        accessibilityLayer={false}
        barCategoryGap="20%"
      >
        <CartesianGrid vertical={false} stroke="var(--border)" />
        {axes(props, (at) => words.get(at)?.below ?? at)}
        {pointer(props, (at) => words.get(at)?.title ?? at)}
        {series.length > 1 && (
          <Legend
            iconType="plainline"
            wrapperStyle={{ fontSize: 12 }}
            formatter={(name) => <Name of={name} />}
          />
        )}
        {limit && (
          <ReferenceLine
            y={limit.value}
            stroke="var(--danger)"
            strokeDasharray="2 4"
            ifOverflow="extendDomain"
            label={{ value: limit.label, position: 'insideTopRight', ...text }}
          />
        )}
        {series.map((one) => drawn(one, points.length))}
      </ComposedChart>
    </ResponsiveContainer>
  );
}

function axes({ short }: ChartProps, wordsBelow: (at: string) => string) {
  return (
    <>
      <XAxis
        dataKey="at"
        tick={text}
        tickFormatter={wordsBelow}
        tickLine={false}
        axisLine={{ stroke: 'var(--border)' }}
        interval="preserveStartEnd"
        minTickGap={24}
      />
      <YAxis
        tick={text}
        tickFormatter={short}
        tickLine={false}
        axisLine={false}
        tickCount={4}
        width={48}
        allowDecimals={false}
      />
    </>
  );
}

/** The numbers of what somebody points at. */
function pointer({ full }: ChartProps, title: (at: string) => string) {
  return (
    <Tooltip
      {...still}
      cursor={{ fill: 'var(--hover)', stroke: 'var(--control)' }}
      contentStyle={{
        background: 'var(--surface)',
        border: '1px solid var(--border)',
        borderRadius: 6,
        color: 'var(--text)',
        fontSize: 12,
      }}
      formatter={(value) => (typeof value === 'number' ? full(value) : '–')}
      labelFormatter={(at) => title(String(at))}
    />
  );
}

function drawn({ key, label, as, color }: Series, points: number) {
  const common = { dataKey: key, name: label, ...still };
  const paint = `var(--chart-${color})`;
  if (as === 'bar') return <Bar key={key} {...common} stackId="bars" fill={paint} maxBarSize={36} />;
  const dashes = as === 'dashed' ? { strokeDasharray: '5 4' } : {};
  // A line of one point would not be seen.
  const dot = points === 1;
  return <Line key={key} {...common} {...dashes} type="monotone" stroke={paint} strokeWidth={2} dot={dot} />;
}

/** In the colour of words: those of the lines are too pale for small ones. */
function Name({ of }: { of: unknown }) {
  return <span className="text-muted">{String(of)}</span>;
}
