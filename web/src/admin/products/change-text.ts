import type { CatalogueChange } from '@paydesk/contract/admin/products';
import { type Currency, formatMoney } from '@paydesk/contract/money';

const headings: Record<CatalogueChange['what'], string> = {
  created: 'Added',
  changed: 'Changed',
  archived: 'Archived',
  restored: 'Brought back',
  pictures: 'Pictures changed',
  imported: 'Imported from a file',
  ended: 'Ended',
};

const names: Record<string, string> = {
  slug: 'Address',
  active: 'For sale',
  onHand: 'On hand',
  minimumSpend: 'Minimum spend',
  startsAt: 'Starts',
  endsAt: 'Ends',
  maxUses: 'Uses in all',
  maxUsesPerEmail: 'Uses per customer',
};

const amounts = new Set(['price', 'minimumSpend']);

export function changeHeading(what: CatalogueChange['what']): string {
  return headings[what];
}

type Field = CatalogueChange['fields'][number];

export function fieldName(field: string): string {
  return names[field] ?? `${field[0]?.toUpperCase()}${field.slice(1)}`;
}

/** "$24.00 → $25.50"; long texts are only said to have changed. */
export function fieldChange({ field, from, to }: Field, currency: string): string {
  if (field === 'description') return 'changed';
  return `${valueText(field, from, currency)} → ${valueText(field, to, currency)}`;
}

function valueText(field: string, value: Field['from'], currency: string): string {
  if (value === null || value === '') return 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number')
    return amounts.has(field)
      ? formatMoney({ amount: value, currency: currency as Currency })
      : String(value);
  return /^\d{4}-\d\d-\d\dT/.test(value) ? `${value.slice(0, 16).replace('T', ' ')} UTC` : value;
}
