import type { ReactNode } from 'react';
import { BackTo } from './back-to.tsx';

type AdminPageProps = {
  /** The list that the page belongs to. */
  back?: { to: string; label: string };
  title: ReactNode;
  /** Beside the title: what is done from here. */
  actions?: ReactNode;
  lead?: ReactNode;
  children: ReactNode;
};

export function AdminPage({ back, title, actions, lead, children }: AdminPageProps) {
  return (
    <>
      {back && <BackTo {...back} />}
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
