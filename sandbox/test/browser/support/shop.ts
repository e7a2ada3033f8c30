import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { type ApiObject, prepareSetting, type Setting } from './setting.ts';
import { type Visit, visit } from './visit.ts';

/** A customer's tab on a shop, fresh for each test of a file. */
export interface ShopVisit {
  readonly setting: Setting;
  readonly visit: Visit;
  readonly page: Visit['page'];
  /** Opens the shop's page that uses stripe.js directly, for a new payment of $48.00. */
  open(parameters?: Record<string, string>): Promise<ApiObject>;
  statusOf(intent: string): Promise<string>;
}

export function useShop(): ShopVisit {
  let setting: Setting;
  let current: Visit;
  beforeAll(async () => {
    setting = await prepareSetting();
  });
  afterAll(() => setting.close());
  beforeEach(async () => {
    current = await visit(setting.browser, setting);
  });
  afterEach(() => current.close());
  return {
    get setting() {
      return setting;
    },
    get visit() {
      return current;
    },
    get page() {
      return current.page;
    },
    async open(parameters = {}) {
      const intent = await setting.createIntent();
      const query = new URLSearchParams({ secret: intent.client_secret, ...parameters });
      await current.page.goto(`${setting.merchant.url}/direct?${query}`);
      return intent;
    },
    async statusOf(intent) {
      return (await setting.api('GET', `/v1/payment_intents/${intent}`)).status;
    },
  };
}
