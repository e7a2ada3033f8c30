import type { TimelineEntry } from '@paydesk/contract/orders';
import CreditCard from 'lucide-react/icons/credit-card';
import Landmark from 'lucide-react/icons/landmark';
import Mail from 'lucide-react/icons/mail';
import RotateCcw from 'lucide-react/icons/rotate-ccw';
import ShoppingBag from 'lucide-react/icons/shopping-bag';
import type { ReactNode } from 'react';
import { LocalTime } from '../parts/local-time.tsx';
import { actorText, groupTimeline, type TimelineSubject } from './timeline-groups.ts';

const icons: Record<TimelineSubject, ReactNode> = {
  order: <ShoppingBag />,
  payment: <CreditCard />,
  refund: <RotateCcw />,
  dispute: <Landmark />,
  mail: <Mail />,
};

/** What happened to the order, oldest first, each step with its time and who was behind it. */
export function Timeline({ entries }: { entries: readonly TimelineEntry[] }) {
  return (
    <ol>
      {groupTimeline(entries).map(({ subject, entries: told }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: entries are only ever added at the end, and have no id.
        <li key={index} className="group relative flex gap-3 pb-4 last:pb-0">
          <span
            aria-hidden="true"
            className="absolute top-8 bottom-0 left-[13px] w-0.5 bg-border group-last:hidden"
          />
          <span
            aria-hidden="true"
            className="grid size-7 shrink-0 place-items-center rounded-full bg-subtle text-muted *:size-4 *:stroke-[1.75]"
          >
            {icons[subject]}
          </span>
          <div className="min-w-0 flex-1 space-y-2 pt-1">
            {told.map((entry, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: as above.
              <Step key={place} entry={entry} />
            ))}
          </div>
        </li>
      ))}
    </ol>
  );
}

function Step({ entry }: { entry: TimelineEntry }) {
  return (
    <div>
      <p className="wrap-anywhere text-sm">{entry.message}</p>
      <p className="text-muted text-xs">
        <LocalTime at={entry.at} as="moment" /> · {actorText[entry.actor]}
      </p>
    </div>
  );
}
