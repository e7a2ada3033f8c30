/** A shop's page with Checkout in a frame, by the published React package, unmodified. */
import { EmbeddedCheckout, EmbeddedCheckoutProvider } from '@stripe/react-stripe-js';
import { loadStripe } from '@stripe/stripe-js';
import { createElement, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

const query = new URLSearchParams(window.location.search);
const secret = query.get('secret') ?? '';
const heard: string[] = [];
Object.assign(window, { heard });
window.addEventListener('message', (event) => heard.push(JSON.stringify(event.data)));

const onComplete = (): void => {
  document.querySelector('#result')!.textContent = JSON.stringify('complete');
};
const options = { fetchClientSecret: async () => secret, ...(query.has('callback') ? { onComplete } : {}) };
const stripe = loadStripe('pk_test_merchant');
const root = createRoot(document.querySelector('#root')!);
Object.assign(window, { close: () => root.unmount() });
root.render(
  createElement(
    StrictMode,
    null,
    createElement(EmbeddedCheckoutProvider, { stripe, options }, createElement(EmbeddedCheckout)),
  ),
);
