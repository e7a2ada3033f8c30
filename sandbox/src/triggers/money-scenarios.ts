/** The calls for events of refunds, disputes, fraud warnings and of money that waits for days. */
import type { Answer, Form, TriggerApi } from './api.ts';
import { authorized, paid } from './payment-scenarios.ts';
import type { Scenario } from './scenarios.ts';

const changed: Form = { 'metadata[changed_by]': 'trigger' };

export const moneyScenarios: Readonly<Record<string, Scenario>> = {
  'balance.available': async (api) => {
    await paid(api);
    // The charge is booked two seconds after it succeeded, and available some days later.
    return api.post('/_sandbox/clock', { advance: '8d' });
  },
  'charge.dispute.closed': async (api) => api.post(`/v1/disputes/${(await disputed(api)).id}/close`),
  'charge.dispute.created': disputed,
  'charge.dispute.funds_reinstated': async (api) => respond(api, 'winning_evidence'),
  'charge.dispute.funds_withdrawn': disputed,
  'charge.dispute.updated': async (api) => respond(api, 'losing_evidence'),
  'charge.expired': async (api) => {
    await authorized(api);
    return api.post('/_sandbox/clock', { advance: '8d' });
  },
  'charge.refund.updated': updatedRefund,
  'charge.refunded': (api) => refunded(api),
  'radar.early_fraud_warning.created': warned,
  'radar.early_fraud_warning.updated': async (api) =>
    api.post('/v1/refunds', { payment_intent: (await warned(api)).payment_intent }),
  'refund.created': (api) => refunded(api),
  'refund.failed': (api) => refunded(api, 'pm_card_refundFail'),
  'refund.updated': updatedRefund,
};

async function refunded(api: TriggerApi, card = 'pm_card_visa'): Promise<Answer> {
  const { id } = await paid(api, { payment_method: card });
  return api.post('/v1/refunds', { payment_intent: id });
}

async function updatedRefund(api: TriggerApi): Promise<Answer> {
  return api.post(`/v1/refunds/${(await refunded(api)).id}`, changed);
}

async function disputed(api: TriggerApi): Promise<Answer> {
  const { id } = await paid(api, { payment_method: 'pm_card_createDispute' });
  return api.first(`/v1/disputes?payment_intent=${id}`);
}

async function respond(api: TriggerApi, evidence: string): Promise<Answer> {
  const { id } = await disputed(api);
  return api.post(`/v1/disputes/${id}`, { 'evidence[uncategorized_text]': evidence });
}

async function warned(api: TriggerApi): Promise<Answer> {
  const { id } = await paid(api, { payment_method: 'pm_card_createIssuerFraudRecord' });
  return api.first(`/v1/radar/early_fraud_warnings?payment_intent=${id}`);
}
