import type { PaymentIntent } from '@stripe/stripe-js';
import { useEffect, useState } from 'react';
import { useShopConfig } from '../shop-config.ts';
import { loadShopStripe } from '../stripe.ts';

/** The payment that Stripe names in the return address, as Stripe sees it now; `null` while that is not known. */
export function useReturnedPayment(clientSecret: string | null): PaymentIntent | null {
  const config = useShopConfig();
  const [payment, setPayment] = useState<PaymentIntent | null>(null);
  useEffect(() => {
    let gone = false;
    if (clientSecret) {
      loadShopStripe(config)
        .then((stripe) => stripe.retrievePaymentIntent(clientSecret))
        .then(
          ({ paymentIntent }) => {
            if (!gone && paymentIntent) setPayment(paymentIntent);
          },
          // Without Stripe's answer the order itself still tells everything, a little later.
          () => undefined,
        );
    }
    return () => {
      gone = true;
    };
  }, [config, clientSecret]);
  return payment;
}
