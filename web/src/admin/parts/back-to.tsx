import ChevronLeft from 'lucide-react/icons/chevron-left';
import { Link } from 'react-router';

/** Where a page leads back to: the list that it belongs to. */
export function BackTo({ to, label }: { to: string; label: string }) {
  return (
    <Link to={to} className="inline-flex min-h-11 items-center gap-1 text-muted hover:text-text lg:min-h-8">
      <ChevronLeft aria-hidden="true" size={16} />
      {label}
    </Link>
  );
}
