import type { OrderView } from '@paydesk/contract/admin/orders';
import { Link } from 'react-router';

const tabs: readonly { view: OrderView; label: string }[] = [
  { view: 'all', label: 'All' },
  { view: 'needs-action', label: 'Needs action' },
  { view: 'unpaid', label: 'Unpaid' },
  { view: 'disputed', label: 'Disputed' },
];

/** What operators look at most. Each is an address of its own. */
export function ViewTabs({ current }: { current: OrderView }) {
  return (
    <nav aria-label="Views" className="-mx-1 mb-4 flex gap-1 overflow-x-auto border-border border-b px-1">
      {tabs.map(({ view, label }) => (
        <Link
          key={view}
          to={view === 'all' ? '/admin/orders' : `/admin/orders?view=${view}`}
          aria-current={view === current ? 'page' : undefined}
          className="-mb-px flex min-h-11 shrink-0 items-center whitespace-nowrap border-transparent border-b-2 px-3 text-muted hover:text-text aria-[current=page]:border-accent aria-[current=page]:font-medium aria-[current=page]:text-text lg:min-h-9"
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}

export function viewLabel(view: OrderView): string {
  return tabs.find((tab) => tab.view === view)!.label;
}
