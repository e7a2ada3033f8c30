/** A shop's page that uses `window.Stripe` without any package, told by its address what to do. */
import type {
  PaymentIntentResult,
  SetupIntentResult,
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

const kinds: Record<string, () => () => Promise<unknown>> = {
  payment: withPayment,
  deferred: withPayment,
  setup: withPayment,
  details: withDetails,
  card: withCard,
  split: withSplitCard,
};
const pay = kinds[query.get('kind') ?? 'payment']!();
form.append(button);
form.addEventListener('submit', async (event) => {
  event.preventDefault();
  show(await pay().catch((error: Error) => ({ thrown: `${error.name}: ${error.message}` })));
});

function withPayment(): () => Promise<unknown> {
  const deferred = query.get('kind') === 'deferred';
  const elements = createElements(deferred);
  return payWith(elements, deferred);
}

/** The Payment Element with the address and the e-mail of the customer around it. */
function withDetails(): () => Promise<unknown> {
  const elements = createElements(false);
  const email = elements.create('linkAuthentication');
  email.on('change', (change) => events.push(change));
  email.mount(place('email'));
  for (const mode of (query.get('modes') ?? 'shipping').split(' ')) {
    const options = { mode, ...JSON.parse(query.get('address') ?? '{}') };
    const address = elements.create('address', options);
    address.on('change', (change) => events.push(change));
    address.mount(place(`address-${mode}`));
    Object.assign(window, { address });
  }
  return payWith(elements, false);
}

function createElements(deferred: boolean): StripeElements {
  const appearance = { variables: { colorPrimary: '#1f5f4a', fontSizeBase: '17px' } };
  const mode = JSON.parse(query.get('mode') ?? '{"mode":"payment","amount":4800,"currency":"usd"}');
  return deferred
    ? stripe.elements({ ...mode, appearance })
    : stripe.elements({ clientSecret: secret, appearance });
}

function payWith(elements: StripeElements, deferred: boolean): () => Promise<unknown> {
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
    const confirmation = { elements, clientSecret: secret, confirmParams };
    const isSetup = secret.startsWith('seti_');
    if (redirect === 'always') {
      return isSetup ? stripe.confirmSetup(confirmation) : stripe.confirmPayment(confirmation);
    }
    const stay = { ...confirmation, redirect: 'if_required' } as const;
    return isSetup ? stripe.confirmSetup(stay) : stripe.confirmPayment(stay);
  };
}

function withCard(): () => Promise<PaymentIntentResult | SetupIntentResult> {
  const card: StripeCardElement = stripe.elements().create('card');
  card.on('change', (change) => events.push(change));
  card.mount(place('card'));
  Object.assign(window, { card });
  return () =>
    secret.startsWith('seti_')
      ? stripe.confirmCardSetup(secret, { payment_method: { card } })
      : stripe.confirmCardPayment(secret, { payment_method: { card } });
}

function withSplitCard(): () => Promise<PaymentIntentResult> {
  const elements = stripe.elements();
  const card: StripeCardNumberElement = elements.create('cardNumber', { showIcon: true });
  const expiry = elements.create('cardExpiry');
  const securityCode = elements.create('cardCvc');
  const style = JSON.parse(query.get('style') ?? '{}');
  for (const [name, element] of Object.entries({
    cardNumber: card,
    cardExpiry: expiry,
    cardCvc: securityCode,
  })) {
    (element as StripeCardNumberElement).on('change', (change) => events.push(change));
    (element as StripeCardNumberElement).on('ready', (event) => states.push(`${event.elementType} ready`));
    element.update({ style });
    element.mount(place(name));
  }
  Object.assign(window, { elements, card, expiry, securityCode });
  return () => stripe.confirmCardPayment(secret, { payment_method: { card } });
}

function place(name: string): HTMLElement {
  const node = document.createElement('div');
  node.id = name;
  node.className = name.startsWith('card') ? 'box' : '';
  const label = document.createElement('label');
  label.htmlFor = name;
  label.textContent = name.startsWith('card') ? name : '';
  form.append(label, node);
  return node;
}

function show(result: unknown): void {
  document.querySelector('#result')!.textContent = JSON.stringify(result);
}
