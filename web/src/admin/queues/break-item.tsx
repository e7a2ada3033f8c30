import type { Break } from '@paydesk/contract/admin/breaks';
import { Link } from 'react-router';
import { Button } from '../../parts/button.tsx';
import { Ago } from '../parts/ago.tsx';
import { Amount } from '../parts/amount.tsx';
import { CopyId } from '../parts/copy-id.tsx';
import { sentence } from '../parts/sentence.ts';
import { OrderLink } from './order-link.tsx';

type BreakItemProps = { item: Break; close: ((item: Break) => void) | null };

/** One difference: what it is, how much it is about, since when, and what to do or what was done. */
export function BreakItem({ item, close }: BreakItemProps) {
  const { title, detail, advice, amount, currency, closedAt } = item;
  return (
    <li className="rounded-card border border-border bg-surface p-4">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="mr-auto min-w-0 max-w-prose flex-1 basis-72">
          <h2 className="font-semibold">{title}</h2>
          <p className="mt-1 break-words">{sentence(detail)}</p>
          {closedAt === null ? <p className="mt-2 text-muted">{advice}</p> : <Resolution item={item} />}
        </div>
        <div className="grid shrink-0 gap-1 text-right max-sm:w-full max-sm:text-left">
          {amount !== null && currency !== null && (
            <Amount money={{ amount, currency }} className="font-semibold" />
          )}
          <span className="text-muted">
            since <Ago at={item.openedAt} />
          </span>
          {item.orderNumber !== null && <OrderLink order={item} />}
          {close && closedAt === null && (
            <Button
              variant="secondary"
              size="small"
              className="mt-1 max-lg:min-h-11"
              aria-label={`Close: ${title}, ${item.object}`}
              onClick={() => close(item)}
            >
              Close
            </Button>
          )}
        </div>
      </div>
      <p className="mt-2 flex flex-wrap items-center gap-x-3 text-muted">
        <span className="font-mono text-xs">{item.kind}</span>
        <CopyId id={item.object} label="the id of what it is about" />
        <WhereToLook item={item} />
      </p>
    </li>
  );
}

function Resolution({ item: { closedAt, closedBy, resolution } }: { item: Break }) {
  return (
    <p className="mt-2">
      “{resolution}”{' '}
      <span className="text-muted">
        {closedBy}, {closedAt && <Ago at={closedAt} />}
      </span>
    </p>
  );
}

/** The page on which something can be done about it. */
function WhereToLook({ item: { kind, object } }: { item: Break }) {
  const places: Record<string, { to: string; label: string }> = {
    payment_not_found: {
      to: `/admin/events?object=${encodeURIComponent(object)}`,
      label: 'Look in the inbox',
    },
    effect_gave_up: { to: '/admin/effects?state=gave-up', label: 'Look in the outbox' },
  };
  const place = places[kind];
  if (!place) return null;
  return (
    <Link
      to={place.to}
      className="inline-flex min-h-11 items-center text-accent underline underline-offset-4 lg:min-h-7"
    >
      {place.label}
    </Link>
  );
}
