import type { AdminProduct, NewProduct } from '@paydesk/contract/admin/products';
import { parseAmount } from '../../checkout/parse-amount.ts';
import { amountText } from './price-text.ts';
import type { ProductTexts } from './product-fields.tsx';

export const noTexts: ProductTexts = {
  name: '',
  slug: '',
  attribute: '',
  description: '',
  category: '',
  price: '',
  position: '',
  active: false,
};

export function textsOf(product: AdminProduct): ProductTexts {
  return {
    name: product.name,
    slug: product.slug,
    attribute: product.attribute,
    description: product.description,
    category: product.category.name,
    price: amountText(product.price.amount, product.price.currency),
    position: String(product.position),
    active: product.active,
  };
}

export function textsIn(form: FormData): ProductTexts {
  const text = (name: string) => String(form.get(name) ?? '').trim();
  return {
    name: text('name'),
    slug: text('slug'),
    attribute: text('attribute'),
    description: String(form.get('description') ?? ''),
    category: text('category'),
    price: text('price'),
    position: text('position'),
    active: form.get('active') !== null,
  };
}

/** What the call takes of what was typed; a sentence where it cannot be understood. */
export function wantedOf(texts: ProductTexts, currency: string): Omit<NewProduct, 'onHand'> | string {
  const amount = parseAmount(texts.price, currency);
  if (texts.name === '') return 'Give the product a name.';
  if (amount === null) return 'Enter a price such as 19.99.';
  if (texts.category === '') return 'Name a category.';
  if (!/^([a-z0-9]+(-[a-z0-9]+)*)?$/.test(texts.slug))
    return 'An address has small letters of a to z, digits and single hyphens.';
  if (!/^\d{0,7}$/.test(texts.position)) return 'The position is a whole number.';
  const { name, slug, attribute, description, category, position, active } = texts;
  return {
    name,
    attribute,
    description,
    category,
    price: { amount, currency },
    active,
    ...(slug !== '' && { slug }),
    ...(position !== '' && { position: Number(position) }),
  };
}

/** Only what differs, so that nothing is written that nobody touched. */
export function changesBetween(before: ProductTexts, after: ProductTexts, wanted: object): object {
  const touched = Object.entries(wanted).filter(([name]) => {
    const key = name as keyof ProductTexts;
    return normal(before[key]) !== normal(after[key]);
  });
  return Object.fromEntries(touched);
}

/** A form sends line breaks of another kind than the page holds. */
function normal(value: string | boolean): string | boolean {
  return typeof value === 'string' ? value.replaceAll('\r\n', '\n') : value;
}
