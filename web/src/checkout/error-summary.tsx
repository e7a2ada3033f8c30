import { type Ref, useEffect, useRef } from 'react';
import type { Problems } from './checkout-values.ts';

const titlePrefix = 'Error: ';

/** All problems in one place, in the words of the fields, each a link to its field. */
export function ErrorSummary({ problems, ref }: { problems: Problems; ref?: Ref<HTMLDivElement> }) {
  const entries = Object.entries(problems);
  if (entries.length < 2) return null;
  return (
    <div
      ref={ref}
      role="alert"
      tabIndex={-1}
      aria-labelledby="problem-title"
      className="mb-6 rounded-card border-2 border-danger bg-surface p-5"
    >
      <h2 id="problem-title" className="font-semibold text-lg">
        There is a problem
      </h2>
      <ul className="mt-2 space-y-1">
        {entries.map(([field, message]) => (
          <li key={field}>
            <a
              href={`#${field}`}
              className="font-medium text-danger underline underline-offset-4"
              onClick={(event) => {
                event.preventDefault();
                document.getElementById(field)?.focus();
              }}
            >
              {message}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}

/**
 * Moves the focus after a submit that found problems: to the summary when there are several, to the field when there
 * is one. `round` counts the submits.
 */
export function useProblemFocus(problems: Problems, round: number): Ref<HTMLDivElement> {
  const summary = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new submit moves the focus, not a fixed field.
  useEffect(() => {
    if (round === 0) return;
    const fields = Object.keys(problems);
    if (fields.length === 1) document.getElementById(fields[0]!)?.focus();
    else summary.current?.focus();
  }, [round]);
  const failing = round > 0 && Object.keys(problems).length > 0;
  useEffect(() => {
    const title = document.title.replace(titlePrefix, '');
    document.title = failing ? titlePrefix + title : title;
  }, [failing]);
  return summary;
}
