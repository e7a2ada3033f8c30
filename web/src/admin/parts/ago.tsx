import { useEffect, useState } from 'react';
import { useHydrated } from '../../parts/local-time.tsx';

const minute = 60_000;
const steps = [
  { below: 60 * minute, unit: minute, word: 'min' },
  { below: 24 * 60 * minute, unit: 60 * minute, word: 'h' },
  { below: 14 * 24 * 60 * minute, unit: 24 * 60 * minute, word: 'd' },
];

const full: Intl.DateTimeFormatOptions = {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
};

/** How long ago a moment is, or in how long; the moment itself on hover, and on the page as the server sent it. */
export function Ago({ at }: { at: string }) {
  const hydrated = useHydrated();
  const now = useNow();
  const zone = hydrated ? {} : { timeZone: 'UTC' };
  const moment = new Intl.DateTimeFormat('en-GB', { ...full, ...zone }).format(new Date(at));
  return (
    <time dateTime={at} title={moment} suppressHydrationWarning className="whitespace-nowrap">
      {hydrated ? wordsFor(at, now) : moment.slice(0, -3)}
    </time>
  );
}

function wordsFor(at: string, now: number): string {
  const apart = now - Date.parse(at);
  const distance = Math.abs(apart);
  if (distance < minute) return 'just now';
  const step = steps.find(({ below }) => distance < below);
  if (!step)
    return new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' }).format(
      new Date(at),
    );
  const count = `${Math.floor(distance / step.unit)} ${step.word}`;
  return apart > 0 ? `${count} ago` : `in ${count}`;
}

/** The time, told anew twice a minute. */
function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), minute / 2);
    return () => clearInterval(timer);
  }, []);
  return now;
}
