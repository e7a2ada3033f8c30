import { formatMoney } from '@paydesk/contract/money';
import type { PricedLine } from '@paydesk/contract/quote';
import { Thumbnail } from '../parts/product-picture.tsx';

/** What is bought, line by line, each with its picture and how many. */
export function SummaryLines({ lines }: { lines: readonly PricedLine[] }) {
  return (
    <ul className="space-y-4">
      {lines.map((line) => (
        <li key={line.productId} className="flex items-start gap-4">
          <div className="relative">
            <Thumbnail image={line.image} size="small" />
            <span
              aria-hidden="true"
              className="absolute -top-2 -right-2 min-w-6 rounded-full bg-text px-1.5 text-center text-bg text-xs leading-6 tabular-nums"
            >
              {line.quantity}
            </span>
          </div>
          <div className="min-w-0 flex-1">
            <p className="font-medium">{line.name}</p>
            <p className="text-muted text-sm">{line.attribute}</p>
            <p className="sr-only">Quantity {line.quantity}</p>
          </div>
          <p className="tabular-nums">{formatMoney(line.subtotal)}</p>
        </li>
      ))}
    </ul>
  );
}
