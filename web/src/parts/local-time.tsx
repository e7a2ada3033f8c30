import { useSyncExternalStore } from 'react';

/** False on the server and in the first render of the browser, so that both write the same. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    subscribeToNothing,
    () => true,
    () => false,
  );
}

const styles = {
  time: { hour: '2-digit', minute: '2-digit' },
  date: { day: 'numeric', month: 'long', year: 'numeric' },
  moment: { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

/** A moment in the visitor's own time zone, which only the browser knows; UTC until it has taken over. */
export function LocalTime({ at, as }: { at: string; as: keyof typeof styles }) {
  const hydrated = useHydrated();
  const zone = hydrated ? {} : { timeZone: 'UTC' };
  return (
    <time dateTime={at} suppressHydrationWarning>
      {new Intl.DateTimeFormat('en-GB', { ...styles[as], ...zone }).format(new Date(at))}
    </time>
  );
}

function subscribeToNothing(): () => void {
  return () => {};
}
