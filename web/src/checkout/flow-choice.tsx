import type { PaymentFlow } from '@paydesk/contract/payments';
import CreditCard from 'lucide-react/icons/credit-card';
import ExternalLink from 'lucide-react/icons/external-link';
import Landmark from 'lucide-react/icons/landmark';
import type { ReactNode } from 'react';

const options: Record<PaymentFlow, { label: string; icon: ReactNode }> = {
  elements: { label: 'Pay by card here', icon: <CreditCard /> },
  hosted: { label: 'Pay on Stripe’s page', icon: <ExternalLink /> },
  transfer: { label: 'Bank transfer', icon: <Landmark /> },
};

type FlowChoiceProps = {
  /** Those the shop offers, in its order. */
  flows: readonly PaymentFlow[];
  flow: PaymentFlow;
  onFlow: (flow: PaymentFlow) => void;
};

export function FlowChoice({ flows, flow, onFlow }: FlowChoiceProps) {
  return (
    <fieldset>
      <legend className="sr-only">How do you want to pay?</legend>
      <div className={`grid gap-3 ${flows.length === 2 ? 'sm:grid-cols-2' : ''}`}>
        {flows.map((value) => (
          <FlowOption key={value} value={value} chosen={flow} onChoose={onFlow} {...options[value]} />
        ))}
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
