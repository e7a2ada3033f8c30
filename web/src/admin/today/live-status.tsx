import { Link } from 'react-router';
import { useHydrated } from '../../parts/local-time.tsx';
import type { Live } from './use-live-figures.ts';

const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

/** How old what is shown is: by itself the page stays new, and says so when it cannot. */
export function LiveStatus({ live: { updatedAt, trouble } }: { live: Live }) {
  const hydrated = useHydrated();
  const updated = updatedAt === null ? null : `Updated ${time.format(updatedAt)}`;
  if (!hydrated) return null;
  return (
    <p className="flex items-center gap-2 text-muted text-xs" aria-live={trouble ? 'polite' : 'off'}>
      <span
        aria-hidden="true"
        className={`size-2 rounded-full ${trouble ? 'bg-warning' : updated ? 'bg-success' : 'bg-faint'}`}
      />
      {[updated ?? 'Connecting…', trouble].filter(Boolean).join(', ')}
      {trouble === 'You are signed out.' && (
        <Link to="/sign-in?next=/admin" className="text-accent underline underline-offset-4">
          Sign in
        </Link>
      )}
    </p>
  );
}
