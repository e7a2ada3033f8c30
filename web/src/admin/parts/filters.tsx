import X from 'lucide-react/icons/x';
import { type ReactNode, useId } from 'react';
import { Form, Link, useSearchParams } from 'react-router';
import { Button } from '../../parts/button.tsx';

const control =
  'h-11 rounded-control border border-control bg-surface px-2.5 text-base lg:h-8 lg:text-[13px] max-sm:w-full';

type FiltersProps = {
  /** The chips of what is filtered by: how to say it, and the parameter that goes when it is taken off. */
  chips: readonly { label: string; name: string; value?: string }[];
  /** Parameters that stay although they are no field here, such as the tab. */
  keep?: readonly string[];
  children: ReactNode;
};

/** Filters of a list, which live in the address: a plain form, that works without a script. */
export function Filters({ chips, keep = [], children }: FiltersProps) {
  const [params] = useSearchParams();
  return (
    <>
      <Form
        method="get"
        role="search"
        className="mb-3 grid grid-cols-2 items-end gap-2 sm:flex sm:flex-wrap"
        key={params.toString()}
      >
        {keep.flatMap((name) =>
          params
            .getAll(name)
            .map((value) => <input key={name + value} type="hidden" name={name} value={value} />),
        )}
        {children}
        <Button type="submit" variant="secondary" size="small" className="max-lg:min-h-11 max-sm:col-span-2">
          Apply
        </Button>
      </Form>
      {chips.length > 0 && (
        <ul aria-label="Filters" className="mb-3 flex flex-wrap items-center gap-2">
          {chips.map((chip) => (
            <li key={chip.name + (chip.value ?? '')}>
              <Link
                to={without(params, chip)}
                className="inline-flex min-h-11 items-center gap-1 rounded-full bg-accent-soft px-3 text-accent text-sm lg:min-h-7"
              >
                {chip.label}
                <X aria-hidden="true" size={14} />
                <span className="sr-only">, take off</span>
              </Link>
            </li>
          ))}
          <li>
            <Link
              to={onlyKept(params, keep)}
              className="px-2 py-2 text-muted text-sm underline underline-offset-4"
            >
              Clear filters
            </Link>
          </li>
        </ul>
      )}
    </>
  );
}

function without(params: URLSearchParams, { name, value }: { name: string; value?: string }): string {
  const next = new URLSearchParams(params);
  next.delete(name, value);
  next.delete('after');
  next.delete('before');
  return `?${next}`;
}

function onlyKept(params: URLSearchParams, keep: readonly string[]): string {
  return `?${new URLSearchParams([...params].filter(([name]) => keep.includes(name)))}`;
}

type FieldProps = { label: string; name: string; className?: string };

/** What `/` goes to. */
export function SearchFilter({ label, name, placeholder, className }: FieldProps & { placeholder?: string }) {
  const id = useId();
  const [params] = useSearchParams();
  return (
    <label htmlFor={id} className={`grid gap-1 max-sm:col-span-2 ${className ?? ''}`}>
      <span className="text-muted text-xs">{label}</span>
      <input
        id={id}
        type="search"
        name={name}
        defaultValue={params.get(name) ?? ''}
        placeholder={placeholder}
        maxLength={200}
        autoCapitalize="none"
        spellCheck={false}
        data-search=""
        className={`${control} sm:w-72`}
      />
    </label>
  );
}

type SelectFilterProps = FieldProps & { options: readonly { value: string; label: string }[]; all: string };

export function SelectFilter({ label, name, options, all }: SelectFilterProps) {
  const id = useId();
  const [params] = useSearchParams();
  return (
    <label htmlFor={id} className="grid gap-1 max-sm:w-full">
      <span className="text-muted text-xs">{label}</span>
      <select id={id} name={name} defaultValue={params.get(name) ?? ''} className={control}>
        <option value="">{all}</option>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </label>
  );
}

type InputFilterProps = FieldProps & { type: 'date' | 'text' | 'number'; inputMode?: 'decimal' };

export function InputFilter({ label, name, type, inputMode }: InputFilterProps) {
  const id = useId();
  const [params] = useSearchParams();
  return (
    <label htmlFor={id} className="grid gap-1 max-sm:w-full">
      <span className="text-muted text-xs">{label}</span>
      <input
        id={id}
        type={type}
        name={name}
        inputMode={inputMode}
        defaultValue={params.get(name) ?? ''}
        className={`${control} sm:w-36`}
      />
    </label>
  );
}
