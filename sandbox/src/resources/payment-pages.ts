/**
 * `/v1/payment_pages`: what the hosted page calls. Not documented by Stripe; the Stripe CLI drives sessions through it.
 */
import { payPage } from '../checkout/pay.ts';
import type { CheckoutSession } from '../objects.ts';
import { paymentMethodFields } from '../payments/payment-method.ts';
import { publicIntent } from '../payments/public-intent.ts';
import { type Call, type Route, route } from '../routing.ts';
import { address, email, expand } from '../wire/common-parameters.ts';
import { emptyable, hash, integer, text, withoutEffect } from '../wire/schema.ts';
import { findSession } from './checkout-sessions.ts';

export const paymentPageRoutes: Route[] = [
  route('GET', '/v1/payment_pages/:id', {
    access: 'publishable',
    fields: { expand, key: text(), eid: withoutEffect() },
    handle: (call) => page(call, findSession(call)),
  }),
  route('POST', '/v1/payment_pages/:id/confirm', {
    access: 'publishable',
    isExclusive: true,
    fields: {
      customer_details: hash({
        address: emptyable(address),
        email: emptyable(email()),
        name: emptyable(text()),
        phone: emptyable(text()),
      }),
      eid: withoutEffect(),
      email: emptyable(email()),
      expand,
      expected_amount: integer(0),
      key: text(),
      name: emptyable(text()),
      payment_method: text(),
      payment_method_data: hash(paymentMethodFields),
      return_url: text(),
    },
    handle(call) {
      const session = findSession(call);
      payPage(call.turn, session, call.params);
      return page(call, session);
    },
  }),
];

/** The session with what the page shows beside it: line items with pictures, and the payment's state. */
function page(call: Call<unknown>, session: CheckoutSession): object {
  const { store } = call.world;
  const { items } = store.session_secrets.get(session.id)!;
  const intent = store.payment_intents.get(session.payment_intent ?? '');
  const data = items.map((item) => ({
    ...item,
    price: { ...item.price, product: store.products.get(item.price.product) ?? item.price.product },
  }));
  return {
    ...session,
    line_items: {
      object: 'list',
      data,
      has_more: false,
      url: `/v1/checkout/sessions/${session.id}/line_items`,
    },
    payment_intent: intent === undefined ? null : publicIntent(intent),
  };
}
