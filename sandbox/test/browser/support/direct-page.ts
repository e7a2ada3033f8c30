/** A shop's page that uses `window.Stripe` without any package, told by its address what to do. */
import type {
  PaymentIntentResult,
  StripeCardElement,
  StripeCardNumberElement,
  StripeConstructor,
  StripeElements,
} from '@stripe/stripe-js';

declare const Stripe: StripeConstructor;

const query = new URLSearchParams(window.location.search);
const secret = query.get('secret') ?? '';
const redirect = query.get('redirect') ?? 'if_required';
const stripe = Stripe('pk_test_merchant');
const heard: string[] = [];
const events: unknown[] = [];
const states: string[] = [];
Object.assign(window, { heard, events, states, stripe });
window.addEventListener('message', (event) => heard.push(JSON.stringify(event.data)));

const root = document.querySelector('#root')!;
const form = document.createElement('form');
const button = document.createElement('button');
button.textContent = 'Pay';
root.append(form);

const pay = { payment: withPayment, deferred: withPayment, card: withCard, split: withSplitCard }[
  query.get('kind') ?? 'payment'
]!();
form.append(button);
form.addEventListener('submit', async (event) => {
  event.preventDefault();
  show(await pay().catch((error: Error) => ({ thrown: `${error.name}: ${error.message}` })));
});

function withPayment(): () => Promise<unknown> {
  const deferred = query.get('kind') === 'deferred';
  const appearance = { variables: { colorPrimary: '#1f5f4a', fontSizeBase: '17px' } };
  const elements: StripeElements = deferred
    ? stripe.elements({ mode: 'payment', amount: 4800, currency: 'usd', appearance })
    : stripe.elements({ clientSecret: secret, appearance });
  const element = elements.create('payment', JSON.parse(query.get('options') ?? '{}'));
  element.on('change', (change) => events.push(change));
  element.on('ready', () => form.setAttribute('data-ready', ''));
  element.on('loaderror', ({ error }) => show({ loaderror: error }));
  for (const event of ['loaderstart', 'focus', 'blur', 'escape'] as const) {
    element.on(event as 'focus', () => states.push(event));
  }
  element.mount(place('payment'));
  Object.assign(window, { elements, element });
  return async () => {
    if (deferred && !query.has('unsubmitted')) {
      const { error } = await elements.submit();
      if (error) return { error };
    }
    const confirmParams = { return_url: `${window.location.origin}/returned?order=17` };
    return redirect === 'always'
      ? stripe.confirmPayment({ elements, clientSecret: secret, confirmParams })
      : stripe.confirmPayment({ elements, clientSecret: secret, confirmParams, redirect: 'if_required' });
  };
}

function withCard(): () => Promise<PaymentIntentResult> {
  const card: StripeCardElement = stripe.elements().create('card');
  card.on('change', (change) => events.push(change));
  card.mount(place('card'));
  Object.assign(window, { card });
  return () => stripe.confirmCardPayment(secret, { payment_method: { card } });
}

function withSplitCard(): () => Promise<PaymentIntentResult> {
  const elements = stripe.elements();
  const card: StripeCardNumberElement = elements.create('cardNumber', { showIcon: true });
  card.on('change', (change) => events.push(change));
  card.mount(place('cardNumber'));
  elements.create('cardExpiry').mount(place('cardExpiry'));
  elements.create('cardCvc').mount(place('cardCvc'));
  return () => stripe.confirmCardPayment(secret, { payment_method: { card } });
}

function place(name: string): HTMLElement {
  const node = document.createElement('div');
  node.id = name;
  node.className = name === 'payment' ? '' : 'box';
  form.append(node);
  return node;
}

function show(result: unknown): void {
  document.querySelector('#result')!.textContent = JSON.stringify(result);
}
