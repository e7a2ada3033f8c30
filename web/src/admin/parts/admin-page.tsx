import type { ReactNode } from 'react';

type AdminPageProps = {
  title: ReactNode;
  /** Beside the title: what is done from here. */
  actions?: ReactNode;
  lead?: ReactNode;
  children: ReactNode;
};

export function AdminPage({ title, actions, lead, children }: AdminPageProps) {
  return (
    <>
      <div className="mb-4 flex flex-wrap items-center gap-x-4 gap-y-2">
        <h1 tabIndex={-1} className="mr-auto font-semibold text-2xl">
          {title}
        </h1>
        {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </div>
      {lead && <p className="-mt-2 mb-4 max-w-prose text-muted">{lead}</p>}
      {children}
    </>
  );
}
