import type { TextareaHTMLAttributes } from 'react';
import { ErrorText } from '../../parts/field.tsx';

type TextAreaProps = Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'id' | 'className'> & {
  id: string;
  label: string;
  hint: string;
  error?: string | undefined;
};

/** A text of several lines. */
export function TextArea({ id, label, hint, error, ...rest }: TextAreaProps) {
  return (
    <div>
      <label htmlFor={id} className="block font-medium text-sm">
        {label}
      </label>
      <p id={`${id}-hint`} className="text-muted text-sm">
        {hint}
      </p>
      {error && <ErrorText id={`${id}-error`}>{error}</ErrorText>}
      <textarea
        id={id}
        name={id}
        aria-invalid={error !== undefined}
        aria-describedby={error ? `${id}-hint ${id}-error` : `${id}-hint`}
        className="mt-1.5 w-full rounded-control border border-control bg-surface px-3 py-2.5 text-base aria-invalid:border-2 aria-invalid:border-danger"
        {...rest}
      />
    </div>
  );
}
