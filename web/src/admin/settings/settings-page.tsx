import type { ReactNode } from 'react';
import { NavLink } from 'react-router';
import { AdminPage } from '../parts/admin-page.tsx';

const tabs = [
  { to: '/admin/settings', label: 'Shop' },
  { to: '/admin/settings/delivery', label: 'Delivery & tax' },
  { to: '/admin/settings/payments', label: 'Payments' },
  { to: '/admin/settings/mails', label: 'E-mails' },
  { to: '/admin/settings/health', label: 'Health' },
];

type SettingsPageProps = { actions?: ReactNode; lead?: ReactNode; children: ReactNode };

/** One page of the settings, and the way to the others. */
export function SettingsPage({ actions, lead, children }: SettingsPageProps) {
  return (
    <AdminPage title="Settings" actions={actions}>
      <nav aria-label="Settings" className="mb-5 overflow-x-auto border-border border-b">
        <ul className="flex sm:gap-1">
          {tabs.map(({ to, label }) => (
            <li key={to}>
              <NavLink
                to={to}
                end
                className="flex min-h-11 items-center whitespace-nowrap border-transparent border-b-2 px-1.5 text-muted sm:px-3 hover:text-text aria-[current=page]:border-accent aria-[current=page]:font-medium aria-[current=page]:text-accent"
              >
                {label}
              </NavLink>
            </li>
          ))}
        </ul>
      </nav>
      {lead && <p className="mb-4 max-w-prose text-muted">{lead}</p>}
      {children}
    </AdminPage>
  );
}
