import { type ImportColumn, importColumns } from '@paydesk/contract/admin/import';
import {
  linePattern,
  maxPosition,
  maxPrice,
  maxStock,
  optionalLinePattern,
  productLimits,
  slugPattern,
  textPattern,
} from '@paydesk/contract/admin/product-limits';
import { type Currency, currencyDigits } from '@paydesk/contract/money';
import {
  type Category,
  categoryNamed,
  changedFields,
  type FieldChange,
  normalText,
  type ProductFields,
} from './product.ts';

/** What a file with products would do, line by line, before anything is done. */

export type Line = { line: number; cells: string[] };
export type KnownProduct = { fields: ProductFields; onHand: number; reserved: number; archived: boolean };
export type Catalogue = {
  products: ReadonlyMap<string, KnownProduct>;
  categories: readonly Category[];
  lastPosition: number;
  currency: Currency;
};

export type PlannedProduct = {
  line: number;
  action: 'create' | 'change';
  fields: ProductFields;
  onHand: number;
  changes: FieldChange[];
};
export type ImportProblem = { line: number; column: string | null; message: string };
export type ImportPlan = { products: PlannedProduct[]; same: number; problems: ImportProblem[] };

/** What a cell says; a column that the file does not have, or an empty cell, says nothing. */
type Said = Partial<{
  slug: string;
  name: string;
  attribute: string;
  description: string;
  category: string;
  price: number;
  currency: string;
  on_hand: number;
  position: number;
  active: boolean;
}>;

/** Which column is where, or what is wrong with the heading. */
export function readHeading(cells: readonly string[]): ImportColumn[] | { problem: string } {
  const names = cells.map((cell) => cell.trim().toLowerCase());
  const unknown = names.find((name) => !(importColumns as readonly string[]).includes(name));
  if (unknown !== undefined)
    return {
      problem: `The first line names the columns. “${unknown.slice(0, 40)}” is none of ${importColumns.join(', ')}.`,
    };
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) return { problem: `The column “${twice}” is there twice.` };
  if (!names.includes('slug'))
    return { problem: 'The column “slug” is missing: it says which product a line is about.' };
  return names as ImportColumn[];
}

export function planImport(
  columns: readonly ImportColumn[],
  lines: readonly Line[],
  catalogue: Catalogue,
): ImportPlan {
  const plan: ImportPlan = { products: [], same: 0, problems: [] };
  const seen = new Map<string, number>();
  const categories = [...catalogue.categories];
  let position = catalogue.lastPosition;
  for (const line of lines) {
    const { said, problems } = readLine(columns, line, catalogue.currency);
    if (said === null) {
      plan.problems.push(...problems);
      continue;
    }
    const known = catalogue.products.get(said.slug ?? '');
    const refuse = (column: string | null, message: string) =>
      problems.push({ line: line.line, column, message });
    const first = seen.get(said.slug ?? '');
    if (first !== undefined) refuse('slug', `The product is on line ${first} already.`);
    if (said.slug !== undefined) seen.set(said.slug, first ?? line.line);
    if (known?.archived) refuse('slug', 'The product is archived. Bring it back first.');
    const isTold = (column: ImportColumn) => problems.some((problem) => problem.column === column);
    if (!known && !isTold('slug'))
      for (const column of missingIn(said)) if (!isTold(column)) refuse(column, 'A new product needs this.');
    const category = said.category === undefined ? null : categoryNamed(said.category, categories);
    if (said.category !== undefined && !category) refuse('category', 'Use some letters of a to z or digits.');
    if (known && said.on_hand !== undefined && said.on_hand < known.reserved)
      refuse('on_hand', `Orders hold ${known.reserved} units.`);
    if (problems.length > 0) {
      plan.problems.push(...problems);
      continue;
    }
    if (category && !categories.includes(category)) categories.push(category);
    const planned = known ? changeOf(known, said, category) : creationOf(said, category!, ++position);
    if (planned.changes.length === 0 && known) plan.same += 1;
    else plan.products.push({ line: line.line, action: known ? 'change' : 'create', ...planned });
  }
  return plan;
}

type Planned = Pick<PlannedProduct, 'fields' | 'onHand' | 'changes'>;

