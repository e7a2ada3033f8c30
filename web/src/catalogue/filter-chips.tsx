import X from 'lucide-react/icons/x';
import { Link } from 'react-router';
import { type CatalogueQuery, catalogueSearch, hasFilters } from './catalogue-query.ts';

/** What narrows the list now, each with a way out. */
export function FilterChips({
  query,
  categoryName,
}: {
  query: CatalogueQuery;
  categoryName: string | undefined;
}) {
  if (!hasFilters(query)) return null;
  return (
    <ul aria-label="Applied filters" className="flex flex-wrap items-center gap-2">
      {query.q && <Chip label={`“${query.q}”`} to={catalogueSearch(query, { q: '' })} />}
      {query.category && (
        <Chip label={categoryName ?? query.category} to={catalogueSearch(query, { category: '' })} />
      )}
      {query.inStock && <Chip label="In stock" to={catalogueSearch(query, { inStock: false })} />}
      <li>
        <Link
          to="/"
          preventScrollReset
          className="rounded-control px-2 py-2 text-accent text-sm underline underline-offset-4"
        >
          Clear all
        </Link>
      </li>
    </ul>
  );
}

function Chip({ label, to }: { label: string; to: string }) {
  return (
    <li>
      <Link
        to={`/${to}`}
        preventScrollReset
        className="inline-flex min-h-9 items-center gap-1.5 rounded-full bg-accent-soft py-1 pr-2.5 pl-3.5 text-accent text-sm hover:bg-hover"
      >
        <span className="sr-only">Remove filter </span>
        {label}
        <X aria-hidden="true" size={16} />
      </Link>
    </li>
  );
}
