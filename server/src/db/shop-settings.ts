import type { Kysely } from 'kysely';
import type { TransferAccount } from '../domain/shop.ts';
import { type Country, listCountries } from './rates.ts';
import type { Schema, Tx } from './schema.ts';
import { readSettings, swapSetting } from './settings.ts';

/** What can be set while the shop runs, by the part that it is changed in. A value that is left out was never set here. */
export type SettingParts = {
  shop: { name?: string; seller?: string[]; operatorEmail?: string | null };
  payments: {
    flows?: ('elements' | 'hosted' | 'transfer')[];
    account?: TransferAccount | null;
    holdMinutes?: number;
    longHoldDays?: number;
  };
  /** The rates themselves are rows of `countries`. */
  delivery: Record<string, never>;
};
export type PartName = keyof SettingParts;

/** A part as it is stored. `version` grows with each change and is 0 before the first. */
export type Part<N extends PartName> = { version: number; values: SettingParts[N] };

export type StoredSettings = { [N in PartName]: Part<N> } & {
  countries: Country[];
  /** The same text as long as nothing was changed. */
  mark: string;
};

const parts: readonly PartName[] = ['shop', 'payments', 'delivery'];

/** What tells a change, by one small statement: the rates are read only after one. */
export async function readSettingsMark(db: Kysely<Schema>): Promise<string> {
  return markOf(await readSettings(db, parts.map(keyOf)));
}

export async function readStoredSettings(db: Kysely<Schema>): Promise<StoredSettings> {
  // The parts first: rates that are newer than their version are read again at the next look, older ones never would be.
  const rows = await readSettings(db, parts.map(keyOf));
  const countries = await listCountries(db);
  return {
    shop: parse(rows, 'shop'),
    payments: parse(rows, 'payments'),
    delivery: parse(rows, 'delivery'),
    countries,
    mark: markOf(rows),
  };
}

/** One part, as the transaction finds it. */
export async function readPart<N extends PartName>(tx: Tx, name: N): Promise<Part<N>> {
  return parse(await readSettings(tx, [keyOf(name)]), name);
}

/** Stores a part in the place of the one that was read. False when somebody else was faster. */
export async function replacePart<N extends PartName>(
  tx: Tx,
  name: N,
  known: Part<N>,
  values: SettingParts[N],
): Promise<boolean> {
  const text = known.version === 0 ? undefined : JSON.stringify(known);
  return await swapSetting(tx, keyOf(name), text, JSON.stringify({ version: known.version + 1, values }));
}

export async function putCountry(tx: Tx, country: Country): Promise<void> {
  const { code, ...rates } = {
    code: country.code,
    name: country.name,
    shipping_amount: country.shippingAmount,
    free_shipping_from: country.freeShippingFrom,
    tax_basis_points: country.taxBasisPoints,
    tax_name: country.taxName,
    tax_on_shipping: country.taxOnShipping ? 1 : 0,
  };
  await tx
    .insertInto('countries')
    .values({ code, ...rates })
    .onConflict((conflict) => conflict.column('code').doUpdateSet(rates))
    .execute();
}

/** False when it was not there. */
export async function deleteCountry(tx: Tx, code: string): Promise<boolean> {
  const { numDeletedRows } = await tx.deleteFrom('countries').where('code', '=', code).executeTakeFirst();
  return Number(numDeletedRows) === 1;
}

function keyOf(name: PartName): string {
  return `shop:${name}`;
}

function markOf(rows: ReadonlyMap<string, string>): string {
  return parts.map((name) => rows.get(keyOf(name)) ?? '').join('\n');
}

function parse<N extends PartName>(rows: ReadonlyMap<string, string>, name: N): Part<N> {
  const text = rows.get(keyOf(name));
  return text === undefined ? { version: 0, values: {} } : (JSON.parse(text) as Part<N>);
}
