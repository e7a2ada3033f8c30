/** What both sides are asked: each scenario is one life of a payment, with what its author expects. */
import type { Params, Side } from './side.ts';

export interface Scenario {
  name: string;
  /** Types of its events in the order in which Stripe is expected to make them. */
  events: string[];
  run(side: Side): Promise<void>;
}

const intents = '/v1/payment_intents';
const base: Params = {
  amount: '2000',
  currency: 'usd',
  'automatic_payment_methods[enabled]': 'true',
  'automatic_payment_methods[allow_redirects]': 'never',
};
const paidAtOnce: Params = { ...base, confirm: 'true', payment_method: 'pm_card_visa' };
const made = 'payment_intent.created';
const paid = ['charge.succeeded', 'payment_intent.succeeded'];
const declined = ['charge.failed', 'payment_intent.payment_failed'];

export const scenarios: Scenario[] = [
  {
    name: 'paid at once',
    events: [made, ...paid, 'charge.updated'],
    async run(side) {
      const intent = await side.post('200 succeeded', intents, { ...paidAtOnce, 'metadata[order]': '7' });
      // The charge gets its balance transaction some time later.
      await side.events();
      const expand = { 'expand[0]': 'latest_charge', 'expand[1]': 'payment_method' };
      await side.get('200 succeeded', `${intents}/${intent.id}`, expand);
      await side.get('200 succeeded', `/v1/charges/${intent.latest_charge}`);
      await side.get('200 list', intents, { limit: '1' });
    },
  },
  {
    name: 'confirmed later',
    events: [made, ...paid, 'charge.updated'],
    async run(side) {
      const intent = await side.post('200 requires_payment_method', intents, base);
      await side.post('200 requires_payment_method', `${intents}/${intent.id}`, { 'metadata[order]': '7' });
      const method = { payment_method: 'pm_card_mastercard' };
      await side.post('200 requires_confirmation', `${intents}/${intent.id}`, method);
      await side.post('200 succeeded', `${intents}/${intent.id}/confirm`);
      await side.post('400 payment_intent_unexpected_state', `${intents}/${intent.id}/confirm`);
      await side.post('400 payment_intent_unexpected_state', `${intents}/${intent.id}/cancel`);
    },
  },
  {
    name: 'declined, then paid',
    events: [made, ...declined, ...declined, ...declined, ...paid, 'charge.updated'],
    async run(side) {
      const { id } = await side.post('200 requires_payment_method', intents, base);
      const confirm = (expected: string, method: string) =>
        side.post(expected, `${intents}/${id}/confirm`, { payment_method: method });
      await confirm('402 card_declined/generic_decline', 'pm_card_visa_chargeDeclined');
      await confirm('402 card_declined/insufficient_funds', 'pm_card_visa_chargeDeclinedInsufficientFunds');
      await confirm('402 expired_card/expired_card', 'pm_card_chargeDeclinedExpiredCard');
      await side.get('200 requires_payment_method', `${intents}/${id}`);
      await confirm('200 succeeded', 'pm_card_visa');
    },
  },
  {
    name: '3-D Secure, given up',
    events: [made, 'payment_intent.requires_action', 'payment_intent.canceled'],
    async run(side) {
      const challenged = { ...paidAtOnce, payment_method: 'pm_card_authenticationRequired' };
      const { id } = await side.post('200 requires_action', intents, challenged);
      await side.post('200 canceled', `${intents}/${id}/cancel`, { cancellation_reason: 'abandoned' });
    },
  },
  {
    name: 'captured in part',
    events: [
      made,
      'charge.succeeded',
      'payment_intent.amount_capturable_updated',
      'charge.captured',
      'payment_intent.succeeded',
    ],
    async run(side) {
      const held = { ...paidAtOnce, capture_method: 'manual' };
      const { id } = await side.post('200 requires_capture', intents, held);
      const tooMuch = { amount_to_capture: '2001' };
      await side.post('400 amount_too_large amount_to_capture', `${intents}/${id}/capture`, tooMuch);
      await side.post('200 succeeded', `${intents}/${id}/capture`, { amount_to_capture: '1500' });
    },
  },
  {
    name: 'refunded in two parts',
    events: [
      made,
      ...paid,
      'charge.updated',
      ...['refund.created', 'charge.refunded', 'refund.updated', 'charge.refund.updated'],
      ...['refund.created', 'charge.refunded', 'refund.updated', 'charge.refund.updated'],
    ],
    async run(side) {
      const { id } = await side.post('200 succeeded', intents, paidAtOnce);
      const refund = (expected: string, params: Params) =>
        side.post(expected, '/v1/refunds', { payment_intent: id, ...params });
      // What follows a payment or a refund some time later must not come in between.
      await side.events();
      await refund('200 succeeded', { amount: '500', reason: 'requested_by_customer' });
      await side.events();
      await refund('200 succeeded', {});
      await refund('400 charge_already_refunded', {});
      await side.get('200 list', '/v1/refunds', { payment_intent: id });
      await side.get('200 succeeded', `${intents}/${id}`, { 'expand[0]': 'latest_charge.refunds' });
    },
  },
];
