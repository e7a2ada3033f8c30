import CircleAlert from 'lucide-react/icons/circle-alert';
import type { InputHTMLAttributes, ReactNode, SelectHTMLAttributes, TextareaHTMLAttributes } from 'react';

const control =
  'h-12 w-full rounded-control border border-control bg-surface px-3 text-base aria-invalid:border-2 aria-invalid:border-danger';

/** For fields side by side: labels, problems and controls stand in common rows, however long a problem is. */
export const fieldRow = 'grid gap-4 sm:gap-y-0 sm:*:grid sm:*:grid-rows-subgrid sm:*:row-span-3';

type Common = {
  id: string;
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  className?: string | undefined;
};

type TextFieldProps = Common & Omit<InputHTMLAttributes<HTMLInputElement>, 'id' | 'className'>;

export function TextField({ id, label, hint, error, className, type = 'text', ...rest }: TextFieldProps) {
  return (
    <FieldFrame id={id} label={label} hint={hint} error={error} className={className}>
      <input
        id={id}
        name={id}
        type={type}
        className={control}
        {...describedBy({ id, hint, error })}
        {...rest}
      />
    </FieldFrame>
  );
}

type TextAreaFieldProps = Common & Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'id' | 'className'>;

export function TextAreaField({ id, label, hint, error, className, ...rest }: TextAreaFieldProps) {
  return (
    <FieldFrame id={id} label={label} hint={hint} error={error} className={className}>
      <textarea
        id={id}
        name={id}
        className={`${control} h-auto py-2.5`}
        {...describedBy({ id, hint, error })}
        {...rest}
      />
    </FieldFrame>
  );
}

type SelectFieldProps = Common &
  Omit<SelectHTMLAttributes<HTMLSelectElement>, 'id' | 'className'> & {
    options: readonly { code: string; name: string }[];
    /** The first, empty entry; without it something is always selected. */
    placeholder?: string;
  };

export function SelectField({
  id,
  label,
  hint,
  error,
  className,
  options,
  placeholder,
  ...rest
}: SelectFieldProps) {
  return (
    <FieldFrame id={id} label={label} hint={hint} error={error} className={className}>
      <select id={id} name={id} className={`${control} pr-2`} {...describedBy({ id, hint, error })} {...rest}>
        {placeholder !== undefined && <option value="">{placeholder}</option>}
        {options.map((option) => (
          <option key={option.code} value={option.code}>
            {option.name}
          </option>
        ))}
      </select>
    </FieldFrame>
  );
}

function FieldFrame({ id, label, hint, error, className, children }: Common & { children: ReactNode }) {
  return (
    <div className={className}>
      <label htmlFor={id} className="block font-medium text-sm">
        {label}
      </label>
      <div>
        {hint && (
          <p id={`${id}-hint`} className="text-muted text-sm">
            {hint}
          </p>
        )}
        {error && <ErrorText id={`${id}-error`}>{error}</ErrorText>}
      </div>
      <div className="mt-1.5">{children}</div>
    </div>
  );
}

export function ErrorText({ id, children }: { id?: string; children: ReactNode }) {
  return (
    <p id={id} className="mt-0.5 flex items-start gap-1.5 font-medium text-danger text-sm">
      <CircleAlert aria-hidden="true" size={16} className="mt-0.5 shrink-0" />
      {children}
    </p>
  );
}

function describedBy({
  id,
  hint,
  error,
}: {
  id: string;
  hint?: string | undefined;
  error?: string | undefined;
}) {
  const ids = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return { 'aria-invalid': Boolean(error), ...(ids ? { 'aria-describedby': ids } : {}) };
}
