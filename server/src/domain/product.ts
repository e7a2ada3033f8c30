import type { Minor } from './money.ts';

/** What an operator decides about a product. Stock is apart: it changes with every sale. */
export type ProductFields = {
  slug: string;
  name: string;
  description: string;
  attribute: string;
  category: Category;
  price: Minor;
  position: number;
  active: boolean;
};

export type Category = { slug: string; name: string };

export type FieldChange = {
  field: string;
  from: string | number | boolean | null;
  to: string | number | boolean | null;
};

/** What a search for products looks through. */
export function searchTextOf(
  product: Pick<ProductFields, 'name' | 'attribute' | 'description'> & { category: { name: string } },
): string {
  const { name, attribute, description, category } = product;
  return [name, attribute, description, category.name].join(' ').toLowerCase();
}

/** The end of an address made of a name: "Bath & body" is `bath-body`. Empty where nothing of it is left. */
export function slugOf(name: string, maxLength: number): string {
  return name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, maxLength)
    .replaceAll(/^-+|-+$/g, '');
}

/**
 * The category that is meant by a name: a known one, whatever the capitals, or a new one. Null where no address can be made
 * of the name.
 */
export function categoryNamed(name: string, known: readonly Category[]): Category | null {
  const found = known.find((category) => category.name.toLowerCase() === name.toLowerCase());
  if (found) return found;
  const slug = slugOf(name, 60);
  if (slug === '') return null;
  return known.find((category) => category.slug === slug) ?? { slug, name };
}

/** Line breaks of one kind, so that a text that went through a form or a file is still the same. */
export function normalText(text: string): string {
  return text.replaceAll(/\r\n?/g, '\n').trimEnd();
}

/** What differs, in the words of the record. */
export function changedFields(before: ProductFields, after: ProductFields): FieldChange[] {
  const names = ['slug', 'name', 'description', 'attribute', 'price', 'position', 'active'] as const;
  const changes: FieldChange[] = names
    .filter((field) => before[field] !== after[field])
    .map((field) => ({ field, from: before[field], to: after[field] }));
  if (before.category.slug !== after.category.slug)
    changes.push({ field: 'category', from: before.category.name, to: after.category.name });
  return changes;
}
