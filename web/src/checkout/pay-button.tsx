import { formatMoney } from '@paydesk/contract/money';
import type { PaymentFlow } from '@paydesk/contract/payments';
import LoaderCircle from 'lucide-react/icons/loader-circle';
import { Button } from '../parts/button.tsx';
import type { Phase } from './use-payment.ts';

type PayButtonProps = {
  phase: Phase;
  flow: PaymentFlow;
  total: { amount: number; currency: string } | null;
  updating: boolean;
  /** Said in place of what is paid, where there is more to say or the amount is not clear yet. */
  label?: string | undefined;
};

/** It stays pressable while fields are missing: pressing shows what is missing. While it is busy presses do nothing. */
export function PayButton(props: PayButtonProps) {
  const { phase, total, updating } = props;
  const busy = phase !== 'ready';
  return (
    <>
      <Button
        type="submit"
        size="large"
        className="mt-4 w-full tabular-nums"
        aria-disabled={busy || updating || !total}
      >
        {busy && <LoaderCircle aria-hidden="true" size={20} className="animate-spin" />}
        {textOf(props)}
      </Button>
      <p role="status" className="mt-3 text-center text-muted text-sm empty:mt-0">
        {phase === 'bank' && 'Your bank may ask you to confirm in its app.'}
        {phase === 'long' && 'Still working. Keep this page open.'}
      </p>
    </>
  );
}

function textOf({ phase, flow, total, updating, label }: PayButtonProps): string {
  if (phase === 'bank') return 'Waiting for your bank…';
  if (phase !== 'ready') return 'Processing…';
  if (updating || !total) return 'Updating total…';
  if (total.amount === 0) return 'Place order';
  if (label) return label;
  return flow === 'hosted' ? `Continue to payment · ${formatMoney(total)}` : `Pay ${formatMoney(total)}`;
}
