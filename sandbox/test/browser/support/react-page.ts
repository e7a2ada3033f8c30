/** A shop's page that uses the published React package, unmodified, told by its address what to do. */
import {
  AddressElement,
  CardCvcElement,
  CardElement,
  CardExpiryElement,
  CardNumberElement,
  Elements,
  ExpressCheckoutElement,
  LinkAuthenticationElement,
  PaymentElement,
  useElements,
  useStripe,
} from '@stripe/react-stripe-js';
import { loadStripe } from '@stripe/stripe-js';
import { createElement, type FormEvent, type ReactElement, StrictMode, useState } from 'react';
import { createRoot } from 'react-dom/client';

const query = new URLSearchParams(window.location.search);
const secret = query.get('secret') ?? '';
const kind = query.get('kind') ?? 'payment';
const heard: string[] = [];
Object.assign(window, { heard });
window.addEventListener('message', (event) => heard.push(JSON.stringify(event.data)));

function CheckoutForm(): ReactElement {
  const stripe = useStripe();
  const elements = useElements();
  const [isReady, setReady] = useState(false);

  async function pay(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (!stripe || !elements) return;
    const card = elements.getElement(CardElement) ?? elements.getElement(CardNumberElement);
    const result = card
      ? await stripe.confirmCardPayment(secret, { payment_method: { card } })
      : await stripe.confirmPayment({ elements, redirect: 'if_required' });
    document.querySelector('#result')!.textContent = JSON.stringify(result);
  }

  const onReady = (): void => setReady(true);
  const fields: Record<string, ReactElement[]> = {
    payment: [createElement(PaymentElement, { key: 'payment', onReady })],
    details: [
      createElement(ExpressCheckoutElement, {
        key: 'express',
        onConfirm: () => {},
        onReady: ({ availablePaymentMethods }) => {
          document.body.dataset.wallets = String(availablePaymentMethods);
        },
      }),
      createElement(LinkAuthenticationElement, {
        key: 'email',
        options: { defaultValues: { email: 'ada@example.com' } },
      }),
      createElement(AddressElement, {
        key: 'address',
        options: { mode: 'shipping' },
        onChange: ({ complete, value }) => {
          document.body.dataset.address = `${complete} ${value.address.city}`;
        },
      }),
      createElement(PaymentElement, { key: 'payment', onReady }),
    ],
    card: [createElement(CardElement, { key: 'card', onReady })],
    split: [
      createElement(CardNumberElement, { key: 'number', onReady }),
      createElement(CardExpiryElement, { key: 'expiry' }),
      createElement(CardCvcElement, { key: 'cvc' }),
    ],
  };
  const button = createElement('button', { key: 'button', type: 'submit' }, 'Pay');
  return createElement('form', { onSubmit: pay, 'data-ready': isReady ? '' : undefined }, [
    ...fields[kind]!,
    button,
  ]);
}

const options = kind === 'payment' || kind === 'details' ? { clientSecret: secret } : {};
createRoot(document.querySelector('#root')!).render(
  createElement(
    StrictMode,
    null,
    createElement(Elements, { stripe: loadStripe('pk_test_merchant'), options }, createElement(CheckoutForm)),
  ),
);
