import Search from 'lucide-react/icons/search';
import { type FormEvent, useEffect, useRef } from 'react';
import { Form, useLocation, useNavigate, useSearchParams } from 'react-router';
import { catalogueSearch, readCatalogueQuery } from './catalogue-query.ts';

/** How long a person may go on typing before the list follows, in milliseconds. */
const typingPause = 300;

type SearchFieldProps = {
  id: string;
  /** Tells two searches on one page apart for people who hear it. */
  landmark: string;
  className?: string;
};

/** Searches the catalogue. On the catalogue itself the list follows while typing; elsewhere Enter leads there. */
export function SearchField({ id, landmark, className }: SearchFieldProps) {
  const { query, kept, input, type, submit } = useSearch();
  return (
    <Form
      role="search"
      aria-label={landmark}
      action="/"
      className={className}
      onInput={type}
      onSubmit={submit}
    >
      <div className="relative">
        <Search
          aria-hidden="true"
          size={18}
          strokeWidth={1.75}
          className="pointer-events-none absolute top-1/2 left-3 -translate-y-1/2 text-muted"
        />
        <input
          ref={input}
          id={id}
          type="search"
          name="q"
          aria-label="Search products"
          placeholder="Search products"
          defaultValue={query}
          maxLength={100}
          autoComplete="off"
          className="h-11 w-full rounded-control border border-control bg-surface pr-3 pl-10"
        />
      </div>
      {kept.map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <button type="submit" className="sr-only">
        Search
      </button>
    </Form>
  );
}

function useSearch() {
  const { pathname } = useLocation();
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const input = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const onCatalogue = pathname === '/';
  const query = onCatalogue ? (params.get('q') ?? '') : '';
  const kept = onCatalogue ? [...params].filter(([name]) => name !== 'q' && name !== 'after') : [];

  function go(form: HTMLFormElement, replace: boolean) {
    const entries = [...new FormData(form)].map(([name, value]) => [name, String(value)]);
    const wanted = readCatalogueQuery(new URLSearchParams(entries));
    navigate(`/${catalogueSearch(wanted)}`, { replace, preventScrollReset: replace });
  }

  useEffect(() => {
    // The field shows what the address says (Back, "Clear all"), unless somebody is just typing in it.
    if (input.current && document.activeElement !== input.current) input.current.value = query;
  }, [query]);
  useEffect(() => () => clearTimeout(timer.current), []);

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    clearTimeout(timer.current);
    go(event.currentTarget, onCatalogue);
  }
  function type(event: FormEvent<HTMLFormElement>) {
    if (!onCatalogue) return;
    const form = event.currentTarget;
    clearTimeout(timer.current);
    timer.current = setTimeout(() => go(form, true), typingPause);
  }
  return { query, kept, input, type, submit };
}
