import type {
  CountryChange,
  PaymentsChange,
  ShopChange,
  TransferAccount,
} from '@paydesk/contract/admin/settings';
import { countryCodes } from '@paydesk/contract/countries';
import type { FieldProblem } from '@paydesk/contract/errors';
import { listCountries } from '../db/rates.ts';
import type { Tx } from '../db/schema.ts';
import {
  deleteCountry,
  type PartName,
  putCountry,
  readPart,
  replacePart,
  type SettingParts,
} from '../db/shop-settings.ts';
import { isMistypedIban } from '../domain/shop.ts';
import { AppError } from './errors.ts';
import type { App } from './ports.ts';

/** @throws AppError settings_changed, setting_fixed */
export async function saveShop(app: App, by: string, { version, ...changes }: ShopChange): Promise<void> {
  refuseFixed(app, changes);
  const { name, seller } = changes;
  const tidy = {
    ...changes,
    ...(name !== undefined && { name: name.trim() }),
    ...(seller !== undefined && { seller: seller.map((line) => line.trim()) }),
  };
  await savePart(app, { name: 'shop', version, by }, async (values) => ({ ...values, ...tidy }));
}

/**
 * Ways to pay, and how long stock is kept. What was begun before goes on as it was begun.
 *
 * @throws AppError settings_changed, setting_fixed, invalid_settings
 */
export async function savePayments(
  app: App,
  by: string,
  { version, ...changes }: PaymentsChange,
): Promise<void> {
  refuseFixed(app, changes);
  await savePart(app, { name: 'payments', version, by }, async (values) => {
    const next = { ...values, ...changes };
    const account = app.keeper.setBy.account === undefined ? next.account : app.shop.transferAccount;
    refuse([
      ...accountProblems(changes.account ?? null),
      ...flowProblems(changes, next.flows ?? [], account === undefined ? app.shop.transferAccount : account),
    ]);
    return next;
  });
}

/**
 * Adds a country, or changes its rates. Orders that are placed keep what they were told.
 *
 * @throws AppError settings_changed, invalid_settings
 */
export async function saveCountry(
  app: App,
  by: string,
  { code, version, ...rates }: CountryChange & { code: string },
): Promise<void> {
  if (!countryCodes.includes(code))
    refuse([{ path: '/code', message: 'There is no country with this code.' }]);
  await savePart(app, { name: 'delivery', version, by }, async (values, tx) => {
    await putCountry(tx, { ...rates, code, name: rates.name.trim(), taxName: rates.taxName.trim() });
    return values;
  });
}

/** @throws AppError settings_changed, country_not_found, last_country */
export async function removeCountry(
  app: App,
  by: string,
  { code, version }: { code: string; version: number },
): Promise<void> {
  await savePart(app, { name: 'delivery', version, by }, async (values, tx) => {
    const served = await listCountries(tx);
    if (!served.some((country) => country.code === code)) throw new AppError('country_not_found');
    if (served.length === 1) throw new AppError('last_country');
    await deleteCountry(tx, code);
    return values;
  });
}

/** One part in one transaction, and only if it is still as it was when it was looked at. This process knows at once. */
async function savePart<N extends PartName>(
  app: App,
  { name, version, by }: { name: N; version: number; by: string },
  change: (values: SettingParts[N], tx: Tx) => Promise<SettingParts[N]>,
): Promise<void> {
  await app.database.transaction(async (tx) => {
    const known = await readPart(tx, name);
    if (known.version !== version) throw new AppError('settings_changed');
    if (!(await replacePart(tx, name, known, await change(known.values, tx))))
      throw new AppError('settings_changed');
  });
  app.log.info({ part: name, by }, 'settings were saved');
  await app.keeper.refresh();
}

function refuseFixed(app: App, changes: object): void {
  const problems = Object.entries(app.keeper.setBy)
    .filter(([setting]) => setting in changes)
    .map(([setting, variable]) => ({ path: `/${setting}`, message: `This is set by ${variable}.` }));
  if (problems.length > 0) throw new AppError('setting_fixed', { details: { problems } });
}

function accountProblems(account: TransferAccount | null): FieldProblem[] {
  if (account === null || !isMistypedIban(account.iban)) return [];
  return [{ path: '/account/iban', message: 'This IBAN has a typing error: its check digits do not fit.' }];
}

function flowProblems(
  changes: Omit<PaymentsChange, 'version'>,
  flows: readonly string[],
  account: TransferAccount | null,
): FieldProblem[] {
  if (account !== null || !flows.includes('transfer')) return [];
  const path = changes.flows === undefined ? '/account' : '/flows';
  return [{ path, message: 'Customers can pay by bank transfer only into an account: enter one.' }];
}

function refuse(problems: FieldProblem[]): void {
  if (problems.length > 0) throw new AppError('invalid_settings', { details: { problems } });
}
