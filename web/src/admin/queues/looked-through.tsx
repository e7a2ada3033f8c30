import { LocalTime } from '../../parts/local-time.tsx';

/** Said where a rare filter has looked through many rows and not filled a page. */
export function LookedThrough({ at }: { at: string | null }) {
  if (at === null) return null;
  return (
    <p className="mt-3 text-muted">
      Looked through everything since <LocalTime at={at} as="moment" />. “Older” looks further back.
    </p>
  );
}
