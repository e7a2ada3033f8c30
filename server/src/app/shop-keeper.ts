import type { ShopConfig } from '@paydesk/contract/config';
import type { Currency } from '@paydesk/contract/money';
import type { PaymentFlow } from '@paydesk/contract/payments';
import type { Database } from '../db/database.ts';
import type { Country } from '../db/rates.ts';
import { readSettingsMark, readStoredSettings, type StoredSettings } from '../db/shop-settings.ts';
import type { TransferAccount } from '../domain/shop.ts';

export type Shop = {
  name: string;
  currency: Currency;
  country: string;
  /** Whose days and hours the figures are in: an IANA name such as Europe/Berlin. */
  timezone: string;
  /** Where customers reach the pages, without a slash at the end. */
  frontendUrl: string;
  countries: ReadonlyMap<string, Country>;
  /** How long stock is set aside for an unpaid order, in milliseconds. */
  holdFor: number;
  /** The same for an order that is paid in part, or by a transfer that is on its way. */
  longHoldFor: number;
  /** Who runs the shop, for invoices: name, address and tax number, a line each. */
  seller: readonly string[];
  /** Where the operators read their mail; null when nobody does. */
  operatorEmail: string | null;
  /** Ways to pay that a new attempt may take. What was begun another way goes on. */
  flows: readonly PaymentFlow[];
  /** Where customers transfer money to; null when they cannot. */
  transferAccount: TransferAccount | null;
};

export type SettingName = 'name' | 'seller' | 'operatorEmail' | 'account' | 'holdMinutes' | 'longHoldDays';

/** The shop as the settings make it: for the use cases, and as everybody may know it. */
export type Resolved = { shop: Shop; config: ShopConfig };

/** Puts what was stored over what the environment says, and under what it says for good. */
export type Resolve = (stored: StoredSettings) => Resolved;

/**
 * Keeps the shop as it was set last. It looks every few seconds whether something was changed, in this process or another,
 * by one small read outside of any purchase. What was frozen into an order stays with the order.
 */
export class ShopKeeper {
  /** The same object as long as the process runs; its values are those that were taken over last. */
  readonly shop: Shop;
  /** Which variable of the environment sets something for good. */
  readonly setBy: Readonly<Partial<Record<SettingName, string>>>;
  readonly #database: Database;
  readonly #resolve: Resolve;
  #stored: StoredSettings;
  #config: ShopConfig;

  private constructor(
    database: Database,
    { resolve, setBy }: { resolve: Resolve; setBy: ShopKeeper['setBy'] },
    stored: StoredSettings,
  ) {
    const { shop, config } = resolve(stored);
    this.#database = database;
    this.#resolve = resolve;
    this.#stored = stored;
    this.#config = config;
    this.setBy = setBy;
    this.shop = shop;
  }

  static async open(
    database: Database,
    rules: { resolve: Resolve; setBy: ShopKeeper['setBy'] },
  ): Promise<ShopKeeper> {
    return new ShopKeeper(database, rules, await readStoredSettings(database.read));
  }

  /** What everybody may know of the shop. */
  get config(): ShopConfig {
    return this.#config;
  }

  /** What was stored when it was taken over last. */
  get stored(): StoredSettings {
    return this.#stored;
  }

  /** Takes over what was changed. False when nothing was. */
  async refresh(): Promise<boolean> {
    if ((await readSettingsMark(this.#database.read)) === this.#stored.mark) return false;
    const stored = await readStoredSettings(this.#database.read);
    const { shop, config } = this.#resolve(stored);
    this.#stored = stored;
    this.#config = config;
    Object.assign(this.shop, shop);
    return true;
  }
}
