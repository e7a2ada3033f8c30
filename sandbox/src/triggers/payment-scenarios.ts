/** The calls for events of payments and of what they are paid with. */
import type { Answer, Form, TriggerApi } from './api.ts';
import type { Scenario } from './scenarios.ts';

export const AMOUNT = 2_000;
export const PAYING_IBAN = 'AT611904300234573201';
const withoutRedirects: Form = {
  'automatic_payment_methods[enabled]': 'true',
  'automatic_payment_methods[allow_redirects]': 'never',
};

export const paymentScenarios: Readonly<Record<string, Scenario>> = {
  'charge.captured': captured,
  'charge.failed': declined,
  'charge.pending': debit,
  'charge.succeeded': (api) => paid(api),
  'charge.updated': (api) => paid(api),
  'payment_intent.amount_capturable_updated': authorized,
  'payment_intent.canceled': async (api) => api.post(`/v1/payment_intents/${(await intent(api)).id}/cancel`),
  'payment_intent.created': (api) => intent(api),
  'payment_intent.payment_failed': declined,
  'payment_intent.processing': debit,
  'payment_intent.requires_action': (api) => paid(api, { payment_method: 'pm_card_threeDSecure2Required' }),
  'payment_intent.succeeded': (api) => paid(api),
  'setup_intent.canceled': async (api) => api.post(`/v1/setup_intents/${(await setup(api)).id}/cancel`),
  'setup_intent.created': (api) => setup(api),
  'setup_intent.requires_action': (api) =>
    setup(api, { confirm: 'true', payment_method: 'pm_card_threeDSecure2Required' }),
  'setup_intent.setup_failed': async (api) => {
    const { id } = await setup(api);
    await api.declined(`/v1/setup_intents/${id}/confirm`, { payment_method: 'pm_card_visa_chargeDeclined' });
  },
  'setup_intent.succeeded': (api) => setup(api, { confirm: 'true', payment_method: 'pm_card_visa' }),
};

/** A card payment that succeeds, unless the form says otherwise. */
export function paid(api: TriggerApi, more: Form = {}): Promise<Answer> {
  return intent(api, { confirm: 'true', payment_method: 'pm_card_visa', ...more });
}

export function authorized(api: TriggerApi): Promise<Answer> {
  return paid(api, { capture_method: 'manual' });
}

/** What pays by bank debit, which needs a name and an address to write to. */
export function debitData(iban: string): Form {
  return {
    'payment_method_data[type]': 'sepa_debit',
    'payment_method_data[sepa_debit][iban]': iban,
    'payment_method_data[billing_details][name]': 'Jenny Rosen',
    'payment_method_data[billing_details][email]': 'jenny@example.com',
  };
}

function intent(api: TriggerApi, more: Form = {}): Promise<Answer> {
  return api.post('/v1/payment_intents', {
    amount: AMOUNT,
    currency: 'usd',
    description: 'Made by trigger',
    ...withoutRedirects,
    ...more,
  });
}

function setup(api: TriggerApi, more: Form = {}): Promise<Answer> {
  return api.post('/v1/setup_intents', { ...withoutRedirects, ...more });
}

async function declined(api: TriggerApi): Promise<void> {
  const { id } = await intent(api);
  await api.declined(`/v1/payment_intents/${id}/confirm`, { payment_method: 'pm_card_visa_chargeDeclined' });
}

async function captured(api: TriggerApi): Promise<Answer> {
  return api.post(`/v1/payment_intents/${(await authorized(api)).id}/capture`);
}

function debit(api: TriggerApi): Promise<Answer> {
  return intent(api, { confirm: 'true', currency: 'eur', ...debitData(PAYING_IBAN) });
}
