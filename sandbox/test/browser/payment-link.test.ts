import { describe, expect, test } from 'vitest';
import { fillCard, useHostedPage } from './support/hosted-page.ts';
import { accessibilityFaults } from './support/visit.ts';

const hosted = useHostedPage();

function createLink(more: Record<string, string> = {}) {
  return hosted.setting.api('POST', '/v1/payment_links', {
    'line_items[0][price_data][currency]': 'usd',
    'line_items[0][price_data][unit_amount]': '2400',
    'line_items[0][price_data][product_data][name]': 'Stoneware mug',
    'line_items[0][quantity]': '2',
    ...more,
  });
}

async function payWith(number: string): Promise<void> {
  await fillCard(hosted.page, number);
  await hosted.page.getByRole('button', { name: 'Pay $48.00' }).click();
}

describe('a payment link', () => {
  test('leads to its page, and after paying to the shop’s own words', async () => {
    const { url } = await createLink({
      'after_completion[type]': 'hosted_confirmation',
      'after_completion[hosted_confirmation][custom_message]': 'Your mugs leave tomorrow.',
    });
    await hosted.page.goto(`${url}?prefilled_email=grace%40example.com`);
    await hosted.page.waitForURL('**/c/pay/cs_test_**');
    expect(await hosted.page.getByLabel('Email').inputValue()).toBe('grace@example.com');
    expect(await hosted.page.getByTestId('business-link').count()).toBe(0);
    await payWith('4242424242424242');
    await hosted.page.getByRole('heading', { name: 'Thanks for your payment' }).waitFor();
    await hosted.page.getByText('Your mugs leave tomorrow.').waitFor();
    expect(await hosted.page.getByTestId('total').textContent()).toBe('$48.00');
    expect(await accessibilityFaults(hosted.page)).toEqual([]);
    await hosted.customer.expectClean();
  });

  test('leads to the shop’s page after paying where it says so', async () => {
    const { id, url } = await createLink({
      'after_completion[type]': 'redirect',
      'after_completion[redirect][url]': `${hosted.setting.merchant.url}/thanks?session={CHECKOUT_SESSION_ID}`,
    });
    await hosted.page.goto(url);
    await payWith('4242424242424242');
    await hosted.page.waitForURL('**/thanks?session=cs_test_**');
    const { data } = await hosted.setting.api('GET', '/v1/checkout/sessions', { payment_link: id });
    expect(hosted.page.url()).toContain(data[0].id);
    expect(data[0].payment_status).toBe('paid');
  });

  test('that is not active says so in the shop’s words', async () => {
    const { id, url } = await createLink({ inactive_message: 'The mugs are sold out.' });
    await hosted.setting.api('POST', `/v1/payment_links/${id}`, { active: 'false' });
    await hosted.page.goto(url);
    await hosted.page.getByRole('heading', { name: 'This link is no longer active' }).waitFor();
    await hosted.page.getByText('The mugs are sold out.').waitFor();
    expect(await accessibilityFaults(hosted.page)).toEqual([]);
  });

  test('can be opened again after its session has expired', async () => {
    const { id, url } = await createLink();
    await hosted.page.goto(url);
    const { data } = await hosted.setting.api('GET', '/v1/checkout/sessions', { payment_link: id });
    await hosted.setting.api('POST', `/v1/checkout/sessions/${data[0].id}/expire`);
    await hosted.page.reload();
    await hosted.page.getByRole('link', { name: 'Start again' }).click();
    await hosted.page.getByRole('button', { name: 'Pay $48.00' }).waitFor();
  });
});
