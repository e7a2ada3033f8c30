import { useId } from 'react';
import { useDesk } from './desk-context.ts';

type UnitFieldsProps = {
  label: string;
  /** Of a product, at most so many. */
  most(productId: string): number;
  units: Readonly<Record<string, number>>;
  change(units: Record<string, number>): void;
};

/** How many units of each line; a line of which none is left says so. */
export function UnitFields({ label, most, units, change }: UnitFieldsProps) {
  const { order } = useDesk().desk;
  const id = useId();
  return (
    <ul aria-label={label} className="divide-y divide-border rounded-control border border-border">
      {order.lines.map((line) => {
        const left = most(line.productId);
        return (
          <li key={line.productId} className="flex min-h-12 items-center gap-3 px-3 py-1.5">
            <label htmlFor={id + line.productId} className="min-w-0 flex-1">
              {line.name} <span className="text-muted">{line.attribute}</span>
            </label>
            {left === 0 ? (
              <span className="text-muted">none left</span>
            ) : (
              <span className="inline-flex items-center gap-2 text-muted">
                <select
                  id={id + line.productId}
                  value={units[line.productId] ?? 0}
                  onChange={(event) => change({ ...units, [line.productId]: Number(event.target.value) })}
                  className="h-11 rounded-control border border-control bg-surface px-2 text-base text-text lg:h-8 lg:text-sm"
                >
                  {Array.from({ length: left + 1 }, (_, count) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: the count is what it is.
                    <option key={count} value={count}>
                      {count}
                    </option>
                  ))}
                </select>
                of {left}
              </span>
            )}
          </li>
        );
      })}
    </ul>
  );
}
