import { Link, useSearchParams } from 'react-router';

type StateTabsProps = {
  label: string;
  tabs: readonly { state: string; label: string }[];
  /** The one that is shown. */
  current: string;
};

/** The states of a list, each a link, so that the one that is shown is in the address. */
export function StateTabs({ label, tabs, current }: StateTabsProps) {
  const [params] = useSearchParams();
  const to = (state: string) => {
    const next = new URLSearchParams(params);
    for (const name of ['after', 'before']) next.delete(name);
    next.set('state', state);
    return `?${next}`;
  };
  return (
    <nav aria-label={label} className="mb-4 flex overflow-x-auto border-border border-b">
      {tabs.map(({ state, label: word }) => (
        <Link
          key={state}
          to={to(state)}
          aria-current={state === current ? 'page' : undefined}
          className="flex min-h-11 shrink-0 items-center border-transparent border-b-2 px-3 text-muted hover:text-text aria-[current]:border-accent aria-[current]:font-medium aria-[current]:text-text lg:min-h-9"
        >
          {word}
        </Link>
      ))}
    </nav>
  );
}
