import type { Account } from '@paydesk/contract/account';
import type { PaymentFlow } from '@paydesk/contract/payments';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { QuoteProblem } from '../cart/quote-problem.tsx';
import { useShopCart } from '../cart/shop-cart.tsx';
import { useCartQuote } from '../cart/use-cart-quote.ts';
import { useDiscountFromAddress } from '../cart/use-discount-from-address.ts';
import { usePlacedOrder } from '../cart/use-placed-order.ts';
import { endsCart } from '../order/order-state.ts';
import { ButtonLink } from '../parts/button.tsx';
import { useShopConfig } from '../shop-config.ts';
import { billingOfValues } from './billing-details.ts';
import { BillingSection } from './billing-section.tsx';
import type { CardFormHandle } from './card-form.tsx';
import { CartSummary } from './cart-summary.tsx';
import { CheckoutFrame } from './checkout-frame.tsx';
import { checkValues, isEmail, knownValues, type Problems } from './checkout-values.ts';
import { ContactSection } from './contact-section.tsx';
import { DeliverySection } from './delivery-section.tsx';
import { ErrorSummary, useProblemFocus } from './error-summary.tsx';
import { orderFromCart } from './order-from-cart.ts';
import { PaymentSection } from './payment-section.tsx';
import { orderAfresh } from './place-order.ts';
import { useCheckoutForm } from './use-checkout-form.ts';
import { usePayment } from './use-payment.ts';

/** The checkout of what is in the cart. */
export function CartCheckout({ account }: { account: Account | null }) {
  const checkout = useCartCheckout(account);
  const { form, quote, draftCode, payment } = checkout;
  const busy = payment.phase !== 'ready';
  if (checkout.isEmpty && !busy) return <EmptyCheckout />;
  const total = quote.quote?.total ?? null;
  return (
    <CheckoutFrame
      itemCount={quote.quote?.itemCount ?? 0}
      total={total}
      summary={<CartSummary quote={quote} draft={draftCode} onDraft={checkout.setDraftCode} />}
    >
      <ErrorSummary problems={form.problems} ref={checkout.problemSummary} />
      <h1 className="font-semibold text-3xl md:text-4xl">Checkout</h1>
      <p className="mt-2 mb-8 text-muted text-sm">All fields are required unless marked optional.</p>
      <QuoteProblem quote={quote} className="mb-8" />
      <form noValidate onSubmit={checkout.submit} aria-label="Checkout" className="space-y-10">
        <div inert={busy} className="space-y-10">
          <ContactSection form={form} />
          <DeliverySection form={form} addresses={account?.addresses ?? []} />
        </div>
        <PaymentSection
          payment={payment}
          card={checkout.card}
          flow={checkout.flow}
          onFlow={checkout.setFlow}
          total={total}
          updating={quote.pending}
          payLabel={checkout.flow === 'transfer' ? 'Place order and get bank details' : undefined}
        >
          <BillingSection form={form} />
        </PaymentSection>
      </form>
    </CheckoutFrame>
  );
}

/** The state of the page, and what a press of Pay does with it. */
function useCartCheckout(account: Account | null) {
  const config = useShopConfig();
  const cart = useShopCart();
  const form = useCheckoutForm(config.country, knownValues(account));
  const email = form.values.email.trim();
  const quote = useCartQuote({ country: form.values.country, email: isEmail(email) ? email : undefined });
  const [draftCode, setDraftCode] = useState('');
  const [flow, setFlow] = useState<PaymentFlow>(config.flows[0] ?? 'elements');
  const [submits, setSubmits] = useState(0);
  const problemSummary = useProblemFocus(form.problems, submits);
  const card = useRef<CardFormHandle>(null);
  const payment = usePayment(card);
  useDiscountFromAddress();
  useLeaveWhenPaid();

  function showProblems(problems: Problems) {
    form.show(problems);
    setSubmits((count) => count + 1);
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    const shown = quote.quote;
    if (payment.phase !== 'ready' || quote.pending || !shown) return;
    const problems = checkValues(form.values);
    if (Object.keys(problems).length > 0) return showProblems(problems);
    form.show({});
    const typed = draftCode.trim();
    if (typed && typed !== cart.discountCode) {
      cart.setDiscountCode(typed);
      return payment.say('We applied your discount code first. Check the new total, then press Pay.');
    }
    if (quote.blocked)
      return payment.say('Something in your cart is sold out. Go back to the cart and remove it.');
    const wanted = { values: form.values, items: cart.items, orderKey: cart.orderKey, shown };
    const answers = { onStale: quote.refresh, onProblems: showProblems, say: payment.say };
    payment.pay({
      flow,
      isFree: shown.total.amount === 0,
      billing: billingOfValues(form.values),
      getOrder: () => orderFromCart({ ...wanted, ...answers }),
      onEnded: () => orderAfresh(cart.orderKey),
    });
  }

  const isEmpty = cart.ready && cart.items.length === 0;
  return {
    form,
    quote,
    draftCode,
    setDraftCode,
    flow,
    setFlow,
    problemSummary,
    card,
    payment,
    submit,
    isEmpty,
  };
}

/** Back, a reload or a second tab may lead here although the order is paid: then its page says so. */
function useLeaveWhenPaid() {
  const order = usePlacedOrder();
  const navigate = useNavigate();
  useEffect(() => {
    if (order && endsCart(order)) navigate(`/orders/${order.id}`, { replace: true });
  }, [order, navigate]);
}

function EmptyCheckout() {
  return (
    <div className="page py-16 text-center">
      <h1 className="font-semibold text-3xl">Your cart is empty</h1>
      <p className="mt-3 text-muted">Put something in it, then come back here to pay.</p>
      <ButtonLink to="/" className="mt-6">
        Browse products
      </ButtonLink>
    </div>
  );
}
