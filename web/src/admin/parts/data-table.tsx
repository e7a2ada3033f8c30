import type { ReactNode } from 'react';
import { Link } from 'react-router';

export type Column<Row> = {
  label: string;
  /** Numbers stand at the right. */
  align?: 'right';
  /** Left out on a phone. */
  minor?: boolean;
  cell(row: Row): ReactNode;
};

type DataTableProps<Row> = {
  /** What the table is, for those who do not see it. */
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf(row: Row): string;
  /** Where a row leads; the first cell is its link, and the whole row can be pressed. */
  hrefOf?(row: Row): string;
};

/** A real table. `j`, `k` and Enter go through its rows. */
export function DataTable<Row>({ label, columns, rows, keyOf, hrefOf }: DataTableProps<Row>) {
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what is wider than the screen has to scroll by keyboard as well.
      tabIndex={0}
      className="overflow-x-auto rounded-card border border-border bg-surface"
    >
      <table className="w-full border-collapse text-[13px] leading-5">
        <thead>
          <tr className="border-border border-b bg-subtle text-left text-muted">
            {columns.map((column) => (
              <th key={column.label} scope="col" className={`h-9 px-3 font-medium ${classOf(column)}`}>
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr
              key={keyOf(row)}
              className={`relative border-border border-b last:border-b-0 ${hrefOf ? 'hover:bg-hover focus-within:bg-hover' : ''}`}
            >
              {columns.map((column, index) => (
                <td key={column.label} className={`h-12 px-3 py-1.5 lg:h-10 ${classOf(column)}`}>
                  {index === 0 && hrefOf ? (
                    <Link
                      to={hrefOf(row)}
                      data-row=""
                      prefetch="intent"
                      className="font-medium after:absolute after:inset-0"
                    >
                      {column.cell(row)}
                    </Link>
                  ) : (
                    column.cell(row)
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function classOf<Row>({ align, minor }: Column<Row>): string {
  return `${align === 'right' ? 'text-right tabular-nums' : ''} ${minor ? 'max-md:hidden' : ''}`;
}
