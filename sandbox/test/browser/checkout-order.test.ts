import { describe, expect, test } from 'vitest';
import { useHostedPage } from './support/hosted-page.ts';
import { accessibilityFaults } from './support/visit.ts';

const hosted = useHostedPage();

describe('the hosted page of an order with more to it', () => {
  const usd = (prefix: string, amount: string) => ({
    [`${prefix}[fixed_amount][amount]`]: amount,
    [`${prefix}[fixed_amount][currency]`]: 'usd',
  });
  const total = (text: string) => hosted.page.getByTestId('total').filter({ hasText: text }).waitFor();

  async function makeCode(code: string, percent: string): Promise<void> {
    const coupon = await hosted.setting.api('POST', '/v1/coupons', { percent_off: percent });
    await hosted.setting.api('POST', '/v1/promotion_codes', {
      'promotion[type]': 'coupon',
      'promotion[coupon]': coupon.id,
      code,
    });
  }

  test('a promotion code is refused, applied, taken away, and what is typed stays', async () => {
    await makeCode('AUTUMN', '25');
    const session = await hosted.open({ allow_promotion_codes: 'true' });
    const { page } = hosted;
    await hosted.fill('4242424242424242');
    const code = page.getByLabel('Promotion code');
    await code.fill('SPRING');
    await code.press('Enter');
    await page.getByText('This code is invalid.').waitFor();
    await code.fill('autumn');
    await page.getByRole('button', { name: 'Apply' }).click();
    await total('$36.00');
    await page.getByRole('button', { name: 'Remove AUTUMN' }).click();
    await total('$48.00');
    await code.fill('autumn');
    await code.press('Enter');
    await total('$36.00');
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Pay $36.00' }).click();
    await page.waitForURL('**/success?**');
    expect(await hosted.read(session)).toMatchObject({
      amount_total: 3600,
      total_details: { amount_discount: 1200 },
    });
  });

  test('a code for the whole price leaves nothing to pay and asks for no card', async () => {
    await makeCode('GIFT', '100');
    const session = await hosted.open({ allow_promotion_codes: 'true' });
    const { page } = hosted;
    await page.getByLabel('Email').fill('ada@example.com');
    await page.getByLabel('Promotion code').fill('GIFT');
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByLabel('Card number').waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Complete order' }).click();
    await page.waitForURL('**/success?**');
    expect(await hosted.read(session)).toMatchObject({
      payment_status: 'no_payment_required',
      payment_intent: null,
    });
    await hosted.customer.expectClean();
  });

  test('an address, a way of shipping, the shop’s own field and its terms are asked for and kept', async () => {
    const session = await hosted.open({
      'shipping_address_collection[allowed_countries][0]': 'US',
      'shipping_address_collection[allowed_countries][1]': 'GB',
      'shipping_options[0][shipping_rate_data][display_name]': 'Ground',
      ...usd('shipping_options[0][shipping_rate_data]', '500'),
      'shipping_options[1][shipping_rate_data][display_name]': 'Express',
      ...usd('shipping_options[1][shipping_rate_data]', '1500'),
      'phone_number_collection[enabled]': 'true',
      'consent_collection[terms_of_service]': 'required',
      'custom_fields[0][key]': 'engraving',
      'custom_fields[0][label][type]': 'custom',
      'custom_fields[0][label][custom]': 'Engraving',
      'custom_fields[0][type]': 'text',
    });
    const { page } = hosted;
    await total('$53.00');
    await page.getByRole('radio', { name: 'Express' }).check();
    await total('$63.00');
    await hosted.fill('4242424242424242');
    await page.getByRole('button', { name: 'Pay $63.00' }).click();
    await page.getByText('Accept the terms to go on.').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByLabel('Phone number').fill('+44 20 7123 4567');
    await page.locator('#shippingName').fill('Ada Lovelace');
    await page.locator('#shippingCountry').selectOption('GB');
    await page.locator('#shippingAddressLine1').fill('12 St James’s Square');
    await page.getByLabel('Town or city').fill('London');
    await page.locator('#shippingPostalCode').fill('SW1Y 4JH');
    await page.getByLabel('Engraving').fill('For Charles');
    await page.getByRole('checkbox').check();
    await page.getByRole('button', { name: 'Pay $63.00' }).click();
    await page.waitForURL('**/success?**');
    expect(await hosted.read(session)).toMatchObject({
      amount_total: 6300,
      consent: { terms_of_service: 'accepted' },
      custom_fields: [{ text: { value: 'For Charles' } }],
      customer_details: { phone: '+44 20 7123 4567', email: 'ada@example.com' },
      collected_information: {
        shipping_details: { name: 'Ada Lovelace', address: { country: 'GB', city: 'London', state: null } },
      },
    });
    await hosted.customer.expectClean();
  });

  test('taxes stand in the summary, and the shop’s words beside the button', async () => {
    const rate = { display_name: 'Sales tax', inclusive: 'false', percentage: '10' };
    const tax = await hosted.setting.api('POST', '/v1/tax_rates', rate);
    await hosted.open({
      'line_items[0][tax_rates][0]': tax.id,
      'custom_text[submit][message]': 'We pack it by hand.',
      submit_type: 'donate',
    });
    const { page } = hosted;
    await page.getByText('Sales tax 10%').waitFor();
    await page.getByText('We pack it by hand.').waitFor();
    await page.getByRole('button', { name: 'Donate $52.80' }).waitFor();
  });

  test('a whole billing address is asked for where the shop wants it', async () => {
    const session = await hosted.open({ billing_address_collection: 'required' });
    const { page } = hosted;
    await hosted.fill('4242424242424242');
    await page.locator('#billingAddressLine1').fill('510 Townsend St');
    await page.locator('#billingLocality').fill('San Francisco');
    await page.locator('#billingAdministrativeArea').fill('CA');
    await page.getByRole('button', { name: 'Pay $48.00' }).click();
    await page.waitForURL('**/success?**');
    expect(await hosted.read(session)).toMatchObject({
      customer_details: { address: { line1: '510 Townsend St', state: 'CA', postal_code: '94107' } },
    });
  });

  test('an expired session goes on in a new one by its recovery link', async () => {
    const session = await hosted.createSession({ 'after_expiration[recovery][enabled]': 'true' });
    await hosted.setting.api('POST', `/v1/checkout/sessions/${session.id}/expire`);
    const { page } = hosted;
    await page.goto(session.url);
    await page.getByRole('link', { name: 'Continue checkout' }).click();
    await hosted.fill('4242424242424242');
    await page.getByRole('button', { name: 'Pay $48.00' }).click();
    await page.waitForURL('**/success?**');
    const [paid] = (await hosted.setting.api('GET', '/v1/checkout/sessions', { status: 'complete' })).data;
    expect(paid).toMatchObject({ recovered_from: session.id, payment_status: 'paid' });
  });
});
