import type { DeskEntry } from '@paydesk/contract/admin/desk';
import type { Actor, Order } from '@paydesk/contract/orders';
import CreditCard from 'lucide-react/icons/credit-card';
import Landmark from 'lucide-react/icons/landmark';
import Mail from 'lucide-react/icons/mail';
import RotateCcw from 'lucide-react/icons/rotate-ccw';
import ShoppingBag from 'lucide-react/icons/shopping-bag';
import Truck from 'lucide-react/icons/truck';
import { type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import { Ago } from '../parts/ago.tsx';
import { Card } from '../parts/card.tsx';
import { useDesk } from './desk-context.ts';
import { foldTimeline } from './timeline-fold.ts';

const icons: Record<string, ReactNode> = {
  payment: <CreditCard />,
  refund: <RotateCcw />,
  dispute: <Landmark />,
  mail: <Mail />,
  'order.shipped': <Truck />,
  'order.tracking': <Truck />,
  'order.paid': <CreditCard />,
};

const actors: Record<Actor, string> = {
  customer: 'Customer',
  operator: 'Operator',
  provider: 'Stripe',
  clock: 'The clock',
  reconciler: 'Comparing with Stripe',
  shop: 'The shop',
};

/** The provider is the one of the payment: at a bank nobody answers, so what it seems to say the shop says itself. */
function actorName({ actor, paymentId }: DeskEntry, { payments }: Order): string {
  const isOfBank = payments.find(({ id }) => id === paymentId)?.flow === 'transfer';
  return actor === 'provider' && isOfBank ? actors.shop : actors[actor];
}

/** Everything that happened, newest first. */
export function TimelineCard() {
  const { timeline } = useDesk().desk;
  const [unfolded, setUnfolded] = useState(false);
  const { newest, middle, first } = foldTimeline(timeline);
  const shown = unfolded ? [...newest, ...middle, ...first] : newest;
  return (
    <Card title="Timeline">
      <ol aria-label="Timeline">
        {shown.map((entry, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an e-mail and a step of the same moment have no other name.
          <Entry key={`${entry.at} ${entry.type} ${index}`} entry={entry} />
        ))}
        {!unfolded && middle.length > 0 && (
          <li className="pb-4 pl-10">
            <button
              type="button"
              onClick={() => setUnfolded(true)}
              className="min-h-11 rounded-control px-2 text-accent underline underline-offset-4 hover:bg-hover lg:min-h-8"
            >
              Show {middle.length} more
            </button>
          </li>
        )}
        {!unfolded && first.map((entry) => <Entry key="first" entry={entry} />)}
      </ol>
    </Card>
  );
}

function Entry({ entry }: { entry: DeskEntry }) {
  const { order } = useDesk().desk;
  const [raw, setRaw] = useState(false);
  return (
    <li className="group relative flex gap-3 pb-4 last:pb-0">
      <span
        aria-hidden="true"
        className="absolute top-8 bottom-0 left-[13px] w-0.5 bg-border group-last:hidden"
      />
      <span
        aria-hidden="true"
        className="grid size-7 shrink-0 place-items-center rounded-full bg-subtle text-muted *:size-4 *:stroke-[1.75]"
      >
        {icons[entry.type] ?? icons[entry.type.split('.')[0]!] ?? <ShoppingBag />}
      </span>
      <div className="min-w-0 flex-1 pt-1">
        <p className="wrap-anywhere">{entry.message}</p>
        {entry.decline && (
          <p className="my-1 border-danger border-l-2 pl-2">
            <code className="text-danger text-xs">{entry.decline.code}</code> {entry.decline.advice}
          </p>
        )}
        <div className="flex flex-wrap items-center gap-x-1.5 text-muted text-xs">
          <span>
            <Ago at={entry.at} /> · {entry.by ?? actorName(entry, order)}
          </span>
          {entry.eventId && (
            <>
              <span aria-hidden="true">·</span>
              <EventLink id={entry.eventId} className="break-all" />
            </>
          )}
          <span aria-hidden="true">·</span>
          <button
            type="button"
            aria-expanded={raw}
            onClick={() => setRaw(!raw)}
            className="min-h-11 rounded-control px-1 underline underline-offset-2 hover:bg-hover lg:min-h-6"
          >
            Raw<span className="sr-only"> data of this entry</span>
          </button>
        </div>
        {raw && (
          <pre className="mt-1 overflow-x-auto rounded-control bg-subtle p-3 font-mono text-xs">
            {JSON.stringify(entry, null, 2)}
          </pre>
        )}
      </div>
    </li>
  );
}

/** What the provider sent, in full. */
export function EventLink({ id, className }: { id: string; className: string }) {
  return (
    <Link
      to={`/admin/events/${encodeURIComponent(id)}`}
      className={`font-mono text-accent underline underline-offset-2 ${className}`}
    >
      {id}
    </Link>
  );
}
