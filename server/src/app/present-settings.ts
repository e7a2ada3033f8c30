import type { ShopSettings } from '@paydesk/contract/admin/settings';
import type { App } from './ports.ts';
import type { SettingName } from './shop-keeper.ts';

const minute = 60_000;
const day = 86_400_000;

/** What the shop runs on now, as it was saved last in any process, and what of it can be changed here. */
export async function presentSettings(app: App): Promise<ShopSettings> {
  const { keeper, shop } = app;
  await keeper.refresh();
  const { stored, config } = keeper;
  const setting = <T>(name: SettingName, value: T) => ({ value, setBy: keeper.setBy[name] ?? null });
  return {
    shop: {
      version: stored.shop.version,
      name: setting('name', shop.name),
      seller: setting('seller', [...shop.seller]),
      operatorEmail: setting('operatorEmail', shop.operatorEmail),
    },
    payments: {
      version: stored.payments.version,
      flows: { value: [...shop.flows], setBy: null },
      account: setting('account', shop.transferAccount),
      holdMinutes: setting('holdMinutes', shop.holdFor / minute),
      longHoldDays: setting('longHoldDays', shop.longHoldFor / day),
    },
    delivery: { version: stored.delivery.version, countries: stored.countries },
    fixed: {
      currency: shop.currency,
      country: shop.country,
      url: shop.frontendUrl,
      sandbox: config.sandbox,
    },
  };
}
