import { formatMoney } from '@paydesk/contract/money';
import type { PaymentFlow } from '@paydesk/contract/payments';
import Lock from 'lucide-react/icons/lock';
import { type ReactNode, type RefObject, useEffect, useRef } from 'react';
import { Notice } from '../parts/notice.tsx';
import { useShopConfig } from '../shop-config.ts';
import { CardForm, type CardFormHandle } from './card-form.tsx';
import { FlowChoice } from './flow-choice.tsx';
import { PayButton } from './pay-button.tsx';
import type { Payment } from './use-payment.ts';

type PaymentSectionProps = {
  payment: Payment;
  card: RefObject<CardFormHandle | null>;
  flow: PaymentFlow;
  onFlow: (flow: PaymentFlow) => void;
  /** What is to be paid now; unknown until the first quote has come. */
  total: { amount: number; currency: string } | null;
  /** `null` while it is not clear what would be paid. */
  totalLabel?: string | null;
  updating: boolean;
  /** Which part of the total is to be paid, where that can be chosen. */
  amountField?: ReactNode;
  /** What the button says in place of paying `total`. */
  payLabel?: string | undefined;
  /** The billing address, where it can differ. */
  children?: ReactNode;
};

/** How to pay, the card form, and the button with the exact amount. */
export function PaymentSection({
  payment,
  card,
  flow,
  onFlow,
  total,
  totalLabel = 'Total',
  updating,
  amountField,
  payLabel,
  children,
}: PaymentSectionProps) {
  const { flows } = useShopConfig();
  const isFree = total?.amount === 0;
  return (
    <section aria-labelledby="payment">
      <h2 id="payment" className="mb-4 font-semibold text-xl">
        3. Payment
      </h2>
      {!isFree && (
        <div inert={payment.phase !== 'ready'}>
          {amountField}
          {flows.length > 1 && <FlowChoice flows={flows} flow={flow} onFlow={onFlow} />}
          {flow === 'elements' && (
            <div className="mt-4 space-y-5">
              {total && <CardForm ref={card} total={total} />}
              {children}
            </div>
          )}
          {flow !== 'elements' && <FlowOutlook flow={flow} />}
        </div>
      )}
      <PaymentMessage payment={payment} />
      {total && totalLabel && (
        <p className="mt-6 flex items-baseline justify-between lg:hidden">
          <span className="font-semibold">{totalLabel}</span>
          <span className="font-semibold text-xl tabular-nums">{formatMoney(total)}</span>
        </p>
      )}
      {flow !== 'transfer' && (
        <p className="mt-4 flex items-start gap-2 text-muted text-sm">
          <Lock aria-hidden="true" size={16} strokeWidth={1.75} className="mt-0.5 shrink-0" />
          Encrypted. Card details go to Stripe, never to this shop.
        </p>
      )}
      <PayButton phase={payment.phase} flow={flow} total={total} updating={updating} label={payLabel} />
    </section>
  );
}

/** What will happen, for the ways to pay that do not happen here. */
function FlowOutlook({ flow }: { flow: Exclude<PaymentFlow, 'elements'> }) {
  if (flow === 'hosted') {
    return (
      <p className="mt-4 text-muted">
        You go to Stripe’s own page to pay and come back here afterwards. Nothing is charged before that.
      </p>
    );
  }
  return (
    <ol className="mt-4 list-decimal space-y-1 pl-5 text-muted">
      <li>You get our account details and a reference. Nothing is charged here.</li>
      <li>You send the money from your bank. Your items stay reserved meanwhile.</li>
      <li>Your order is confirmed once it has arrived, usually after one or two business days.</li>
    </ol>
  );
}

function PaymentMessage({ payment }: { payment: Payment }) {
  const box = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: every new message takes the focus, also the same text again.
  useEffect(() => {
    box.current?.focus();
  }, [payment.round]);
  if (!payment.message) return null;
  return (
    <Notice ref={box} tone={payment.message.tone} role="alert" className="mt-5">
      {payment.message.text}
    </Notice>
  );
}
