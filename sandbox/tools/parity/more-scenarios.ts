/** The other scenarios: what surrounds a payment, and what is refused. */
import type { Scenario } from './scenarios.ts';
import type { Params } from './side.ts';

const intents = '/v1/payment_intents';
const base: Params = { amount: '2000', currency: 'usd' };

export const moreScenarios: Scenario[] = [
  {
    name: 'a customer and a card',
    events: [
      'customer.created',
      'customer.updated',
      'payment_method.attached',
      'payment_method.detached',
      'customer.deleted',
    ],
    async run(side) {
      const { id } = await side.post('200 customer', '/v1/customers', { email: 'ada@example.org' });
      await side.post('200 customer', `/v1/customers/${id}`, { name: 'Ada' });
      const owner = { customer: id };
      const method = await side.post('200 payment_method', '/v1/payment_methods/pm_card_visa/attach', owner);
      const declining = '/v1/payment_methods/pm_card_visa_chargeDeclined/attach';
      await side.post('402 card_declined/generic_decline', declining, owner);
      await side.get('200 list', `/v1/customers/${id}/payment_methods`);
      await side.post('200 payment_method', `/v1/payment_methods/${method.id}/detach`);
      await side.delete('200 deleted', `/v1/customers/${id}`);
      await side.get('200 deleted', `/v1/customers/${id}`);
    },
  },
  {
    name: 'a Checkout Session',
    events: ['checkout.session.expired'],
    async run(side) {
      const session = await side.post('200 open', '/v1/checkout/sessions', {
        mode: 'payment',
        success_url: 'https://shop.example/ok?session={CHECKOUT_SESSION_ID}',
        'line_items[0][quantity]': '2',
        'line_items[0][price_data][currency]': 'usd',
        'line_items[0][price_data][unit_amount]': '1250',
        'line_items[0][price_data][product_data][name]': 'Cup',
      });
      const path = `/v1/checkout/sessions/${session.id}`;
      await side.get('200 open', path, { 'expand[0]': 'line_items' });
      await side.get('200 list', `${path}/line_items`);
      await side.post('200 expired', `${path}/expire`);
      await side.post('400', `${path}/expire`);
    },
  },
  {
    name: 'a product and its price',
    events: ['product.created', 'price.created', 'price.updated'],
    async run(side) {
      const product = await side.post('200 product', '/v1/products', { name: 'Cup' });
      const given = { product: product.id, currency: 'usd', unit_amount: '1250' };
      const price = await side.post('200 price', '/v1/prices', given);
      await side.post('200 price', `/v1/prices/${price.id}`, { active: 'false' });
      await side.get('200 product', `/v1/products/${product.id}`);
    },
  },
  {
    name: 'a card set up',
    events: ['setup_intent.created', 'setup_intent.succeeded'],
    async run(side) {
      await side.post('200 succeeded', '/v1/setup_intents', {
        confirm: 'true',
        payment_method: 'pm_card_visa',
        'automatic_payment_methods[enabled]': 'true',
        'automatic_payment_methods[allow_redirects]': 'never',
      });
    },
  },
  {
    name: 'refusals',
    events: [],
    async run(side) {
      await side.post('400 parameter_missing currency', intents, { amount: '2000' });
      await side.post('400 parameter_unknown nonsense', intents, { ...base, nonsense: '1' });
      await side.post('400 parameter_invalid_integer amount', intents, { ...base, amount: 'ten' });
      await side.post('400 amount_too_small amount', intents, { ...base, amount: '10' });
      await side.post('400 resource_missing customer', intents, { ...base, customer: 'cus_none' });
      await side.get('404 resource_missing intent', `${intents}/pi_none`);
      await side.get('404 resource_missing id', '/v1/customers/cus_none');
      await side.get('404 invalid_request_error', '/v1/nonsense');
    },
  },
  {
    name: 'idempotency',
    events: ['payment_intent.created'],
    async run(side) {
      const key = `parity-${Math.random().toString(36).slice(2)}`;
      const first = await side.post('200 requires_payment_method', intents, base, key);
      const again = await side.post('200 requires_payment_method', intents, base, key);
      if (again.id !== first.id) throw new Error('The same key made a second payment intent');
      await side.post('400 idempotency_error', intents, { ...base, amount: '2001' }, key);
    },
  },
];
