import type { PaymentIntent } from '@stripe/stripe-js';
import { useEffect, useState } from 'react';
import { useShopConfig } from '../shop-config.ts';
import { loadShopStripe } from '../stripe.ts';

export type ReturnedPayment = { payment: PaymentIntent | null; isLooking: boolean };

/** The payment that Stripe names in the return address, as Stripe sees it now; `null` while that is not known. */
export function useReturnedPayment(clientSecret: string | null): ReturnedPayment {
  const config = useShopConfig();
  const [payment, setPayment] = useState<PaymentIntent | null>(null);
  const [isLooking, setIsLooking] = useState(clientSecret !== null);
  useEffect(() => {
    let gone = false;
    function end(found: PaymentIntent | null) {
      if (gone) return;
      setPayment(found);
      setIsLooking(false);
    }
    if (clientSecret) {
      loadShopStripe(config)
        .then((stripe) => stripe.retrievePaymentIntent(clientSecret))
        .then(
          (answer) => end(answer.paymentIntent ?? null),
          // Without Stripe's answer the order itself still tells everything, a little later.
          () => end(null),
        );
    }
    return () => {
      gone = true;
    };
  }, [config, clientSecret]);
  return { payment, isLooking };
}
