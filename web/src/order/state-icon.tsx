import Check from 'lucide-react/icons/check';
import CircleAlert from 'lucide-react/icons/circle-alert';
import Clock from 'lucide-react/icons/clock';
import Landmark from 'lucide-react/icons/landmark';
import LoaderCircle from 'lucide-react/icons/loader-circle';
import Package from 'lucide-react/icons/package';
import RotateCcw from 'lucide-react/icons/rotate-ccw';
import X from 'lucide-react/icons/x';
import type { ReactNode } from 'react';
import type { OrderState } from './order-state.ts';

const looks: Record<OrderState, { tone: string; icon: ReactNode }> = {
  unpaid: { tone: 'bg-warning-soft text-warning', icon: <Clock /> },
  awaiting_transfer: { tone: 'bg-info-soft text-info', icon: <Landmark /> },
  confirming: { tone: 'bg-info-soft text-info', icon: <LoaderCircle className="animate-spin" /> },
  partially_paid: { tone: 'bg-warning-soft text-warning', icon: <Clock /> },
  paid: {
    tone: 'bg-success-soft text-success',
    icon: <Check pathLength={1} strokeDasharray={1} className="*:animate-draw" />,
  },
  fulfilled: { tone: 'bg-success-soft text-success', icon: <Package /> },
  failed: { tone: 'bg-danger-soft text-danger', icon: <CircleAlert /> },
  canceled: { tone: 'bg-hover text-muted', icon: <X /> },
  expired: { tone: 'bg-hover text-muted', icon: <Clock /> },
  partially_refunded: { tone: 'bg-info-soft text-info', icon: <RotateCcw /> },
  refunded: { tone: 'bg-info-soft text-info', icon: <RotateCcw /> },
  review: { tone: 'bg-info-soft text-info', icon: <Clock /> },
};

/** A state at a glance, beside its headline, which says the same. */
export function StateIcon({ state }: { state: OrderState }) {
  const { tone, icon } = looks[state];
  return (
    <span
      key={state}
      aria-hidden="true"
      className={`print-hidden grid size-14 place-items-center rounded-full *:size-7 *:stroke-2 ${tone}`}
    >
      {icon}
    </span>
  );
}
