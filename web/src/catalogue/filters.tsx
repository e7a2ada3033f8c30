import { useState } from 'react';
import { Form, useNavigate } from 'react-router';
import { Button } from '../parts/button.tsx';
import type { CardList } from './card-product.ts';
import { type CatalogueQuery, catalogueSearch, readCatalogueQuery, sortNames } from './catalogue-query.ts';

type FilterProps = {
  /** Distinguishes the controls of the column from those of the sheet. */
  id: string;
  query: CatalogueQuery;
  list: CardList;
};

/** Category and stock. A plain GET form: without JavaScript its button applies it, with it every change does. */
export function FilterForm({ id, query, list }: FilterProps) {
  const [wanted, follow] = useWantedQuery(query);
  const all = list.categories.reduce((sum, category) => sum + category.count, 0);
  return (
    <Form action="/" onChange={(event) => follow(event.currentTarget)}>
      {query.q && <input type="hidden" name="q" value={query.q} />}
      {query.sort !== 'featured' && <input type="hidden" name="sort" value={query.sort} />}
      <fieldset>
        <legend className="pb-2 font-semibold text-sm">Category</legend>
        <Choice id={`${id}-all`} value="" name="All products" count={all} checked={wanted.category === ''} />
        {list.categories.map((category) => (
          <Choice
            key={category.slug}
            id={`${id}-${category.slug}`}
            value={category.slug}
            name={category.name}
            count={category.count}
            checked={wanted.category === category.slug}
          />
        ))}
      </fieldset>
      <fieldset className="mt-6">
        <legend className="pb-2 font-semibold text-sm">Availability</legend>
        <label className="flex min-h-11 items-center gap-3 rounded-control lg:min-h-9">
          <input
            type="checkbox"
            name="in_stock"
            value="1"
            checked={wanted.inStock}
            onChange={ignore}
            className="size-5 accent-accent"
          />
          In stock only
        </label>
      </fieldset>
      <noscript>
        <Button type="submit" variant="secondary" className="mt-4 w-full">
          Apply filters
        </Button>
      </noscript>
    </Form>
  );
}

type ChoiceProps = { id: string; value: string; name: string; count: number; checked: boolean };

function Choice({ id, value, name, count, checked }: ChoiceProps) {
  return (
    <label htmlFor={id} className="flex min-h-11 items-center gap-3 rounded-control lg:min-h-9">
      <input
        id={id}
        type="radio"
        name="category"
        value={value}
        checked={checked}
        onChange={ignore}
        className="size-5 accent-accent"
      />
      <span className="flex-1">{name}</span>
      <span className="text-muted text-sm tabular-nums">{count}</span>
    </label>
  );
}

export function SortField({ query }: { query: CatalogueQuery }) {
  const [wanted, follow] = useWantedQuery(query);
  return (
    <Form action="/" className="flex items-center gap-2" onChange={(event) => follow(event.currentTarget)}>
      {query.q && <input type="hidden" name="q" value={query.q} />}
      {query.category && <input type="hidden" name="category" value={query.category} />}
      {query.inStock && <input type="hidden" name="in_stock" value="1" />}
      <label htmlFor="sort" className="text-muted text-sm max-sm:sr-only">
        Sort by
      </label>
      <select
        id="sort"
        name="sort"
        value={wanted.sort}
        onChange={ignore}
        className="h-11 max-w-36 rounded-control border border-control bg-surface px-2 text-sm sm:max-w-none"
      >
        {Object.entries(sortNames).map(([sort, name]) => (
          <option key={sort} value={sort}>
            {name}
          </option>
        ))}
      </select>
      <noscript>
        <Button type="submit" variant="secondary" size="small">
          Sort
        </Button>
      </noscript>
    </Form>
  );
}

/**
 * The query as the controls show it, which is ahead of the list, and what to do when somebody used one: go where the
 * form would, with a tidy address, and keep the focus where it is.
 */
function useWantedQuery(query: CatalogueQuery): [CatalogueQuery, (form: HTMLFormElement) => void] {
  const navigate = useNavigate();
  const search = catalogueSearch(query);
  const [known, setKnown] = useState({ search, wanted: query });
  if (known.search !== search) setKnown({ search, wanted: query });
  function follow(form: HTMLFormElement) {
    const entries = [...new FormData(form)].map(([name, value]) => [name, String(value)]);
    const wanted = readCatalogueQuery(new URLSearchParams(entries));
    setKnown({ search, wanted });
    navigate(`/${catalogueSearch(wanted)}`, { preventScrollReset: true });
  }
  return [known.wanted, follow];
}

/** The form itself listens; React only wants to know that somebody does. */
function ignore(): void {}
