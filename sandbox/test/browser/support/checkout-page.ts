/** A shop's page that pays a Checkout Session with the published React package, unmodified. */
import {
  BillingAddressElement,
  CheckoutElementsProvider,
  ContactDetailsElement,
  CurrencySelectorElement,
  ExpressCheckoutElement,
  PaymentElement,
  ShippingAddressElement,
  useCheckoutElements,
} from '@stripe/react-stripe-js/checkout';
import { loadStripe } from '@stripe/stripe-js';
import { createElement, type FormEvent, type ReactElement, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

const query = new URLSearchParams(window.location.search);
const parts = (query.get('parts') ?? 'contact payment').split(' ');
const redirect = query.get('redirect') === 'always' ? 'always' : 'if_required';
const heard: string[] = [];
Object.assign(window, { heard });
window.addEventListener('message', (event) => heard.push(JSON.stringify(event.data)));

const elements: Record<string, ReactElement> = {
  contact: createElement(ContactDetailsElement, { key: 'contact' }),
  shipping: createElement(ShippingAddressElement, { key: 'shipping' }),
  billing: createElement(BillingAddressElement, { key: 'billing' }),
  express: createElement(ExpressCheckoutElement, { key: 'express', onConfirm: () => {} }),
  currency: createElement(CurrencySelectorElement, { key: 'currency' }),
  payment: createElement(PaymentElement, { key: 'payment' }),
};

function CheckoutForm(): ReactElement {
  const state = useCheckoutElements();
  if (state.type === 'error') return createElement('p', { id: 'problem' }, state.error.message);
  if (state.type === 'loading') return createElement('p', null, 'Loading');
  const { checkout } = state;
  Object.assign(window, { checkout });

  async function pay(event: FormEvent): Promise<void> {
    event.preventDefault();
    const result = await checkout.confirm({ redirect });
    document.querySelector('#result')!.textContent = JSON.stringify(result);
  }

  return createElement('form', { onSubmit: pay }, [
    ...parts.map((part) => elements[part]!),
    createElement('p', { key: 'total', id: 'total' }, checkout.total.total.amount),
    createElement('p', { key: 'can', id: 'can-confirm' }, String(checkout.canConfirm)),
    createElement('button', { key: 'button', type: 'submit' }, 'Pay'),
  ]);
}

const clientSecret = query.get('secret') ?? '';
const defaultValues = JSON.parse(query.get('defaults') ?? '{}');
const stripe = loadStripe('pk_test_merchant');
createRoot(document.querySelector('#root')!).render(
  createElement(
    StrictMode,
    null,
    createElement(
      CheckoutElementsProvider,
      { stripe, options: { clientSecret: Promise.resolve(clientSecret), defaultValues } },
      createElement(CheckoutForm),
    ),
  ),
);
