import { lazy, type ReactNode, Suspense } from 'react';
import { useHydrated } from '../../parts/local-time.tsx';
import { Card } from '../parts/card.tsx';
import type { ChartProps } from './charts.tsx';

// The chart library is large and of the back office alone, so it comes when one is drawn, and only in the browser.
const Charts = lazy(async () => ({ default: (await import('./charts.tsx')).Charts }));

type Cell = string | number;

type ChartFrameProps = {
  /** The question that it answers. */
  title: string;
  /** What it shows, in one sentence: for everybody, and instead of the picture for those who do not see it. */
  summary: string;
  columns: readonly string[];
  rows: readonly (readonly Cell[])[];
  /** Where the same numbers are as a file. */
  csv?: string;
  className?: string;
  children: ReactNode;
};

/** A picture of numbers: with what it says in words, and the numbers themselves as a table and as a file. */
export function ChartFrame({ title, summary, columns, rows, csv, className, children }: ChartFrameProps) {
  const link = csv && (
    <a
      href={csv}
      download
      className="inline-flex min-h-11 items-center text-muted text-xs underline underline-offset-4 hover:text-text lg:min-h-8"
    >
      CSV<span className="sr-only">, {title}</span>
    </a>
  );
  return (
    <Card title={title} actions={link || undefined} className={className ?? ''}>
      <p className="mb-3 text-muted">{summary}</p>
      {children}
      <details className="mt-2">
        <summary className="inline-flex min-h-11 items-center text-muted text-xs underline underline-offset-4 hover:text-text lg:min-h-8">
          Show as a table<span className="sr-only">: {title}</span>
        </summary>
        <NumberTable label={title} columns={columns} rows={rows} />
      </details>
    </Card>
  );
}

function NumberTable({
  label,
  columns,
  rows,
}: { label: string } & Pick<ChartFrameProps, 'columns' | 'rows'>) {
  return (
    <section
      aria-label={`${label}, as a table`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what is longer than the card has to scroll by keyboard as well.
      tabIndex={0}
      className="mt-1 max-h-72 overflow-auto rounded-control border border-border"
    >
      <table className="w-full border-collapse text-[13px] leading-5">
        <thead>
          <tr className="sticky top-0 bg-subtle text-left text-muted">
            {columns.map((column, index) => (
              <th
                key={column}
                scope="col"
                className={`h-8 px-3 font-medium ${index > 0 ? 'text-right' : ''}`}
              >
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([first, ...cells]) => (
            <tr key={first} className="border-border border-t">
              <th scope="row" className="h-8 whitespace-nowrap px-3 text-left font-normal">
                {first}
              </th>
              {cells.map((cell, index) => (
                <td key={columns[index + 1]} className="h-8 whitespace-nowrap px-3 text-right tabular-nums">
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** The picture itself, once the browser has taken over; its place is kept before, so that nothing moves. */
export function Chart(props: ChartProps) {
  const hydrated = useHydrated();
  const place = <div className="h-56 rounded-control bg-subtle" />;
  return (
    <div aria-hidden="true" className="h-56">
      {hydrated ? (
        <Suspense fallback={place}>
          <Charts {...props} />
        </Suspense>
      ) : (
        place
      )}
    </div>
  );
}
