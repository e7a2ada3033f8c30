import type { ReactNode } from 'react';

type CardProps = { title: ReactNode; actions?: ReactNode; className?: string; children: ReactNode };

export function Card({ title, actions, className, children }: CardProps) {
  return (
    <section className={`rounded-card border border-border bg-surface ${className ?? ''}`}>
      <div className="flex min-h-12 items-center gap-2 px-4 pt-2">
        <h2 className="mr-auto font-semibold text-base">{title}</h2>
        {actions}
      </div>
      <div className="px-4 pt-1 pb-4">{children}</div>
    </section>
  );
}

/** Names and what they are, a line each; what is null or undefined is left out. */
export function Facts({ facts }: { facts: readonly (readonly [string, ReactNode])[] }) {
  const known = facts.filter(([, value]) => value !== null && value !== undefined);
  return (
    <dl className="grid grid-cols-[minmax(6rem,auto)_1fr] items-baseline gap-x-4 gap-y-1.5">
      {known.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-muted">{name}</dt>
          <dd className="min-w-0 break-words">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
