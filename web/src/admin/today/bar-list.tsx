type BarListProps = {
  /** Longest first; `value` is how long, `says` what stands at its end. */
  bars: readonly { label: string; value: number; says: string; color?: 1 | 2 | 3 | 4 | 5 }[];
  /** As long as a whole bar; the longest where none is named. */
  whole?: number;
};

/** Bars with their names and numbers, drawn without a script. */
export function BarList({ bars, whole }: BarListProps) {
  const longest = Math.max(whole ?? 0, 1, ...bars.map(({ value }) => value));
  return (
    <ul className="grid gap-2.5">
      {bars.map(({ label, value, says, color = 1 }) => (
        <li key={label}>
          <div className="flex justify-between gap-3 text-[13px] leading-5">
            <span className="min-w-0 truncate" title={label}>
              {label}
            </span>
            <span className="whitespace-nowrap tabular-nums">{says}</span>
          </div>
          <svg
            aria-hidden="true"
            className="mt-1 block h-2 w-full"
            preserveAspectRatio="none"
            viewBox="0 0 100 1"
          >
            <rect width="100" height="1" className="fill-subtle" />
            <rect width={(value / longest) * 100} height="1" fill={`var(--chart-${color})`} />
          </svg>
        </li>
      ))}
    </ul>
  );
}
