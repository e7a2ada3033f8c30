import { formatMoney } from '@paydesk/contract/money';
import type { PaymentFlow } from '@paydesk/contract/payments';
import CreditCard from 'lucide-react/icons/credit-card';
import ExternalLink from 'lucide-react/icons/external-link';
import Lock from 'lucide-react/icons/lock';
import { type ReactNode, type RefObject, useEffect, useRef } from 'react';
import { Notice } from '../parts/notice.tsx';
import { useShopConfig } from '../shop-config.ts';
import { CardForm, type CardFormHandle } from './card-form.tsx';
import { PayButton } from './pay-button.tsx';
import type { Payment } from './use-payment.ts';

type PaymentSectionProps = {
  payment: Payment;
  card: RefObject<CardFormHandle | null>;
  flow: PaymentFlow;
  onFlow: (flow: PaymentFlow) => void;
  /** Unknown until the first quote has come. */
  total: { amount: number; currency: string } | null;
  updating: boolean;
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
  updating,
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
          {flows.length > 1 && <FlowChoice flow={flow} onFlow={onFlow} />}
          {flow === 'elements' && (
            <div className="mt-4 space-y-5">
              {total && <CardForm ref={card} total={total} />}
              {children}
            </div>
          )}
          {flow === 'hosted' && (
            <p className="mt-4 text-muted">
              You go to Stripe’s own page to pay and come back here afterwards. Nothing is charged before
              that.
            </p>
          )}
        </div>
      )}
      <PaymentMessage payment={payment} />
      {total && (
        <p className="mt-6 flex items-baseline justify-between lg:hidden">
          <span className="font-semibold">Total</span>
          <span className="font-semibold text-xl tabular-nums">{formatMoney(total)}</span>
        </p>
      )}
      <p className="mt-4 flex items-start gap-2 text-muted text-sm">
        <Lock aria-hidden="true" size={16} strokeWidth={1.75} className="mt-0.5 shrink-0" />
        Encrypted. Card details go to Stripe, never to this shop.
      </p>
      <PayButton phase={payment.phase} flow={flow} total={total} updating={updating} />
    </section>
  );
}

function FlowChoice({ flow, onFlow }: { flow: PaymentFlow; onFlow: (flow: PaymentFlow) => void }) {
  return (
    <fieldset>
      <legend className="sr-only">How do you want to pay?</legend>
      <div className="grid gap-3 sm:grid-cols-2">
        <FlowOption
          value="elements"
          chosen={flow}
          onChoose={onFlow}
          label="Pay by card here"
          icon={<CreditCard />}
        />
        <FlowOption
          value="hosted"
          chosen={flow}
          onChoose={onFlow}
          label="Pay on Stripe’s page"
          icon={<ExternalLink />}
        />
      </div>
    </fieldset>
  );
}

type FlowOptionProps = {
  value: PaymentFlow;
  chosen: PaymentFlow;
  onChoose: (flow: PaymentFlow) => void;
  label: string;
  icon: ReactNode;
};

function FlowOption({ value, chosen, onChoose, label, icon }: FlowOptionProps) {
  return (
    <label className="flex min-h-13 items-center gap-3 rounded-control border border-control bg-surface px-4 has-checked:border-accent has-checked:bg-accent-soft has-checked:ring-1 has-checked:ring-accent has-focus-visible:outline-2 has-focus-visible:outline-focus has-focus-visible:outline-offset-2">
      <input
        type="radio"
        name="flow"
        value={value}
        checked={chosen === value}
        onChange={() => onChoose(value)}
        className="size-5 accent-accent outline-none"
      />
      <span className="flex-1 font-medium">{label}</span>
      <span aria-hidden="true" className="text-muted *:size-5 *:stroke-[1.75]">
        {icon}
      </span>
    </label>
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
