import { Elements, PaymentElement, useElements, useStripe } from '@stripe/react-stripe-js';
import type { Stripe, StripePaymentElementOptions } from '@stripe/stripe-js';
import { type Ref, useEffect, useImperativeHandle, useState } from 'react';
import { Button } from '../parts/button.tsx';
import { Skeleton } from '../parts/skeleton.tsx';
import { useShopConfig } from '../shop-config.ts';
import { loadShopStripe, stripeAppearance } from '../stripe.ts';
import { type Confirmation, type Confirmed, confirmCard } from './confirm-card.ts';

export type CardFormHandle = {
  /** What is wrong with the card form, or `null`. To be called before anything is sent. */
  check: () => Promise<string | null>;
  confirm: (confirmation: Omit<Confirmation, 'stripe' | 'elements'>) => Promise<Confirmed>;
};

type CardFormProps = { total: { amount: number; currency: string }; ref: Ref<CardFormHandle> };

/** Stripe's Payment Element, there at once and without a payment: that is made when somebody presses Pay. */
export function CardForm({ total, ref }: CardFormProps) {
  const { stripe, failed, retry } = useShopStripe();
  const appearance = useAppearance();
  return (
    <div className="min-h-[232px]">
      {failed && (
        <div role="alert" className="rounded-card bg-danger-soft p-4">
          <p className="font-medium text-danger">The card form did not load. Try again.</p>
          <Button variant="secondary" size="small" className="mt-3" onClick={retry}>
            Load the card form again
          </Button>
        </div>
      )}
      {stripe && appearance && (
        <Elements
          stripe={stripe}
          options={{ mode: 'payment', amount: total.amount, currency: total.currency, appearance }}
        >
          <CardElement ref={ref} />
        </Elements>
      )}
      {!stripe && !failed && <CardSkeleton />}
    </div>
  );
}

// Name, e-mail, phone and address are asked once, above; they are sent along with the confirmation.
const elementOptions: StripePaymentElementOptions = {
  layout: { type: 'accordion', defaultCollapsed: false, radios: 'never', spacedAccordionItems: false },
  fields: { billingDetails: { name: 'never', email: 'never', phone: 'never', address: 'never' } },
};

function CardElement({ ref }: { ref: Ref<CardFormHandle> }) {
  const stripe = useStripe();
  const elements = useElements();
  const [ready, setReady] = useState(false);
  const [failed, setFailed] = useState(false);
  useImperativeHandle(ref, () => ({
    check: async () => {
      if (!elements || !ready) return 'The card form is still loading. Try again in a moment.';
      const { error } = await elements.submit();
      return error ? (error.message ?? 'Check the card details.') : null;
    },
    confirm: (confirmation) => confirmCard({ ...confirmation, stripe: stripe!, elements: elements! }),
  }));
  return (
    <>
      {!ready && !failed && <CardSkeleton />}
      {failed && (
        <p role="alert" className="font-medium text-danger">
          The card form did not load. Reload the page to try again.
        </p>
      )}
      <PaymentElement
        options={elementOptions}
        onReady={() => setReady(true)}
        onLoadError={() => setFailed(true)}
      />
    </>
  );
}

function CardSkeleton() {
  return (
    <div className="space-y-4">
      <Skeleton className="h-18 w-full" />
      <div className="grid grid-cols-2 gap-4">
        <Skeleton className="h-18" />
        <Skeleton className="h-18" />
      </div>
    </div>
  );
}

/** Milliseconds until we say that the card form did not load; it may still arrive. */
const patience = 8_000;

function useShopStripe() {
  const config = useShopConfig();
  const [stripe, setStripe] = useState<Stripe | null>(null);
  const [failed, setFailed] = useState(false);
  const [round, setRound] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `round` tries again.
  useEffect(() => {
    let gone = false;
    const late = setTimeout(() => setFailed(true), patience);
    function end(loaded: Stripe | null) {
      clearTimeout(late);
      if (gone) return;
      setFailed(loaded === null);
      setStripe(loaded);
    }
    loadShopStripe(config).then(end, () => end(null));
    return () => {
      gone = true;
      clearTimeout(late);
    };
  }, [config, round]);
  function retry() {
    setFailed(false);
    setRound(round + 1);
  }
  return { stripe, failed, retry };
}

function useAppearance() {
  const [appearance, setAppearance] = useState<ReturnType<typeof stripeAppearance> | null>(null);
  useEffect(() => {
    const dark = window.matchMedia('(prefers-color-scheme: dark)');
    const follow = () => setAppearance(stripeAppearance(dark.matches));
    follow();
    dark.addEventListener('change', follow);
    return () => dark.removeEventListener('change', follow);
  }, []);
  return appearance;
}
