/** The calls for events of Checkout Sessions and payment links. */
import type { Answer, Form, TriggerApi } from './api.ts';
import { AMOUNT, debitData, PAYING_IBAN } from './payment-scenarios.ts';
import type { Scenario } from './scenarios.ts';

const FAILING_IBAN = 'IT60X0542811101000000123456';

export const checkoutScenarios: Readonly<Record<string, Scenario>> = {
  'checkout.session.async_payment_failed': (api) => complete(api, 'eur', debitData(FAILING_IBAN)),
  'checkout.session.async_payment_succeeded': (api) => complete(api, 'eur', debitData(PAYING_IBAN)),
  'checkout.session.completed': (api) => complete(api, 'usd', { payment_method: 'pm_card_visa' }),
  'checkout.session.expired': async (api) =>
    api.post(`/v1/checkout/sessions/${(await openSession(api, 'usd')).id}/expire`),
  'payment_link.created': paymentLink,
  'payment_link.updated': async (api) =>
    api.post(`/v1/payment_links/${(await paymentLink(api)).id}`, { 'metadata[changed_by]': 'trigger' }),
};

function openSession(api: TriggerApi, currency: string): Promise<Answer> {
  return api.post('/v1/checkout/sessions', {
    mode: 'payment',
    success_url: 'https://example.com/success',
    ...oneItem(currency),
  });
}

function paymentLink(api: TriggerApi): Promise<Answer> {
  return api.post('/v1/payment_links', oneItem('usd'));
}

function oneItem(currency: string): Form {
  return {
    'line_items[0][quantity]': 1,
    'line_items[0][price_data][currency]': currency,
    'line_items[0][price_data][unit_amount]': AMOUNT,
    'line_items[0][price_data][product_data][name]': 'Made by trigger',
  };
}

async function complete(api: TriggerApi, currency: string, payment: Form): Promise<Answer> {
  const { id } = await openSession(api, currency);
  return api.post(`/v1/payment_pages/${id}/confirm`, {
    email: 'jenny@example.com',
    expected_amount: AMOUNT,
    ...payment,
  });
}
