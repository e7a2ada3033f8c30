import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { type ApiObject, prepareSetting, type Setting } from './setting.ts';
import { type Visit, visit } from './visit.ts';

/** A customer's tab on the hosted page, fresh for each test of a file. */
export interface HostedPage {
  readonly setting: Setting;
  readonly customer: Visit;
  readonly page: Visit['page'];
  /** A session of two mugs for $48.00, with whatever else is given. */
  createSession(more?: Record<string, string>): Promise<ApiObject>;
  open(more?: Record<string, string>): Promise<ApiObject>;
  /** Fills in the e-mail address and a card. */
  fill(number: string): Promise<void>;
  read(session: ApiObject): Promise<ApiObject>;
}

export function useHostedPage(): HostedPage {
  let setting: Setting;
  let customer: Visit;
  beforeAll(async () => {
    setting = await prepareSetting();
  });
  afterAll(() => setting.close());
  beforeEach(async () => {
    customer = await visit(setting.browser, setting);
  });
  afterEach(() => customer.close());

  const createSession: HostedPage['createSession'] = (more = {}) =>
    setting.api('POST', '/v1/checkout/sessions', {
      mode: 'payment',
      success_url: `${setting.merchant.url}/success?session={CHECKOUT_SESSION_ID}`,
      cancel_url: `${setting.merchant.url}/cart`,
      'line_items[0][price_data][currency]': 'usd',
      'line_items[0][price_data][unit_amount]': '2400',
      'line_items[0][price_data][product_data][name]': 'Stoneware mug',
      'line_items[0][quantity]': '2',
      ...more,
    });

  return {
    get setting() {
      return setting;
    },
    get customer() {
      return customer;
    },
    get page() {
      return customer.page;
    },
    createSession,
    async open(more) {
      const session = await createSession(more);
      await customer.page.goto(session.url);
      return session;
    },
    fill: (number) => fillCard(customer.page, number),
    read: (session) => setting.api('GET', `/v1/checkout/sessions/${session.id}`),
  };
}

export async function fillCard(page: Visit['page'], number: string): Promise<void> {
  await page.getByLabel('Email').fill('ada@example.com');
  await page.getByLabel('Card number').fill(number);
  await page.getByLabel('Expiration date').fill('12 / 34');
  await page.getByLabel('CVC').fill('123');
  await page.getByLabel('Cardholder name').fill('Ada Lovelace');
  await page.locator('#billingPostalCode').fill('94107');
}