function changeOf(known: KnownProduct, said: Said, category: Category | null): Planned {
  const { slug: _, category: _name, currency: _currency, on_hand: onHand = known.onHand, ...given } = said;
  const fields: ProductFields = { ...known.fields, ...given, ...(category && { category }) };
  const changes = changedFields(known.fields, fields);
  if (onHand !== known.onHand) changes.push({ field: 'onHand', from: known.onHand, to: onHand });
  return { fields, onHand, changes };
}

function creationOf(said: Said, category: Category, position: number): Planned {
  const fields: ProductFields = {
    slug: said.slug!,
    name: said.name!,
    attribute: said.attribute ?? '',
    description: said.description ?? '',
    category,
    price: said.price!,
    position: said.position ?? position,
    active: said.active ?? false,
  };
  return { fields, onHand: said.on_hand ?? 0, changes: [] };
}

function missingIn(said: Said): ImportColumn[] {
  return (['slug', 'name', 'category', 'price'] as const).filter((column) => said[column] === undefined);
}

function readLine(
  columns: readonly ImportColumn[],
  { line, cells }: Line,
  currency: Currency,
): { said: Said | null; problems: ImportProblem[] } {
  const problems: ImportProblem[] = [];
  if (cells.length !== columns.length) {
    const message = `There are ${cells.length} cells, and ${columns.length} columns.`;
    return { said: null, problems: [{ line, column: null, message }] };
  }
  const said: Record<string, string | number | boolean> = {};
  columns.forEach((column, index) => {
    const value = readers[column](cells[index]!, currency);
    if (typeof value === 'object' && value !== null) problems.push({ line, column, message: value.problem });
    else if (value !== null) said[column] = value;
  });
  return { said: said as Said, problems };
}

type Read = string | number | boolean | null | { problem: string };

const readers: Record<ImportColumn, (cell: string, currency: Currency) => Read> = {
  slug: (cell) =>
    matching(
      cell.trim(),
      slugPattern,
      productLimits.slug,
      'Small letters of a to z, digits and single hyphens only.',
    ),
  name: (cell) => matching(cell.trim(), linePattern, productLimits.name),
  attribute: (cell) => matching(cell.trim(), optionalLinePattern, productLimits.attribute) ?? '',
  description: (cell) => matching(normalText(cell), textPattern, productLimits.description) ?? '',
  category: (cell) => matching(cell.trim(), linePattern, productLimits.category),
  price: (cell, currency) => priceIn(cell.trim(), currency),
  currency: (cell, currency) =>
    ['', currency].includes(cell.trim().toLowerCase())
      ? null
      : { problem: `Prices are in ${currency.toUpperCase()}.` },
  on_hand: (cell) => wholeNumber(cell.trim(), maxStock),
  position: (cell) => wholeNumber(cell.trim(), maxPosition),
  active: (cell) => yesOrNo(cell.trim().toLowerCase()),
};

function matching(cell: string, pattern: string, most: number, otherwise?: string): Read {
  if (cell === '') return null;
  if (cell.length > most) return { problem: `This is longer than ${most} characters.` };
  if (new RegExp(pattern, 'u').test(cell)) return cell;
  return { problem: otherwise ?? 'There is a character in it that cannot be printed.' };
}

/** In whole units of the currency, as people write it: 24, 24.50 or 24,50. */
function priceIn(cell: string, currency: Currency): Read {
  if (cell === '') return null;
  const digits = currencyDigits[currency];
  const form = digits === 0 ? /^(\d{1,10})()$/ : new RegExp(`^(\\d{1,10})(?:[.,](\\d{1,${digits}}))?$`);
  const parts = form.exec(cell);
  const example = digits === 0 ? '1999' : '19.99';
  if (!parts) return { problem: `A price is written like ${example}.` };
  const amount = Number(parts[1]! + (parts[2] ?? '').padEnd(digits, '0'));
  return amount >= 1 && amount <= maxPrice ? amount : { problem: 'This price is too small or too large.' };
}

function wholeNumber(cell: string, most: number): Read {
  if (cell === '') return null;
  const value = /^\d{1,9}$/.test(cell) ? Number(cell) : Number.NaN;
  return value <= most ? value : { problem: `A whole number from 0 to ${most}.` };
}

function yesOrNo(cell: string): Read {
  if (cell === '') return null;
  if (['yes', 'true', '1'].includes(cell)) return true;
  return ['no', 'false', '0'].includes(cell) ? false : { problem: 'Write yes or no.' };
}
