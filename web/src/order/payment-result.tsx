import { formatMoney } from '@paydesk/contract/money';
import type { PaymentIntent } from '@stripe/stripe-js';
import { ButtonLink } from '../parts/button.tsx';

const headlines: Record<string, string> = {
  succeeded: 'Payment succeeded',
  processing: 'Your payment is being processed',
  requires_capture: 'Payment authorised',
  requires_action: 'Your bank still wants to hear from you',
};

type PaymentResultProps = {
  payment: PaymentIntent | null;
  /** Whether the address names a payment that Stripe is being asked about. */
  isLooking: boolean;
};

/** A return page whose order this browser may not see: what Stripe says about the payment, and where to go on. */
export function PaymentResult({ payment, isLooking }: PaymentResultProps) {
  const isThrough = payment !== null && payment.status in headlines;
  return (
    <div className="mx-auto max-w-xl py-10">
      <h1 className="font-semibold text-3xl">{headlineOf(payment, isLooking)}</h1>
      <p className="mt-4 text-muted">
        {isThrough
          ? 'This browser cannot show the order. Open it in the browser you ordered with.'
          : 'Nothing was charged from this page.'}
      </p>
      {payment && (
        <dl className="mt-6 grid grid-cols-[auto_1fr] gap-x-6 gap-y-2">
          <dt className="text-muted">Payment</dt>
          <dd className="break-all font-mono text-sm">{payment.id}</dd>
          <dt className="text-muted">Status</dt>
          <dd>{payment.status.replaceAll('_', ' ')}</dd>
          <dt className="text-muted">Amount</dt>
          <dd className="tabular-nums">{formatMoney(payment)}</dd>
        </dl>
      )}
      <div className="mt-8 flex flex-wrap gap-3">
        {!isThrough && <ButtonLink to="/checkout">Retry</ButtonLink>}
        <ButtonLink to="/" variant="secondary">
          Continue shopping
        </ButtonLink>
      </div>
    </div>
  );
}

function headlineOf(payment: PaymentIntent | null, isLooking: boolean): string {
  if (payment) return headlines[payment.status] ?? 'Your payment did not go through';
  return isLooking ? 'We are looking for your payment' : 'We found no payment here';
}
