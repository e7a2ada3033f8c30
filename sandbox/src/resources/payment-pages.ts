/**
 * `/v1/payment_pages`: what the hosted page calls. Not documented by Stripe; the Stripe CLI drives sessions through it.
 */
import { shippingDetailsParameter } from '../checkout/collection.ts';
import { enteredFieldsParameter } from '../checkout/custom-fields.ts';
import { changePage } from '../checkout/page-changes.ts';
import { payPage } from '../checkout/pay.ts';
import { linkForPage } from '../checkout/payment-link.ts';
import { quantityChangeParameter } from '../checkout/quantity.ts';
import { recoverSession } from '../checkout/recovery.ts';
import { saveOnPage } from '../checkout/setup-confirm.ts';
import type { CheckoutSession } from '../objects.ts';
import { paymentMethodFields } from '../payments/payment-method.ts';
import { publicIntent } from '../payments/public-intent.ts';
import { type Call, type Route, route } from '../routing.ts';
import { publicSetupIntent } from '../setup/public-setup-intent.ts';
import { address, email, expand } from '../wire/common-parameters.ts';
import { emptyable, hash, integer, oneOf, text, withoutEffect } from '../wire/schema.ts';
import { findSession } from './checkout-sessions.ts';

const common = { eid: withoutEffect(), expand, key: text() };

export const paymentPageRoutes: Route[] = [
  route('GET', '/v1/payment_pages/:id', {
    access: 'publishable',
    fields: common,
    handle: (call) => page(call, findSession(call)),
  }),
  route('POST', '/v1/payment_pages/:id', {
    access: 'publishable',
    fields: {
      ...common,
      promotion_code: emptyable(text(500)),
      shipping_rate: text(),
      updated_line_item_quantity: quantityChangeParameter,
    },
    handle(call) {
      const session = findSession(call);
      changePage(call.turn, session, call.params);
      return page(call, session);
    },
  }),
  route('POST', '/v1/payment_pages/:id/confirm', {
    access: 'publishable',
    isExclusive: true,
    fields: {
      ...common,
      consent: hash({ terms_of_service: oneOf('accepted') }),
      custom_fields: enteredFieldsParameter,
      customer_details: hash({
        address: emptyable(address),
        email: emptyable(email()),
        name: emptyable(text()),
        phone: emptyable(text()),
      }),
      email: emptyable(email()),
      expected_amount: integer(0),
      name: emptyable(text()),
      payment_method: text(),
      payment_method_data: hash(paymentMethodFields),
      return_url: text(),
      shipping: shippingDetailsParameter,
      shipping_rate: text(),
    },
    handle(call) {
      const session = findSession(call);
      const finish = session.mode === 'setup' ? saveOnPage : payPage;
      finish(call.turn, session, call.params);
      return page(call, session);
    },
  }),
  // The sandbox's own: what its page behind a recovery link calls.
  route('POST', '/v1/payment_pages/:id/recover', {
    access: 'publishable',
    isExclusive: true,
    fields: common,
    handle: (call) => page(call, recoverSession(call.turn, findSession(call))),
  }),
];

/** The session with what the page shows beside it: products, discount, ways of shipping and the payment's state. */
function page(call: Call<unknown>, session: CheckoutSession): object {
  const { store } = call.world;
  const { items } = store.session_secrets.get(session.id)!;
  const intent = store.payment_intents.get(session.payment_intent ?? '');
  const setup = store.setup_intents.get((session.setup_intent as string | null) ?? '');
  const data = items.map((item) => ({
    ...item,
    taxes: store.line_item_parts.get(item.id)?.taxes ?? [],
    price: { ...item.price, product: store.products.get(item.price.product) ?? item.price.product },
  }));
  return {
    ...session,
    discounts: shownDiscounts(call, session),
    line_items: {
      object: 'list',
      data,
      has_more: false,
      url: `/v1/checkout/sessions/${session.id}/line_items`,
    },
    payment_intent: intent === undefined ? null : publicIntent(intent),
    setup_intent: setup === undefined ? null : publicSetupIntent(setup),
    payment_link: linkForPage(call.turn, session),
    shipping_options: session.shipping_options.map(({ shipping_amount, shipping_rate }) => ({
      shipping_amount,
      shipping_rate: store.shipping_rates.get(String(shipping_rate)) ?? shipping_rate,
    })),
  };
}

function shownDiscounts({ world }: Call<unknown>, session: CheckoutSession): object[] {
  const { coupons, promotion_codes: codes, session_secrets: secrets } = world.store;
  const applied = secrets.get(session.id)!.discount ?? null;
  if (applied === null) return [];
  const { promotion_code: code, source } = applied.discount;
  return [{ coupon: coupons.get(source.coupon) ?? null, promotion_code: codes.get(code ?? '') ?? null }];
}
