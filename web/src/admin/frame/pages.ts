import type { LucideIcon } from 'lucide-react';
import BookOpen from 'lucide-react/icons/book-open';
import ClipboardList from 'lucide-react/icons/clipboard-list';
import FlaskConical from 'lucide-react/icons/flask-conical';
import Gauge from 'lucide-react/icons/gauge';
import Inbox from 'lucide-react/icons/inbox';
import Package from 'lucide-react/icons/package';
import Scale from 'lucide-react/icons/scale';
import Send from 'lucide-react/icons/send';
import Settings from 'lucide-react/icons/settings';
import Tag from 'lucide-react/icons/tag';
import TriangleAlert from 'lucide-react/icons/triangle-alert';
import UserCheck from 'lucide-react/icons/user-check';
import Users from 'lucide-react/icons/users';

export type AdminPageLink = {
  to: string;
  label: string;
  icon: LucideIcon;
  /** Pressed after `g`. */
  key?: string;
} & Rules;

/** To whom a place is of use; everybody where nothing is said. */
export type Rules = { sandboxOnly?: true; for?: 'manager' };

/** Who looks, as far as it decides which places are offered. */
export type Looker = { sandbox: boolean; mayManage: boolean };

/** Whether to offer a place. The server decides for itself who is let in. */
export function isOffered(rules: Rules, { sandbox, mayManage }: Looker): boolean {
  return (sandbox || !rules.sandboxOnly) && (mayManage || rules.for !== 'manager');
}

/** Every page of the back office, as the sidebar and the keyboard know them. */
export const adminPages: readonly { title: string; pages: readonly AdminPageLink[] }[] = [
  {
    title: 'Shop',
    pages: [
      { to: '/admin', label: 'Today', icon: Gauge, key: 't' },
      { to: '/admin/orders', label: 'Orders', icon: ClipboardList, key: 'o' },
      { to: '/admin/approvals', label: 'Approvals', icon: UserCheck, key: 'a' },
      { to: '/admin/products', label: 'Products', icon: Package, key: 'p' },
      { to: '/admin/discounts', label: 'Discounts', icon: Tag },
    ],
  },
  {
    title: 'Books',
    pages: [
      { to: '/admin/events', label: 'Inbox', icon: Inbox, key: 'i' },
      { to: '/admin/effects', label: 'Outbox', icon: Send, key: 'u' },
      { to: '/admin/breaks', label: 'Breaks', icon: TriangleAlert, key: 'b' },
      { to: '/admin/ledger', label: 'Ledger', icon: Scale, key: 'l' },
      { to: '/admin/actions', label: 'Log', icon: BookOpen },
    ],
  },
  {
    title: 'Set up',
    pages: [
      { to: '/admin/operators', label: 'Operators', icon: Users },
      { to: '/admin/settings', label: 'Settings', icon: Settings, key: 's' },
      { to: '/admin/lab', label: 'Failure lab', icon: FlaskConical, sandboxOnly: true, for: 'manager' },
    ],
  },
];
