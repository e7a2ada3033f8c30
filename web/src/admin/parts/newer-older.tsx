import { useSearchParams } from 'react-router';
import { ButtonLink } from '../../parts/button.tsx';

type NewerOlderProps = {
  /** The cursor of the page with newer rows; null where this is the newest. */
  newer: string | null;
  older: string | null;
  /** Of a list that is not in the order of time. */
  words?: { back: string; on: string };
};

const byTime = { back: 'Newer', on: 'Older' };

/** The way through a long list: no page numbers, because new rows would move them. */
export function NewerOlder({ newer, older, words = byTime }: NewerOlderProps) {
  const [params] = useSearchParams();
  if (newer === null && older === null) return null;
  const to = (name: 'before' | 'after', cursor: string) => {
    const next = new URLSearchParams(params);
    next.delete('before');
    next.delete('after');
    next.set(name, cursor);
    return `?${next}`;
  };
  return (
    <nav aria-label="Pages of this list" className="mt-4 flex justify-between gap-2">
      {newer === null ? (
        <span />
      ) : (
        <ButtonLink to={to('before', newer)} variant="secondary" size="small" className="max-lg:min-h-11">
          {words.back}
        </ButtonLink>
      )}
      {older !== null && (
        <ButtonLink to={to('after', older)} variant="secondary" size="small" className="max-lg:min-h-11">
          {words.on}
        </ButtonLink>
      )}
    </nav>
  );
}
