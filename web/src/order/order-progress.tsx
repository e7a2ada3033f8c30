import Check from 'lucide-react/icons/check';
import type { OrderState } from './order-state.ts';

const steps = ['Placed', 'Paid', 'On its way'];
const reached: Partial<Record<OrderState, number>> = {
  unpaid: 0,
  awaiting_transfer: 0,
  partially_paid: 0,
  confirming: 0,
  failed: 0,
  paid: 1,
  fulfilled: 2,
};

/** How far the order is, for the states that go somewhere. */
export function OrderProgress({ state }: { state: OrderState }) {
  const current = reached[state];
  if (current === undefined) return null;
  return (
    <ol className="print-hidden mt-10 grid grid-cols-3 gap-2">
      {steps.map((step, index) => (
        <li key={step} aria-current={index === current ? 'step' : undefined} className="text-sm">
          <span
            aria-hidden="true"
            className={`mb-2 block h-1 rounded-full ${index <= current ? 'bg-accent' : 'bg-hover'}`}
          />
          <span className={`flex items-center gap-1.5 ${index <= current ? 'font-medium' : 'text-muted'}`}>
            {index <= current && <Check aria-hidden="true" size={16} className="text-accent" />}
            {step}
            <span className="sr-only">{index <= current ? ', done' : ', still to come'}</span>
          </span>
        </li>
      ))}
    </ol>
  );
}
